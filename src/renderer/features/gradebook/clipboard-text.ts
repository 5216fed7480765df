/**
 * Rows of cells from what spreadsheets put on the clipboard: tabs between cells, line breaks between rows, quotes around a cell that holds either.
 * A line break at the very end ends the last row and begins none.
 */
export function parseBlock(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at <= text.length) {
    let cell = '';
    if (text[at] === '"') {
      const end = closingQuote(text, at + 1);
      if (end !== -1) {
        cell = text.slice(at + 1, end).replaceAll('""', '"');
        at = end + 1;
      }
    }
    const stop = /[\t\r\n]/g;
    stop.lastIndex = at;
    const next = stop.exec(text)?.index ?? text.length;
    cell += text.slice(at, next);
    rows.at(-1)!.push(cell);
    if (next === text.length) break;
    at = next + (text.startsWith('\r\n', next) ? 2 : 1);
    if (text[next] === '\t') continue;
    if (at === text.length) break;
    rows.push([]);
  }
  return rows;
}

/** Where a quoted cell ends; −1 where its quote is just a character. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] === '"') continue;
    return at + 1 === text.length || /[\t\r\n]/.test(text[at + 1]!) ? at : -1;
  }
  return -1;
}

/** The inverse, as spreadsheets take it. */
export function formatBlock(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join('\t')).join('\r\n');
}
