import { compare, decimal, fraction, minus, plus, times } from '../rational.ts';
import { at, exercise, template, words, workOut } from '../template.ts';
import type { Template } from '../template.ts';

/** Up to `places` digits after the point. */
const tenths = (number: number, places: number): string => decimal(fraction(number, 10 ** places));

export const decimalPlaceValue: readonly Template[] = [
  template(
    'decimal-digit-value',
    (level) => ({
      number: at(level, [11, 99], [101, 999], [1001, 9999]),
      places: at(level, [1, 1], [2, 2], [3, 3]),
      place: [1, 3],
    }),
    ({ number, places, place }) => {
      const shown = tenths(number, places);
      const digit = Math.floor(number / 10 ** (places - place)) % 10;
      const value = tenths(digit, place);
      return exercise(
        words(
          `What is the digit ${digit} worth in ${shown}? Write it as a decimal.`,
          `在 ${shown} 中，数字 ${digit} 表示多少？写成小数。`,
        ),
        value,
        [
          words(
            `${digit} stands in the ${(['tenths', 'hundredths', 'thousandths'] as const)[place - 1]!} place.`,
            `${digit} 在${(['十分', '百分', '千分'] as const)[place - 1]!}位上。`,
          ),
          `${digit}/${10 ** place} = {${value}}`,
        ],
      );
    },
    ({ number, places, place }) =>
      place <= places && new Set(String(number)).size === String(number).length && !String(number).includes('0'),
  ),
  template(
    'sum-of-places',
    (level) => ({
      ones: [1, 9],
      tenth: [1, 9],
      hundredth: at(level, [0, 0], [1, 9], [1, 9]),
      tens: at(level, [0, 0], [0, 0], [1, 9]),
    }),
    ({ tens, ones, tenth, hundredth }) => {
      const parts = [
        ...(tens > 0 ? [`${tens * 10}`] : []),
        `${ones}`,
        `${tenth}/10`,
        ...(hundredth > 0 ? [`${hundredth}/100`] : []),
      ].join(' + ');
      const value = tenths(tens * 1000 + ones * 100 + tenth * 10 + hundredth, 2);
      return exercise(words(`Write as one decimal: ${parts}`, `写成一个小数：${parts}`), value, [
        `${tenth}/10 = ${tenths(tenth, 1)}`,
        ...(hundredth > 0 ? [`${hundredth}/100 = {${tenths(hundredth, 2)}}`] : []),
        `${parts} = {${value}}`,
      ]);
    },
  ),
];

export const comparingDecimals: readonly Template[] = [
  template(
    'compare-decimals',
    (level) => ({
      a: at(level, [11, 99], [101, 999], [101, 999]),
      b: at(level, [11, 99], [11, 99], [1001, 9999]),
      level: [level, level],
    }),
    ({ a, b, level }) => {
      const [p, q] = level === 1 ? [1, 1] : level === 2 ? [2, 1] : [2, 3];
      const [x, y] = [fraction(a, 10 ** p), fraction(b, 10 ** q)];
      const order = compare(x, y);
      const sign = order < 0 ? '<' : '>';
      const places = Math.max(p, q);
      const long = (value: typeof x): string => {
        const [whole, after = ''] = decimal(value).split('.');
        return `${whole}.${after.padEnd(places, '0')}`;
      };
      return exercise(
        words(`Put in < or >: ${decimal(x)} __ ${decimal(y)}`, `填上 < 或 >：${decimal(x)} __ ${decimal(y)}`),
        `${decimal(x)} ${sign} ${decimal(y)}`,
        [
          words(`With as many digits: ${long(x)} and ${long(y)}`, `写成同样多的小数位数：${long(x)} 和 ${long(y)}`),
          `${long(x)} {${sign}} ${long(y)}`,
        ],
      );
    },
    ({ a, b, level }) => {
      const [p, q] = level === 1 ? [1, 1] : level === 2 ? [2, 1] : [2, 3];
      return (
        compare(fraction(a, 10 ** p), fraction(b, 10 ** q)) !== 0 &&
        a % 10 !== 0 &&
        b % 10 !== 0 &&
        Math.floor(a / 10 ** p) === Math.floor(b / 10 ** q)
      );
    },
  ),
];

