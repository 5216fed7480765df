import { added, bracketed, fraction, sign, signed, text } from '../rational.ts';
import { at, exercise, many, template, words, workOut } from '../template.ts';
import type { Template } from '../template.ts';

export const negativeNumbers: readonly Template[] = [
  template(
    'compare-negative',
    (level) => ({ a: [-at(level, 10, 30, 90), at(level, 10, 30, 90)], b: [-at(level, 10, 30, 90), -1] }),
    ({ a, b }) =>
      exercise(
        words(`Put in < or >: ${signed(a)} __ ${signed(b)}`, `填上 < 或 >：${signed(a)} __ ${signed(b)}`),
        `${signed(a)} ${sign(a, b)} ${signed(b)}`,
        [
          words('On the number line, what lies further left is smaller.', '在数轴上，越靠左的数越小。'),
          words(`Further left is {${signed(Math.min(a, b))}}.`, `更靠左的是 {${signed(Math.min(a, b))}}。`),
        ],
      ),
    ({ a, b }) => a !== b && a !== 0,
  ),
  template(
    'temperature',
    (level) => ({ from: [-at(level, 9, 15, 25), at(level, 5, 9, 9)], change: [2, at(level, 9, 18, 30)], down: [0, 1] }),
    ({ from, change, down }) => {
      const to = down ? from - change : from + change;
      return exercise(
        words(
          `It is ${signed(from)} °C. The temperature ${down ? 'falls' : 'rises'} by ${change} degrees. What is it now?`,
          `现在是 ${signed(from)} °C，气温${down ? '下降' : '上升'}了 ${change} 度。现在是多少度？`,
        ),
        `${signed(to)} °C`,
        [
          words(
            `Start at ${signed(from)} and go ${change} steps ${down ? 'down' : 'up'}.`,
            `从 ${signed(from)} 开始，向${down ? '下' : '上'} ${change} 格。`,
          ),
          `${signed(from)} ${down ? '−' : '+'} ${change} = {${signed(to)}}`,
        ],
      );
    },
    ({ from, change, down }) => from !== 0 && (down ? from - change < 0 : from < 0),
  ),
];

export const absoluteValue: readonly Template[] = [
  template(
    'distance-from-zero',
    (level) => ({
      a: [-at(level, 20, 60, 200), -2],
      b: [at(level, 0, 1, 1), at(level, 0, 30, 90)],
      minus: at(level, [0, 0], [0, 1], [0, 1]),
    }),
    ({ a, b, minus }) =>
      b === 0
        ? exercise(workOut(`|${signed(a)}|`), `${-a}`, [
            words('The absolute value is the distance from 0.', '绝对值是到 0 的距离。'),
            words(`From ${signed(a)} to 0 there are {${-a}} steps.`, `从 ${signed(a)} 到 0 有 {${-a}} 格。`),
          ])
        : exercise(workOut(`|${signed(a)}| ${minus ? '−' : '+'} |${b}|`), signed(minus ? -a - b : -a + b), [
            words(`Distances from 0: ${-a} and ${b}`, `到 0 的距离：${-a} 和 ${b}`),
            `${-a} ${minus ? '−' : '+'} ${b} = {${signed(minus ? -a - b : -a + b)}}`,
          ]),
    ({ a, b }) => -a !== b,
  ),
];

