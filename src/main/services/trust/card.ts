import type { School } from '../../../shared/contract/plans.ts';
import type { ModelCard } from '../../../shared/contract/trust.ts';
import { escapeHtml, htmlPage } from '../plans/html.ts';
import { schoolHead } from '../plans/page.ts';
import { pageStyle } from '../plans/page-style.ts';

const STYLE = `
section.card { break-after: auto; } .card h2 { margin: 1.1rem 0 0.3rem; } .card p { margin: 0.2rem 0 0.5rem; } .card ul { margin: 0.2rem 0 0.5rem; padding-left: 1.2rem; }
.card table { border-collapse: collapse; width: 100%; font-size: 0.92rem; margin: 0.3rem 0 0.6rem; break-inside: avoid; }
.card th, .card td { text-align: left; padding: 0.25rem 0.5rem 0.25rem 0; border-bottom: 1px solid #c9d1da; } .card th + th, .card td + td { text-align: right; font-variant-numeric: tabular-nums; }
.part { break-inside: avoid; }
`;

/** A model card as one self-contained page that prints, like a plan's: no script, nothing fetched. The same card gives the same text. */
export function cardToHtml({ language, title, subtitle, sections, stamp, paper }: ModelCard, school: School): string {
  const parts = sections.map(({ title: heading, paragraphs, points, table }) => {
    const rows = (table?.rows ?? []).map(
      ([first = '', ...rest]) =>
        `<tr><th scope="row">${escapeHtml(first)}</th>${rest.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`,
    );
    return `<div class="part"><h2>${escapeHtml(heading)}</h2>
${paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n')}
${points.length === 0 ? '' : `<ul>${points.map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>`}
${table === null ? '' : `<table><thead><tr>${table.head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`}</div>`;
  });
  return htmlPage({
    language,
    title,
    style: pageStyle(paper) + STYLE,
    body: `<section class="card">${schoolHead(school)}<h1>${escapeHtml(title)}</h1><p class="lead">${escapeHtml(subtitle)}</p>
${parts.join('\n')}
<p class="stamp">${escapeHtml(stamp)}</p></section>`,
  });
}
