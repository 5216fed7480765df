import { stringify } from './csv.ts';
import type { Estimate, Plan, PlanStep } from '../../shared/domain.ts';

/** Labels in the reader's language; `reasons` has one sentence a step. */
export interface PlanWords {
  readonly language: string;
  readonly title: string;
  readonly student: string;
  readonly step: string;
  readonly skill: string;
  readonly strategy: string;
  readonly minutes: string;
  readonly forecast: string;
  readonly mastery: string;
  readonly expectedGain: string;
  readonly reason: string;
  readonly basis: string;
  readonly done: string;
  readonly strategies: Readonly<Record<PlanStep['strategy'], string>>;
  readonly reasons: readonly string[];
}

export interface PlanSheet {
  readonly plan: Plan;
  readonly studentName: string;
  readonly skillName: (skill: string) => string;
  readonly words: PlanWords;
}

const percent = (value: number): string => `${Math.round(value * 100)}%`;
const errorOf = (value: number): string => `± ${Math.round(value * 100)}`;
/** "+1.9 ± 0.7"; with many target skills a step's share is small, and keeps its first digits: "+0.033 ± 0.031". */
function points({ value, standardError }: Estimate): string {
  const least = Math.min(Math.abs(value), standardError);
  const digits = least >= 0.1 ? 1 : least >= 0.01 ? 2 : 3;
  return `${value >= 0 ? '+' : ''}${value.toFixed(digits)} ± ${standardError.toFixed(digits)}`;
}

/** One row a step, numbers as numbers. A UTF-8 mark in front, because spreadsheets otherwise read names wrongly. */
export function plansToCsv(sheets: readonly PlanSheet[]): string {
  const words = sheets[0]?.words;
  if (!words) return '';
  const header = [
    words.student,
    words.step,
    words.skill,
    words.strategy,
    words.minutes,
    words.forecast,
    '±',
    words.mastery,
    '±',
    words.expectedGain,
    '±',
    words.reason,
  ];
  const rows = sheets.flatMap(({ plan, studentName, skillName, words: own }) =>
    plan.steps.map((step, index) => [
      studentName,
      String(index + 1),
      skillName(step.skill),
      own.strategies[step.strategy],
      String(step.minutes),
      step.forecast.value.toFixed(3),
      step.forecast.standardError.toFixed(3),
      step.mastery.value.toFixed(3),
      step.mastery.standardError.toFixed(3),
      step.expectedGain.value.toFixed(4),
      step.expectedGain.standardError.toFixed(4),
      own.reasons[index] ?? '',
    ]),
  );
  return `\ufeff${stringify([header, ...rows])}`;
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character]!);

const STYLE = `
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif; color: #1b2430; margin: 0 auto; max-width: 46rem; padding: 2rem; }
section { break-after: page; } section:last-child { break-after: auto; }
h1 { font-size: 1.5rem; margin: 0; } .who { font-size: 1.15rem; margin: 0.1rem 0 0.2rem; } .basis { color: #55606e; margin: 0 0 1.4rem; }
ol { list-style: none; margin: 0; padding: 0; }
li { border-top: 1px solid #c9d1da; padding: 0.8rem 0; display: grid; grid-template-columns: 1.6rem 1fr auto; gap: 0 0.9rem; break-inside: avoid; }
.box { width: 1rem; height: 1rem; border: 1.5px solid #1b2430; border-radius: 3px; margin-top: 0.25rem; }
h2 { font-size: 1.05rem; margin: 0; } .how, .numbers { color: #394553; margin: 0.1rem 0; } .numbers { font-size: 0.9rem; } .why { margin: 0.3rem 0 0; }
.minutes { white-space: nowrap; font-variant-numeric: tabular-nums; }
@page { margin: 16mm; } @media print { body { padding: 0; max-width: none; font-size: 11pt; } }
`;

function section({ plan, studentName, skillName, words }: PlanSheet): string {
  const steps = plan.steps
    .map(
      (step, index) => `<li><span class="box" role="img" aria-label="${escapeHtml(words.done)}"></span><div>
<h2>${index + 1}. ${escapeHtml(skillName(step.skill))}</h2>
<p class="how">${escapeHtml(words.strategies[step.strategy])}</p>
<p class="why">${escapeHtml(words.reasons[index] ?? '')}</p>
<p class="numbers">${escapeHtml(words.forecast)} ${percent(step.forecast.value)} ${errorOf(step.forecast.standardError)} · ${escapeHtml(words.mastery)} ${percent(step.mastery.value)} ${errorOf(step.mastery.standardError)} · ${escapeHtml(words.expectedGain)} ${points(step.expectedGain)}</p>
</div><span class="minutes">${step.minutes} ${escapeHtml(words.minutes)}</span></li>`,
    )
    .join('\n');
  return `<section><h1>${escapeHtml(words.title)}</h1><p class="who">${escapeHtml(studentName)}</p><p class="basis">${escapeHtml(words.basis)}</p>
<ol>
${steps}
</ol></section>`;
}

/** One self-contained page that prints well: a page a student, no script, nothing fetched. */
export function plansToHtml(sheets: readonly PlanSheet[]): string {
  const words = sheets[0]?.words;
  return `<!doctype html>
<html lang="${escapeHtml(words?.language ?? 'en')}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escapeHtml(words?.title ?? '')}</title><style>${STYLE}</style></head>
<body>
${sheets.map(section).join('\n')}
</body></html>
`;
}

/** "12 answers", "3 marks", "12 answers and 3 marks" */
function evidenceWords({ answers, marks = 0 }: Plan): string {
  const counted = (count: number, word: string): string[] => (count === 0 ? [] : [`${count} ${word}${count === 1 ? '' : 's'}`]);
  return [...counted(answers - marks, 'answer'), ...counted(marks, 'mark')].join(' and ');
}

/** English labels, for the command line. */
export function englishWords(plan: Plan, reasons: readonly string[]): PlanWords {
  const basis =
    plan.answers === 0
      ? 'No answers yet: this plan rests on the course and on what is usual elsewhere.'
      : `Rests on ${evidenceWords(plan)}${plan.notEnoughEvidence ? '; not enough evidence yet to say much' : ''}.`;
  return {
    language: 'en',
    title: 'Study plan',
    student: 'Student',
    step: 'Step',
    skill: 'Skill',
    strategy: 'Strategy',
    minutes: 'min',
    forecast: 'Forecast',
    mastery: 'Mastery',
    expectedGain: 'Expected gain (points)',
    reason: 'Reason',
    basis,
    done: 'Done',
    strategies: {
      'worked-example': 'Worked example, then questions',
      faded: 'Faded example, then questions',
      practice: 'Practice',
      'mixed-practice': 'Mixed practice',
      review: 'Review',
    },
    reasons,
  };
}