export const addingIntegers: readonly Template[] = [
  template(
    'add-integers',
    (level) => ({
      a: [-at(level, 9, 20, 60), at(level, 9, 20, 60)],
      b: [-at(level, 9, 20, 60), at(level, 9, 20, 60)],
      down: [0, 1],
    }),
    ({ a, b, down }) => {
      const second = down ? -b : b;
      const expression = `${signed(a)} ${down ? '−' : '+'} ${bracketed(b)}`;
      return exercise(workOut(expression), signed(a + second), [
        b < 0
          ? words(
              down ? `Subtracting ${signed(b)} is adding ${-b}.` : `Adding ${signed(b)} is subtracting ${-b}.`,
              down ? `减去 ${signed(b)} 等于加上 ${-b}。` : `加上 ${signed(b)} 等于减去 ${-b}。`,
            )
          : words(
              `From ${signed(a)} go ${many(b, 'step', 'steps')} ${down ? 'down' : 'up'}.`,
              `从 ${signed(a)} 向${down ? '左' : '右'}走 ${b} 格。`,
            ),
        `${signed(a)} ${added(second)} = {${signed(a + second)}}`,
      ]);
    },
    ({ a, b, down }) => a !== 0 && b !== 0 && (a < 0 || b < 0 || (down === 1 && b > a)),
  ),
];

export const multiplyingIntegers: readonly Template[] = [
  template(
    'multiply-integers',
    (level) => ({ a: [-at(level, 9, 12, 25), at(level, 9, 12, 25)], b: [-at(level, 9, 12, 12), at(level, 9, 12, 12)] }),
    ({ a, b }) =>
      exercise(workOut(`${signed(a)} × ${bracketed(b)}`), signed(a * b), [
        words(
          a * b < 0
            ? 'One factor is negative, so the product is negative.'
            : 'Both factors are negative, so the product is positive.',
          a * b < 0 ? '一个因数是负数，积是负数。' : '两个因数都是负数，积是正数。',
        ),
        `${Math.abs(a)} × ${Math.abs(b)} = {${Math.abs(a * b)}}`,
        `${signed(a)} × ${bracketed(b)} = {${signed(a * b)}}`,
      ]),
    ({ a, b }) => Math.abs(a) > 1 && Math.abs(b) > 1 && (a < 0 || b < 0),
  ),
  template(
    'divide-integers',
    (level) => ({ q: [-at(level, 9, 12, 25), at(level, 9, 12, 25)], b: [-at(level, 9, 12, 12), at(level, 9, 12, 12)] }),
    ({ q, b }) =>
      exercise(workOut(`${signed(q * b)} ÷ ${bracketed(b)}`), signed(q), [
        words(
          q < 0 ? 'The signs differ, so the quotient is negative.' : 'The signs agree, so the quotient is positive.',
          q < 0 ? '符号不同，商是负数。' : '符号相同，商是正数。',
        ),
        `${Math.abs(q * b)} ÷ ${Math.abs(b)} = {${Math.abs(q)}}`,
        `${signed(q * b)} ÷ ${bracketed(b)} = {${signed(q)}}`,
      ]),
    ({ q, b }) => Math.abs(q) > 1 && Math.abs(b) > 1 && (q < 0 || b < 0),
  ),
];

export const rationalNumbers: readonly Template[] = [
  template(
    'signed-fractions',
    (level) => ({
      a: [1, at(level, 3, 5, 9)],
      b: [2, at(level, 6, 8, 12)],
      c: [1, at(level, 3, 5, 9)],
      d: at(level, [2, 6], [2, 8], [2, 12]),
      level: [level, level],
    }),
    ({ a, b, c, d }) => {
      const [x, y] = [fraction(a * d, b * d), fraction(c * b, d * b)];
      const [left, right] = [a * d, c * b];
      const result = fraction(right - left, b * d);
      return exercise(workOut(`${text(fraction(-x.n, x.d))} + ${text(y)}`), text(result), [
        words(
          `Over ${b * d}: −${left}/${b * d} and ${right}/${b * d}`,
          `分母化成 ${b * d}：−${left}/${b * d} 和 ${right}/${b * d}`,
        ),
        `−${left} + ${right} = {${signed(right - left)}}`,
        `${signed(right - left)}/${b * d} = {${text(result)}}`,
      ]);
    },
    ({ a, b, c, d }) => a < b && c < d && fraction(a, b).d === b && fraction(c, d).d === d && a * d !== c * b && b * d <= 72,
  ),
];
