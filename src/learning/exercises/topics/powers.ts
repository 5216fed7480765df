import { at, exercise, template, words, workOut } from '../template.ts';
import type { Template } from '../template.ts';

export const exponents: readonly Template[] = [
  template(
    'power',
    (level) => ({ base: [2, at(level, 6, 9, 12)], power: [2, at(level, 3, 4, 4)] }),
    ({ base, power }) => {
      const factors = Array<number>(power).fill(base).join(' × ');
      return exercise(workOut(`${base}^${power}`), `${base ** power}`, [
        `${base}^${power} = ${factors}`,
        ...(power > 2 ? [`${base} × ${base} = {${base * base}}`] : []),
        `${factors} = {${base ** power}}`,
      ]);
    },
    ({ base, power }) => base ** power <= 2500,
  ),
  template(
    'power-in-sum',
    (level) => ({ a: [2, at(level, 9, 20, 40)], base: [2, at(level, 5, 9, 12)], b: [2, at(level, 4, 6, 9)] }),
    ({ a, base, b }) =>
      exercise(workOut(`${a} + ${b} × ${base}^2`), `${a + b * base * base}`, [
        words(`Powers first: ${base}^2 = ${base * base}`, `先算乘方：${base}^2 = ${base * base}`),
        `${b} × ${base * base} = {${b * base * base}}`,
        `${a} + ${b * base * base} = {${a + b * base * base}}`,
      ]),
  ),
];

export const exponentLaws: readonly Template[] = [
  template(
    'multiply-powers',
    (level) => ({
      base: [2, at(level, 5, 9, 12)],
      a: [2, at(level, 5, 9, 12)],
      b: [2, at(level, 5, 9, 12)],
      over: at(level, [0, 0], [0, 1], [0, 1]),
    }),
    ({ base, a, b, over }) =>
      exercise(
        words(
          `Write as one power: ${base}^${a} ${over ? '÷' : '×'} ${base}^${b}`,
          `写成一个幂：${base}^${a} ${over ? '÷' : '×'} ${base}^${b}`,
        ),
        `${base}^${over ? a - b : a + b}`,
        [
          words(`The base is the same: ${over ? 'subtract' : 'add'} the exponents.`, `底数相同：指数相${over ? '减' : '加'}。`),
          `${a} ${over ? '−' : '+'} ${b} = {${over ? a - b : a + b}}`,
        ],
      ),
    ({ a, b, over }) => over === 0 || a > b + 1,
  ),
  template(
    'power-of-power',
    (level) => ({ base: [2, at(level, 5, 9, 12)], a: [2, at(level, 3, 5, 7)], b: [2, at(level, 3, 4, 6)] }),
    ({ base, a, b }) =>
      exercise(words(`Write as one power: (${base}^${a})^${b}`, `写成一个幂：(${base}^${a})^${b}`), `${base}^${a * b}`, [
        words('A power of a power: multiply the exponents.', '幂的乘方：指数相乘。'),
        `${a} × ${b} = {${a * b}}`,
      ]),
  ),
];

export const scientificNotation: readonly Template[] = [
  template(
    'to-scientific',
    (level) => ({ digits: at(level, [2, 9], [11, 99], [101, 999]), zeros: [2, at(level, 4, 5, 6)] }),
    ({ digits, zeros }) => {
      const places = String(digits).length - 1;
      const lead = places === 0 ? `${digits}` : `${String(digits)[0]}.${String(digits).slice(1)}`;
      const power = zeros + places;
      return exercise(
        words(`Write in scientific notation: ${digits * 10 ** zeros}`, `用科学记数法表示：${digits * 10 ** zeros}`),
        `${lead} × 10^${power}`,
        [
          words(`A number from 1 to below 10: ${lead}`, `1 到 10 之间的数：${lead}`),
          words(`The point moves {${power}} places.`, `小数点移动 {${power}} 位。`),
          `${digits * 10 ** zeros} = ${lead} × {10^${power}}`,
        ],
      );
    },
    ({ digits }) => digits % 10 !== 0,
  ),
];

export const roots: readonly Template[] = [
  template(
    'square-root',
    (level) => ({ root: [2, at(level, 10, 15, 25)] }),
    ({ root }) =>
      exercise(workOut(`√${root * root}`), `${root}`, [
        words(`Which number times itself makes ${root * root}?`, `哪个数乘自己等于 ${root * root}？`),
        `{${root}} × {${root}} = ${root * root}`,
      ]),
  ),
  template(
    'cube-root',
    (level) => ({ root: [2, at(level, 5, 6, 10)] }),
    ({ root }) =>
      exercise(workOut(`∛${root ** 3}`), `${root}`, [
        words(`Which number, three times as a factor, makes ${root ** 3}?`, `哪个数的三次方等于 ${root ** 3}？`),
        `{${root}} × {${root}} × {${root}} = ${root ** 3}`,
      ]),
  ),
];