export const addingDecimals: readonly Template[] = [
  template(
    'add-decimals',
    (level) => ({
      a: at(level, [11, 99], [101, 999], [1001, 9999]),
      b: at(level, [11, 99], [11, 99], [11, 999]),
      level: [level, level],
      down: [0, 1],
    }),
    ({ a, b, level, down }) => {
      const [p, q] = level === 1 ? [1, 1] : level === 2 ? [2, 1] : [2, 1];
      const [x, y] = [fraction(a, 10 ** p), fraction(b, 10 ** q)];
      const result = down ? minus(x, y) : plus(x, y);
      const [wide, other] = [a, b * 10 ** (p - q)];
      const symbol = down ? '−' : '+';
      return exercise(workOut(`${decimal(x)} ${symbol} ${decimal(y)}`), decimal(result), [
        words(
          p === 1 ? `In tenths: ${wide} and ${other}` : `In hundredths: ${wide} and ${other}`,
          p === 1 ? `以十分之一为单位：${wide} 和 ${other}` : `以百分之一为单位：${wide} 和 ${other}`,
        ),
        `${wide} ${symbol} ${other} = {${down ? wide - other : wide + other}}`,
        `${decimal(x)} ${symbol} ${decimal(y)} = {${decimal(result)}}`,
      ]);
    },
    ({ a, b, level, down }) => {
      const [p, q] = level === 1 ? [1, 1] : [2, 1];
      return a % 10 !== 0 && b % 10 !== 0 && (down === 0 || compare(fraction(a, 10 ** p), fraction(b, 10 ** q)) > 0);
    },
  ),
];

export const multiplyingDecimals: readonly Template[] = [
  template(
    'multiply-decimals',
    (level) => ({ a: at(level, [2, 49], [12, 99], [101, 499]), b: at(level, [2, 9], [2, 9], [12, 49]), level: [level, level] }),
    ({ a, b, level }) => {
      const [p, q] = level === 1 ? [1, 0] : [1, 1];
      const [x, y] = [fraction(a, 10 ** p), fraction(b, 10 ** q)];
      return exercise(workOut(`${decimal(x)} × ${decimal(y)}`), decimal(times(x, y)), [
        words(`Without the points: ${a} × ${b} = ${a * b}`, `先不看小数点：${a} × ${b} = ${a * b}`),
        words(`Digits after the points in all: {${p + q}}`, `小数位数一共：{${p + q}}`),
        `${decimal(x)} × ${decimal(y)} = {${decimal(times(x, y))}}`,
      ]);
    },
    ({ a, b }) => a % 10 !== 0 && b % 10 !== 0,
  ),
];

export const dividingDecimals: readonly Template[] = [
  template(
    'divide-decimal',
    (level) => ({ q: at(level, [2, 49], [12, 199], [12, 99]), b: at(level, [2, 9], [2, 9], [2, 12]), level: [level, level] }),
    ({ q, b, level }) => {
      // The divisor is whole, or tenths.
      const divisor = fraction(b, level === 3 ? 10 : 1);
      const quotient = fraction(q, 10);
      const whole = times(divisor, quotient);
      const more = level === 3 ? 10 : 1;
      const [x, y] = [times(whole, fraction(more)), times(divisor, fraction(more))];
      return exercise(workOut(`${decimal(whole)} ÷ ${decimal(divisor)}`), decimal(quotient), [
        more === 1
          ? words(`In tenths: ${decimal(times(whole, fraction(10)))}`, `以十分之一为单位：${decimal(times(whole, fraction(10)))}`)
          : words(`Multiply both by 10: ${decimal(x)} ÷ ${decimal(y)}`, `都乘 10：${decimal(x)} ÷ ${decimal(y)}`),
        more === 1
          ? `${decimal(times(whole, fraction(10)))} ÷ ${b} = {${q}}`
          : `${decimal(x)} ÷ ${decimal(y)} = {${decimal(quotient)}}`,
        `${decimal(whole)} ÷ ${decimal(divisor)} = {${decimal(quotient)}}`,
      ]);
    },
    ({ q, b, level }) => q % 10 !== 0 && b !== 10 && (q * b) % 10 !== 0 && (level < 3 || (q * b) % 100 !== 0),
  ),
];
