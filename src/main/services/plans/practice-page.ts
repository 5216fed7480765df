import { fadedSteps, piecesOf, wholeSteps } from '../../../learning/exercises/notation.ts';
import type { Piece } from '../../../learning/exercises/notation.ts';
import type { PracticeSheet } from '../../../learning/exercises/sheet.ts';
import type { Exercise, Figure, Words } from '../../../learning/exercises/template.ts';
import { escapeHtml } from './html.ts';
import type { PlanSheet, SheetSet } from './sheet.ts';
import { whoLine } from './who-line.ts';

const GAP = '<span class="gap"></span>';
const part = (text: string): string =>
  text === '__' ? `<mtext>${GAP}</mtext>` : /^\d/.test(text) ? `<mn>${text}</mn>` : `<mi>${text}</mi>`;

/** Fractions and powers as MathML, which every browser of today sets and reads aloud. */
function setPiece(piece: Piece): string {
  switch (piece.kind) {
    case 'text':
      return escapeHtml(piece.text);
    case 'gap':
      return GAP;
    case 'fraction':
      return `<math displaystyle="true">${piece.whole === '' ? '' : `<mn>${piece.whole}</mn>`}<mfrac>${part(piece.above)}${part(piece.below)}</mfrac></math>`;
    case 'power':
      return piece.base === ')'
        ? `)<sup>${piece.exponent}</sup>`
        : `<math><msup>${/^\d+x$/.test(piece.base) ? `<mrow>${part(piece.base.slice(0, -1))}<mi>x</mi></mrow>` : part(piece.base)}<mn>${piece.exponent}</mn></msup></math>`;
  }
}

const set = (words: Words, language: string): string => piecesOf(words, language).map(setPiece).join('');

const WIDTH = 240;

/** What is seen, without what is asked. */
const seen = (figure: Figure): Words =>
  figure.kind === 'bar'
    ? {
        en: `A bar in equal parts: ${figure.parts - figure.shaded} white, ${figure.shaded} shaded`,
        zh: `平均分成若干份的长条：白色 ${figure.parts - figure.shaded} 份，涂色 ${figure.shaded} 份`,
      }
    : {
        en: `A number line from ${figure.from} to ${figure.to}, ${figure.parts} steps for each whole; the arrow is ${figure.at} steps from ${figure.from}`,
        zh: `从 ${figure.from} 到 ${figure.to} 的数轴，每个整数之间 ${figure.parts} 段；箭头离 ${figure.from} 有 ${figure.at} 段`,
      };

/** Black lines and one grey: it survives a copier. */
function draw(figure: Figure, language: string): string {
  const open = (height: number): string =>
    `<svg class="figure" viewBox="-10 0 ${WIDTH + 20} ${height}" role="img" aria-label="${set(seen(figure), language)}">`;
  if (figure.kind === 'bar') {
    const step = WIDTH / figure.parts;
    const cells = Array.from({ length: figure.parts }, (_, index) => {
      const x = index * step;
      return `<rect x="${x.toFixed(2)}" y="4" width="${step.toFixed(2)}" height="30" fill="${index < figure.shaded ? '#9aa5b1' : 'none'}" stroke="#1b2430" stroke-width="1.5"/>`;
    });
    return `${open(38)}${cells.join('')}</svg>`;
  }
  const { from, to, parts, at } = figure;
  const count = (to - from) * parts;
  const x = (index: number): string => ((index * WIDTH) / count).toFixed(2);
  const ticks = Array.from({ length: count + 1 }, (_, index) => {
    const whole = index % parts === 0;
    const label = whole ? `<text x="${x(index)}" y="58" text-anchor="middle" font-size="14">${from + index / parts}</text>` : '';
    return `<path d="M${x(index)} ${whole ? 22 : 26}V${whole ? 42 : 38}" stroke="#1b2430" stroke-width="${whole ? 2 : 1.2}"/>${label}`;
  });
  const arrow = `<path d="M${x(at)} 2V18M${(Number(x(at)) - 4).toFixed(2)} 12L${x(at)} 19L${(Number(x(at)) + 4).toFixed(2)} 12" fill="none" stroke="#1b2430" stroke-width="2"/>`;
  return `${open(62)}<path d="M0 32H${WIDTH}" stroke="#1b2430" stroke-width="1.5"/>${ticks.join('')}${arrow}</svg>`;
}

