import type { Paper, PlanAudience, School } from '../../../shared/contract/plans.ts';
import type { Estimate, PlanStep } from '../../../shared/domain.ts';
import { escapeHtml, htmlPage } from './html.ts';
import { namedPages, pageName, pageStyle } from './page-style.ts';
import { practicePages, solutionPages } from './practice-page.ts';
import { whoLine } from './who-line.ts';
import type { PlanSheet, SheetSet } from './sheet.ts';

const percent = (value: number): string => `${Math.round(value * 100)}%`;
const errorOf = (value: number): string => `± ${Math.round(value * 100)}`;
/** "+1.9 ± 0.7"; with many target skills a step's share is small, and keeps its first digits: "+0.033 ± 0.031". */
function points({ value, standardError }: Estimate): string {
  const least = Math.min(Math.abs(value), standardError);
  const digits = least >= 0.1 ? 1 : least >= 0.01 ? 2 : 3;
  return `${value >= 0 ? '+' : ''}${value.toFixed(digits)} ± ${standardError.toFixed(digits)}`;
}

/** The school's name and logo above a printed page; nothing where it has none. */
export function schoolHead(school: School | undefined): string {
  if (!school || (school.name === '' && school.logo === null)) return '';
  // The name stands beside the logo, which therefore says nothing of its own.
  const logo = school.logo === null ? '' : `<img src="${escapeHtml(school.logo)}" alt="">`;
  return `<p class="school">${logo}<span>${escapeHtml(school.name)}</span></p>\n`;
}

/** Links that can be read on paper too: the words, then the address. A file is named; the teacher has it. */
const materialOf = ({ material = [] }: PlanStep, title: string): string =>
  material.length === 0
    ? ''
    : `\n<p class="material">${escapeHtml(title)}: ${material
        .map((each) =>
          each.address === null
            ? `${escapeHtml(each.title)} (${escapeHtml(each.fileName ?? '')})`
            : `<a href="${escapeHtml(each.address)}" rel="noopener noreferrer">${escapeHtml(each.title)}</a> <span class="address">${escapeHtml(each.address)}</span>`,
        )
        .join(' · ')}</p>`;

/** What stands between a step's heading and its end. */
type StepBody = (step: PlanStep, reason: string) => string;

/** Where a step has a practice page of its own. */
const practiceOf = ({ practice }: PlanSheet, index: number, { practice: words }: SheetSet['labels']): string =>
  practice?.[index] === undefined ? '' : `\n<p class="material">${escapeHtml(words.see)} ${index + 1}</p>`;

function section(set: SheetSet, sheet: PlanSheet, body: StepBody, audience: PlanAudience, page: string): string {
  const { plan, words } = sheet;
  const { labels, skillName, school } = set;
  const steps = plan.steps
    .map(
      (step, index) => `<li><span class="box" role="img" aria-label="${escapeHtml(labels.done)}"></span><div>
<h2>${index + 1}. ${escapeHtml(skillName(step.skill))}</h2>
${body(step, words.reasons[index] ?? '')}${materialOf(step, labels.material)}${practiceOf(sheet, index, labels)}
</div><span class="minutes">${step.minutes} ${escapeHtml(labels.minutes)}${words.lessons ? `<br>${escapeHtml(words.lessons[index] ?? '')}` : ''}</span></li>`,
    )
    .join('\n');
  const room =
    audience === 'student'
      ? `\n<div class="room"><p>${escapeHtml(labels.questions)}</p><div class="line"></div><div class="line"></div></div>`
      : '';
  const remarks = (words.remarks ?? []).map((remark) => `\n<p class="lead">${escapeHtml(remark)}</p>`).join('');
  const own = audience === 'teacher' ? ownWords(labels.decisions, words.decisions) + ownWords(labels.notes, words.notes) : '';
  return `<section class="${audience}" style="page:${page}">${schoolHead(school)}<h1>${escapeHtml(labels.title)}</h1>${whoLine(sheet, labels)}<p class="lead">${escapeHtml(words.lead)}</p>
<ol class="steps">
${steps}
</ol>${room}${remarks}${own}<p class="stamp">${escapeHtml(words.stamp)}</p></section>${audience === 'student' ? practicePages(set, sheet, page) : solutionPages(set, sheet, page)}`;
}

/** The teacher's own words under a heading; nothing where there are none. */
const ownWords = (title: string, lines: readonly string[] = []): string =>
  lines.length === 0
    ? ''
    : `\n<div class="own"><h2>${escapeHtml(title)}</h2><ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul></div>`;

/** One self-contained page that prints well: a sheet a student, no script, nothing fetched. The same set gives the same text. */
export function plansToHtml(set: SheetSet, audience: PlanAudience = 'teacher', paper: Paper = 'a4'): string {
  const { labels } = set;
  const bodies: Readonly<Record<PlanAudience, StepBody>> = {
    teacher: (step, reason) => `<p class="how">${escapeHtml(labels.strategies[step.strategy])}</p>
<p class="why">${escapeHtml(reason)}</p>
<p class="numbers">${escapeHtml(labels.forecast)} ${percent(step.forecast.value)} ${errorOf(step.forecast.standardError)} · ${escapeHtml(labels.mastery)} ${percent(step.mastery.value)} ${errorOf(step.mastery.standardError)} · ${escapeHtml(labels.expectedGain)} ${points(step.expectedGain)}</p>`,
    student: (step, reason) => `<p class="how">${escapeHtml(labels.tasks[step.strategy])}</p>
<p class="why">${escapeHtml(reason)}</p>
<div class="feel">${escapeHtml(labels.howWasIt)}<ul>${labels.feelings
      .map((feeling) => `<li><span class="box" aria-hidden="true"></span>${escapeHtml(feeling)}</li>`)
      .join('')}</ul></div>`,
  };
  const only = set.sheets.length === 1 ? ` – ${set.sheets[0]!.studentName}` : '';
  return htmlPage({
    language: labels.language,
    title: labels.title + only,
    style: pageStyle(paper) + namedPages(set.sheets.map(({ studentName }) => studentName)),
    body: set.sheets.map((sheet, index) => section(set, sheet, bodies[audience], audience, pageName(index))).join('\n'),
  });
}

/** The pages of practice alone, or their solutions: what is shown before anything is printed. */
export function practiceToHtml(set: SheetSet, audience: PlanAudience, paper: Paper): string {
  const pages = audience === 'student' ? practicePages : solutionPages;
  return htmlPage({
    language: set.labels.language,
    title: audience === 'student' ? set.labels.practice.title : set.labels.practice.solutions,
    style: pageStyle(paper) + namedPages(set.sheets.map(({ studentName }) => studentName)),
    body: set.sheets.map((sheet, index) => pages(set, sheet, pageName(index))).join('\n'),
  });
}
