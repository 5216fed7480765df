import { added, signed } from '../rational.ts';
import { at, exercise, LAST_NAME, NAMES, solve, template, words } from '../template.ts';
import type { Template } from '../template.ts';

/** "x", "−x", "3x". */
const term = (factor: number, name = 'x'): string =>
  factor === 1 ? name : factor === -1 ? `−${name}` : `${signed(factor)}${name}`;

export const oneStepEquations: readonly Template[] = [
  template(
    'solve-sum',
    (level) => ({ a: [2, at(level, 12, 40, 90)], x: [2, at(level, 12, 40, 90)], down: [0, 1] }),
    ({ a, x, down }) => {
      const right = down ? x - a : x + a;
      return exercise(solve(`x ${down ? '−' : '+'} ${a} = ${right}`), `x = ${x}`, [
        words(down ? `Add ${a} on both sides.` : `Subtract ${a} on both sides.`, down ? `两边都加 ${a}。` : `两边都减 ${a}。`),
        `x = ${right} ${down ? '+' : '−'} ${a} = {${x}}`,
      ]);
    },
    ({ a, x, down }) => down === 0 || x > a,
  ),
  template(
    'solve-product',
    (level) => ({ a: [2, at(level, 6, 9, 15)], x: [2, at(level, 9, 12, 25)] }),
    ({ a, x }) =>
      exercise(solve(`${a}x = ${a * x}`), `x = ${x}`, [
        words(`Divide both sides by ${a}.`, `两边都除以 ${a}。`),
        `x = ${a * x} ÷ ${a} = {${x}}`,
      ]),
  ),
];

export const twoStepEquations: readonly Template[] = [
  template(
    'solve-two-steps',
    (level) => ({
      a: [2, at(level, 6, 9, 12)],
      b: [1, at(level, 12, 25, 60)],
      x: [at(level, 1, -9, -12), at(level, 9, 12, 15)],
      down: [0, 1],
    }),
    ({ a, b, x, down }) => {
      const right = down ? a * x - b : a * x + b;
      return exercise(solve(`${a}x ${down ? '−' : '+'} ${b} = ${signed(right)}`), `x = ${signed(x)}`, [
        words(
          `${down ? 'Add' : 'Subtract'} ${b} on both sides: ${a}x = ${signed(a * x)}`,
          `两边都${down ? '加' : '减'} ${b}：${a}x = ${signed(a * x)}`,
        ),
        words(`Divide both sides by ${a}: x = {${signed(x)}}`, `两边都除以 ${a}：x = {${signed(x)}}`),
      ]);
    },
    ({ x }) => x !== 0,
  ),
];

export const equationProblems: readonly Template[] = [
  template(
    'number-riddle',
    (level) => ({ a: [2, at(level, 5, 8, 12)], b: [2, at(level, 12, 25, 60)], x: [2, at(level, 12, 20, 30)] }),
    ({ a, b, x }) =>
      exercise(
        words(
          `I think of a number, multiply it by ${a} and add ${b}. I get ${a * x + b}. Which number is it?`,
          `我想了一个数，乘 ${a} 再加 ${b}，得 ${a * x + b}。这个数是多少？`,
        ),
        `${x}`,
        [
          words(`As an equation: ${a}x + ${b} = ${a * x + b}`, `列方程：${a}x + ${b} = ${a * x + b}`),
          `${a}x = ${a * x + b} − ${b} = {${a * x}}`,
          `x = ${a * x} ÷ ${a} = {${x}}`,
        ],
      ),
  ),
  template(
    'two-ages',
    (level) => ({ more: [2, at(level, 9, 20, 30)], x: [3, at(level, 15, 30, 60)], who: [0, LAST_NAME], other: [0, LAST_NAME] }),
    ({ more, x, who, other }) => {
      const [first, second] = [NAMES[who]!, NAMES[other]!];
      return exercise(
        words(
          `${first.en} and ${second.en} collect ${2 * x + more} shells together. ${second.en} has ${more} more than ${first.en}. How many shells does ${first.en} have?`,
          `${first.zh}和${second.zh}一共捡了 ${2 * x + more} 个贝壳，${second.zh}比${first.zh}多 ${more} 个。${first.zh}有多少个？`,
        ),
        words(`${x} shells`, `${x} 个`),
        [
          words(`As an equation: x + x + ${more} = ${2 * x + more}`, `列方程：x + x + ${more} = ${2 * x + more}`),
          `2x = ${2 * x + more} − ${more} = {${2 * x}}`,
          `x = ${2 * x} ÷ 2 = {${x}}`,
        ],
      );
    },
    ({ who, other }) => who !== other,
  ),
];

export const inequalities: readonly Template[] = [
  template(
    'solve-inequality',
    (level) => ({
      a: [2, at(level, 5, 9, 12)],
      b: [1, at(level, 12, 25, 60)],
      x: [at(level, 1, -6, -9), at(level, 9, 12, 15)],
      more: [0, 1],
    }),
    ({ a, b, x, more }) => {
      const symbol = more ? '>' : '<';
      return exercise(
        words(`Solve: ${a}x + ${b} ${symbol} ${signed(a * x + b)}`, `解不等式：${a}x + ${b} ${symbol} ${signed(a * x + b)}`),
        `x ${symbol} ${signed(x)}`,
        [
          words(
            `Subtract ${b} on both sides: ${a}x ${symbol} ${signed(a * x)}`,
            `两边都减 ${b}：${a}x ${symbol} ${signed(a * x)}`,
          ),
          words(`Divide both sides by ${a}: x ${symbol} {${signed(x)}}`, `两边都除以 ${a}：x ${symbol} {${signed(x)}}`),
        ],
      );
    },
  ),
];

export const multiStepEquations: readonly Template[] = [
  template(
    'x-on-both-sides',
    (level) => ({
      a: [3, at(level, 6, 9, 12)],
      c: [2, at(level, 5, 8, 11)],
      b: [1, at(level, 12, 25, 40)],
      x: [at(level, 1, -6, -9), at(level, 9, 12, 15)],
    }),
    ({ a, b, c, x }) => {
      const d = (a - c) * x + b;
      return exercise(solve(`${a}x + ${b} = ${c}x ${added(d)}`), `x = ${signed(x)}`, [
        words(
          `Subtract ${c}x on both sides: ${term(a - c)} + ${b} = ${signed(d)}`,
          `两边都减 ${c}x：${term(a - c)} + ${b} = ${signed(d)}`,
        ),
        words(`Subtract ${b}: ${term(a - c)} = {${signed(d - b)}}`, `两边都减 ${b}：${term(a - c)} = {${signed(d - b)}}`),
        a - c === 1
          ? `x = {${signed(x)}}`
          : words(`Divide by ${a - c}: x = {${signed(x)}}`, `两边都除以 ${a - c}：x = {${signed(x)}}`),
      ]);
    },
    ({ a, b, c, x }) => a > c && x !== 0 && (a - c) * x + b !== 0,
  ),
];