const prompt = ({ prompt: asked, figure }: Exercise, language: string): string =>
  `<p class="asked">${set(asked, language)}</p>${figure ? draw(figure, language) : ''}`;

const steps = (all: readonly Words[], language: string): string =>
  `<ol class="way">${all.map((step) => `<li>${set(step, language)}</li>`).join('')}</ol>`;

function example({ example: shown }: PracticeSheet, { labels }: SheetSet): string {
  if (!shown) return '';
  const { exercise, faded } = shown;
  const { language, practice } = labels;
  return `<div class="example"><h2>${escapeHtml(faded ? practice.faded : practice.example)}</h2>${prompt(exercise, language)}
${steps(faded ? fadedSteps(exercise.steps) : wholeSteps(exercise.steps), language)}
<p class="answer">${escapeHtml(practice.answer)} ${faded ? GAP : `<strong>${set(exercise.answer, language)}</strong>`}</p></div>`;
}

const heading = (index: number, skill: string, { labels, skillName }: SheetSet): string =>
  `${escapeHtml(labels.practice.title)} ${index + 1}: ${escapeHtml(skillName(skill))}`;

/** A page for each step that can be practised so, for the student. @param page name of the printed pages */
export function practicePages(whole: SheetSet, own: PlanSheet, page: string): string {
  const { practice = [] } = own;
  const { labels } = whole;
  return practice
    .map((sheet, index) =>
      sheet === undefined
        ? ''
        : `
<section class="practice" style="page:${page}"><h1>${heading(index, sheet.skill, whole)}</h1>${whoLine(own, whole.labels)}
${example(sheet, whole)}
${sheet.example ? `<h2>${escapeHtml(labels.practice.questions)}</h2>` : ''}<ol class="questions">${sheet.questions
            .map(
              ({ exercise }) =>
                `<li><div>${prompt(exercise, labels.language)}</div><p class="answer">${escapeHtml(labels.practice.answer)} <span class="rule"></span></p></li>`,
            )
            .join('')}</ol></section>`,
    )
    .join('');
}

/** The same questions with their answers and the way to each, for the teacher. */
export function solutionPages(whole: SheetSet, own: PlanSheet, page: string): string {
  const { practice = [] } = own;
  const { language, practice: words } = whole.labels;
  const row = (number: string, exercise: Exercise, before = ''): string =>
    `<tr><th scope="row">${escapeHtml(number)}</th><td>${before}${set(exercise.prompt, language)}${exercise.figure ? draw(exercise.figure, language) : ''}</td><td class="result">${set(exercise.answer, language)}</td><td>${steps(wholeSteps(exercise.steps), language)}</td></tr>`;
  const tables = practice.map((sheet, index) =>
    sheet === undefined
      ? ''
      : `<h2>${heading(index, sheet.skill, whole)}</h2>
<table class="solutions"><thead><tr><th scope="col">${escapeHtml(words.number)}</th><th scope="col">${escapeHtml(words.question)}</th><th scope="col">${escapeHtml(words.result)}</th><th scope="col">${escapeHtml(words.way)}</th></tr></thead><tbody>
${sheet.example?.faded ? row('–', sheet.example.exercise, `<small>${escapeHtml(words.faded)}</small>`) : ''}${sheet.questions.map(({ exercise }, at) => row(String(at + 1), exercise)).join('\n')}
</tbody></table>`,
  );
  return tables.every((table) => table === '')
    ? ''
    : `\n<section class="answers" style="page:${page}"><h1>${escapeHtml(words.solutions)}</h1>${whoLine(own, whole.labels)}${tables.join('')}</section>`;
}
