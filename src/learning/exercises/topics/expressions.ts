import { added, signed } from '../rational.ts';
import { at, exercise, LAST_NAME, NAMES, template, words } from '../template.ts';
import type { Template } from '../template.ts';

const BUILT = [
  {
    en: 'the sum of n and A, times B',
    zh: 'n 与 A 的和的 B 倍',
    write: (a: number, b: number) => `${b}(n + ${a})`,
    first: (a: number) => `n + ${a}`,
  },
  {
    en: 'B times n, then A less',
    zh: 'n 的 B 倍减 A',
    write: (a: number, b: number) => `${b}n − ${a}`,
    first: (_: number, b: number) => `${b}n`,
  },
  {
    en: 'B times n, then A more',
    zh: 'n 的 B 倍加 A',
    write: (a: number, b: number) => `${b}n + ${a}`,
    first: (_: number, b: number) => `${b}n`,
  },
] as const;

/** "x", "−x", "3x". */
const term = (factor: number, name = 'x'): string =>
  factor === 1 ? name : factor === -1 ? `−${name}` : `${signed(factor)}${name}`;

export const writingExpressions: readonly Template[] = [
  template(
    'words-to-expression',
    (level) => ({ a: [2, at(level, 9, 20, 60)], b: [2, at(level, 6, 9, 15)], which: at(level, [1, 2], [0, 2], [0, 2]) }),
    ({ a, b, which }) => {
      const { en, zh, write, first } = BUILT[which]!;
      const say = (said: string): string => said.replace('A', String(a)).replace('B', String(b));
      return exercise(words(`Write as an expression: ${say(en)}`, `用式子表示：${say(zh)}`), write(a, b), [
        words(`What is done first: ${first(a, b)}`, `先算的部分：${first(a, b)}`),
        words(`The whole: {${write(a, b)}}`, `整个式子：{${write(a, b)}}`),
      ]);
    },
  ),
  template(
    'story-to-expression',
    (level) => ({ a: [2, at(level, 9, 20, 60)], b: [2, at(level, 6, 9, 12)], who: [0, LAST_NAME] }),
    ({ a, b, who }) => {
      const { en, zh } = NAMES[who]!;
      return exercise(
        words(
          `${en} buys ${b} pens for n cents each and a pad for ${a} cents. Write what it costs in cents.`,
          `${zh}买了 ${b} 支笔，每支 n 元，又买了一个本子 ${a} 元。用式子表示一共多少元。`,
        ),
        `${b}n + ${a}`,
        [words(`The pens: ${b}n`, `笔：${b}n`), words(`With the pad: {${b}n + ${a}}`, `加上本子：{${b}n + ${a}}`)],
      );
    },
  ),
];

export const evaluatingExpressions: readonly Template[] = [
  template(
    'substitute',
    (level) => ({ a: [2, at(level, 6, 9, 12)], b: [1, at(level, 9, 20, 40)], x: [2, at(level, 6, 9, 12)], down: [0, 1] }),
    ({ a, b, x, down }) => {
      const result = down ? a * x - b : a * x + b;
      return exercise(
        words(
          `What is ${a}x ${down ? '−' : '+'} ${b} when x = ${x}?`,
          `当 x = ${x} 时，${a}x ${down ? '−' : '+'} ${b} 的值是多少？`,
        ),
        `${result}`,
        [`${a} × ${x} = ${a * x}`, `${a * x} ${down ? '−' : '+'} ${b} = {${result}}`],
      );
    },
    ({ a, b, x, down }) => down === 0 || a * x >= b,
  ),
  template(
    'substitute-square',
    (level) => ({ a: [1, at(level, 9, 20, 40)], x: [2, at(level, 6, 9, 12)] }),
    ({ a, x }) =>
      exercise(words(`What is x^2 + ${a} when x = ${x}?`, `当 x = ${x} 时，x^2 + ${a} 的值是多少？`), `${x * x + a}`, [
        `${x}^2 = ${x * x}`,
        `${x * x} + ${a} = {${x * x + a}}`,
      ]),
  ),
];

export const distributiveProperty: readonly Template[] = [
  template(
    'expand',
    (level) => ({
      a: [2, at(level, 6, 9, 12)],
      b: [1, at(level, 9, 12, 15)],
      c: at(level, [1, 1], [1, 5], [2, 9]),
      down: [0, 1],
    }),
    ({ a, b, c, down }) => {
      const symbol = down ? '−' : '+';
      return exercise(
        words(`Write without brackets: ${a}(${term(c)} ${symbol} ${b})`, `去括号：${a}(${term(c)} ${symbol} ${b})`),
        `${term(a * c)} ${symbol} ${a * b}`,
        [
          words(`${a} times each part: ${a} × ${term(c)} and ${a} × ${b}`, `${a} 乘每一项：${a} × ${term(c)} 和 ${a} × ${b}`),
          words(`Together: {${term(a * c)} ${symbol} ${a * b}}`, `合起来：{${term(a * c)} ${symbol} ${a * b}}`),
        ],
      );
    },
  ),
];

export const combiningLikeTerms: readonly Template[] = [
  template(
    'combine',
    (level) => ({
      a: [2, at(level, 6, 9, 12)],
      b: [1, at(level, 9, 12, 20)],
      c: [at(level, 1, -9, -12), at(level, 6, 9, 12)],
      d: [at(level, 1, -9, -12), at(level, 9, 9, 12)],
    }),
    ({ a, b, c, d }) => {
      const [x, rest] = [a + c, b + d];
      const result = rest === 0 ? term(x) : `${term(x)} ${added(rest)}`;
      const shown = `${term(a)} + ${b} ${c < 0 ? `− ${term(-c)}` : `+ ${term(c)}`} ${added(d)}`;
      return exercise(words(`Combine like terms: ${shown}`, `合并同类项：${shown}`), result, [
        words(
          `Terms with x: ${term(a)} ${c < 0 ? `− ${term(-c)}` : `+ ${term(c)}`} = ${term(x)}`,
          `含 x 的项：${term(a)} ${c < 0 ? `− ${term(-c)}` : `+ ${term(c)}`} = ${term(x)}`,
        ),
        words(`Numbers: ${b} ${added(d)} = {${signed(rest)}}`, `常数项：${b} ${added(d)} = {${signed(rest)}}`),
        words(`Together: {${result}}`, `合起来：{${result}}`),
      ]);
    },
    ({ a, c, b, d }) => c !== 0 && d !== 0 && a + c !== 0 && b + d !== 0,
  ),
];
