import { commonFactor, decimal, fraction, mixed, text } from '../rational.ts';
import { at, exercise, LAST_NAME, many, NAMES, template, words } from '../template.ts';
import type { Template } from '../template.ts';

const proper = (n: number, d: number): boolean => n < d && commonFactor(n, d) === 1;

const DENOMINATORS = [2, 4, 5, 10, 20, 25, 50, 8, 100] as const;

export const mixedNumbers: readonly Template[] = [
  template(
    'improper-to-mixed',
    (level) => ({ whole: [1, at(level, 3, 6, 12)], n: [1, 11], d: [2, at(level, 5, 9, 12)] }),
    ({ whole, n, d }) => {
      const top = whole * d + n;
      return exercise(words(`Write as a mixed number: ${top}/${d}`, `化成带分数：${top}/${d}`), mixed(fraction(top, d)), [
        words(
          `${d} goes into ${top} ${many(whole, 'time', 'times')}: ${whole} × ${d} = ${whole * d}`,
          `${top} 里面有 ${whole} 个 ${d}：${whole} × ${d} = ${whole * d}`,
        ),
        `${top} − ${whole * d} = {${n}}`,
        `${top}/${d} = {${mixed(fraction(top, d))}}`,
      ]);
    },
    ({ n, d }) => n < d && commonFactor(n, d) === 1,
  ),
  template(
    'mixed-to-improper',
    (level) => ({ whole: [1, at(level, 3, 6, 12)], n: [1, 11], d: [2, at(level, 5, 9, 12)] }),
    ({ whole, n, d }) => {
      const value = fraction(whole * d + n, d);
      return exercise(words(`Write as an improper fraction: ${mixed(value)}`, `化成假分数：${mixed(value)}`), text(value), [
        `${whole} × ${d} = ${whole * d}`,
        `${whole * d} + ${n} = {${value.n}}`,
        `${mixed(value)} = {${value.n}}/${d}`,
      ]);
    },
    ({ n, d }) => n < d && commonFactor(n, d) === 1,
  ),
];

export const simplifyingFractions: readonly Template[] = [
  template(
    'lowest-terms',
    (level) => ({ n: [1, at(level, 3, 7, 11)], d: [2, at(level, 5, 9, 12)], by: [2, at(level, 5, 9, 15)] }),
    ({ n, d, by }) =>
      exercise(words(`Write in lowest terms: ${n * by}/${d * by}`, `约成最简分数：${n * by}/${d * by}`), `${n}/${d}`, [
        words(`The greatest number that divides both is ${by}.`, `能同时整除分子和分母的最大的数是 ${by}。`),
        `${n * by} ÷ ${by} = {${n}}`,
        `${d * by} ÷ ${by} = {${d}}`,
        `${n * by}/${d * by} = {${n}/${d}}`,
      ]),
    ({ n, d }) => n < d && commonFactor(n, d) === 1,
  ),
  template(
    'share-in-lowest-terms',
    (level) => ({ n: [1, at(level, 3, 5, 7)], d: [2, at(level, 5, 8, 9)], by: [2, at(level, 4, 5, 6)] }),
    ({ n, d, by }) =>
      exercise(
        words(
          `${n * by} of ${d * by} children come by bus. Which fraction is that, in lowest terms?`,
          `${d * by} 个学生中有 ${n * by} 个坐公交车上学。占几分之几？写成最简分数。`,
        ),
        `${n}/${d}`,
        [
          words(`As a fraction: ${n * by}/${d * by}`, `写成分数：${n * by}/${d * by}`),
          `${n * by} ÷ ${by} = {${n}}`,
          `${n * by}/${d * by} = {${n}/${d}}`,
        ],
      ),
    ({ n, d }) => n < d && commonFactor(n, d) === 1,
  ),
];

export const fractionsAsDecimals: readonly Template[] = [
  template(
    'fraction-to-decimal',
    (level) => ({ n: [1, at(level, 9, 24, 49)], which: [0, at(level, 3, 5, 7)] }),
    ({ n, which }) => {
      const d = DENOMINATORS[which]!;
      const below = d === 8 ? 1000 : 10 % d === 0 ? 10 : 100;
      const top = (n * below) / d;
      return exercise(words(`Write as a decimal: ${n}/${d}`, `化成小数：${n}/${d}`), decimal(fraction(n, d)), [
        ...(d === below
          ? [words(`The denominator is ${below} already.`, `分母已经是 ${below}。`)]
          : [`${d} × ${below / d} = ${below}`, `${n}/${d} = {${top}}/${below}`]),
        `${top}/${below} = {${decimal(fraction(n, d))}}`,
      ]);
    },
    ({ n, which }) => proper(n, DENOMINATORS[which]!),
  ),
  template(
    'decimal-to-fraction',
    (level) => ({ n: [1, at(level, 19, 49, 99)], which: [1, at(level, 4, 6, 8)] }),
    ({ n, which }) => {
      const value = fraction(n, DENOMINATORS[which]!);
      const shown = decimal(value);
      const below = 10 ** (shown.length - 2);
      const top = (value.n * below) / value.d;
      return exercise(words(`Write as a fraction in lowest terms: ${shown}`, `化成最简分数：${shown}`), text(value), [
        `${shown} = ${top}/${below}`,
        ...(below === value.d
          ? [
              words(
                `Nothing divides both ${top} and ${below}: {${text(value)}}`,
                `没有数能同时整除 ${top} 和 ${below}：{${text(value)}}`,
              ),
            ]
          : [
              words(
                `Divide both by ${below / value.d}: ${top} ÷ ${below / value.d} = {${value.n}}`,
                `都除以 ${below / value.d}：${top} ÷ ${below / value.d} = {${value.n}}`,
              ),
              `${top}/${below} = {${text(value)}}`,
            ]),
      ]);
    },
    ({ n, which }) => proper(n, DENOMINATORS[which]!),
  ),
];

export const fractionsAsPercentages: readonly Template[] = [
  template(
    'fraction-to-percent',
    (level) => ({ n: [1, at(level, 9, 24, 49)], which: [0, at(level, 3, 5, 6)] }),
    ({ n, which }) => {
      const d = DENOMINATORS[which]!;
      const percent = (n * 100) / d;
      return exercise(words(`Write as a percentage: ${n}/${d}`, `化成百分数：${n}/${d}`), `${percent}%`, [
        `${d} × ${100 / d} = 100`,
        `${n}/${d} = {${percent}}/100`,
        `${percent}/100 = {${percent}%}`,
      ]);
    },
    ({ n, which }) => proper(n, DENOMINATORS[which]!),
  ),
  template(
    'score-as-percent',
    (level) => ({ n: [2, at(level, 9, 24, 49)], which: [3, at(level, 4, 5, 6)], who: [0, LAST_NAME] }),
    ({ n, which, who }) => {
      const { en, zh } = NAMES[who]!;
      const d = DENOMINATORS[which]!;
      const percent = (n * 100) / d;
      return exercise(
        words(
          `${en} gets ${n} of ${d} questions right. What percentage is that?`,
          `${d} 道题中，${zh}答对了 ${n} 道。答对了百分之几？`,
        ),
        `${percent}%`,
        [
          words(`As a fraction: ${n}/${d}`, `写成分数：${n}/${d}`),
          `${n}/${d} = {${percent}}/100`,
          `${percent}/100 = {${percent}%}`,
        ],
      );
    },
    ({ n, which }) => n < DENOMINATORS[which]!,
  ),
];
