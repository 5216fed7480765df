import type { LessonSheet } from '../../../shared/contract/classroom.ts';
import type { Paper, School } from '../../../shared/contract/plans.ts';
import { stringify } from '../csv.ts';
import { escapeHtml, htmlPage } from '../plans/html.ts';
import { schoolHead } from '../plans/page.ts';
import { pageStyle } from '../plans/page-style.ts';

const style = (paper: Paper): string => `${pageStyle(paper)}
.block { border-top: 1px solid #c9d1da; padding: 0.8rem 0; break-inside: avoid; } .block h2 { margin: 0 0 0.2rem; }
dl { display: grid; grid-template-columns: 7rem 1fr; gap: 0.2rem 0.9rem; margin: 0.2rem 0 0; } dt { color: #394553; } dd { margin: 0; }
.address { color: #394553; font-size: 0.85em; overflow-wrap: anywhere; }
.when { font-variant-numeric: tabular-nums; white-space: nowrap; } table { border-collapse: collapse; } td, th { padding: 0 0.9rem 0.1rem 0; text-align: start; vertical-align: top; font-weight: 400; }
@media print { .block { padding: 0.5rem 0; } }
`;

/** A lesson as one self-contained page that prints well: no script, nothing fetched. The same sheet gives the same text. */
export function lessonToHtml(sheet: LessonSheet, school: School | undefined, paper: Paper): string {
  const { labels } = sheet;
  const html = (label: string, content: string): string =>
    content === '' ? '' : `<dt>${escapeHtml(label)}</dt><dd>${content}</dd>`;
  const row = (label: string, text: string): string => html(label, escapeHtml(text));
  // On paper a link is worth its address.
  const own = (each: LessonSheet['blocks'][number]['own'][number]): string =>
    each.address === null
      ? escapeHtml(each.text)
      : `<a href="${escapeHtml(each.address)}">${escapeHtml(each.text)}</a> <span class="address">${escapeHtml(each.address)}</span>`;
  const blocks = sheet.blocks
    .map(
      ({ heading, who, why, rows, ways, material, own: mine }) => `<div class="block"><h2>${escapeHtml(heading)}</h2>
<dl>${row(labels.who, who)}<dt>${escapeHtml(labels.when)}</dt><dd><table><tbody>${rows
        .map(({ when, what }) => `<tr><th scope="row" class="when">${escapeHtml(when)}</th><td>${escapeHtml(what)}</td></tr>`)
        .join(
          '',
        )}</tbody></table></dd>${html(labels.ways, ways.map(escapeHtml).join('<br>'))}${html(labels.own, mine.map(own).join('<br>'))}${row(labels.material, material)}${row(labels.why, why)}</dl></div>`,
    )
    .join('\n');
  return htmlPage({
    language: sheet.language,
    title: `${sheet.title} – ${sheet.subtitle}`,
    style: style(paper),
    body: `<section class="lesson">${schoolHead(school)}<h1>${escapeHtml(sheet.title)}</h1><p class="who">${escapeHtml(sheet.subtitle)}</p><p class="lead">${escapeHtml(sheet.lead)}</p>
${blocks}
<div class="room"><p>${escapeHtml(labels.notes)}</p><div class="line"></div><div class="line"></div></div><p class="stamp">${escapeHtml(sheet.stamp)}</p></section>`,
  });
}

/** One row for each thing that a group does. A UTF-8 mark in front, because spreadsheets otherwise read names wrongly. */
export function lessonToCsv({ labels, blocks }: LessonSheet): string {
  const header = [labels.group, labels.when, labels.what, labels.who, labels.ways, labels.own, labels.material, labels.why];
  return `\ufeff${stringify([
    header,
    ...blocks.flatMap(({ heading, who, why, rows, ways, material, own }) => {
      const mine = own.map(({ text, address }) => (address === null ? text : `${text} ${address}`)).join('; ');
      return rows.map(({ when, what }) => [heading, when, what, who, ways.join('; '), mine, material, why]);
    }),
  ])}`;
}
