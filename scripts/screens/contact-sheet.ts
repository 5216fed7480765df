/** A picture that was taken. */
export interface Taken {
  readonly shot: string;
  readonly variant: string;
  readonly file: string;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** All pictures on one page, a row for each screen and state, a column for each language and theme. */
export function contactSheet(taken: readonly Taken[]): string {
  const variants = [...new Set(taken.map(({ variant }) => variant))];
  const shots = [...new Set(taken.map(({ shot }) => shot))];
  const cell = (shot: string, variant: string): string => {
    const found = taken.find((each) => each.shot === shot && each.variant === variant);
    return found === undefined
      ? '<td></td>'
      : `<td><a href="${escaped(found.file)}"><img src="${escaped(found.file)}" alt="${escaped(`${shot}, ${variant}`)}" loading="lazy"></a></td>`;
  };
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Pathlight: every screen</title>
<style>body{font:15px system-ui;margin:1rem}table{border-collapse:collapse}th{text-align:start;padding:.4rem;vertical-align:top}td{padding:.3rem}img{inline-size:440px;border:1px solid #bbb}thead th{position:sticky;top:0;background:Canvas}</style>
<h1>Every screen</h1><table><thead><tr><th>Screen</th>${variants.map((each) => `<th>${escaped(each)}</th>`).join('')}</tr></thead><tbody>
${shots.map((shot) => `<tr><th scope="row">${escaped(shot)}</th>${variants.map((variant) => cell(shot, variant)).join('')}</tr>`).join('\n')}
</tbody></table></html>
`;
}
