import { decimal, fraction, times } from '../rational.ts';
import { at, exercise, template, words } from '../template.ts';
import type { Template } from '../template.ts';

const UNITS = [
  { big: 'm', small: 'cm', zhBig: '米', zhSmall: '厘米', by: 100 },
  { big: 'kg', small: 'g', zhBig: '千克', zhSmall: '克', by: 1000 },
  { big: 'km', small: 'm', zhBig: '千米', zhSmall: '米', by: 1000 },
  { big: 'l', small: 'ml', zhBig: '升', zhSmall: '毫升', by: 1000 },
] as const;

export const measuringLength: readonly Template[] = [
  template(
    'ruler-from-mark',
    (level) => ({ from: [1, at(level, 6, 15, 60)], length: [3, at(level, 9, 25, 90)] }),
    ({ from, length }) =>
      exercise(
        words(
          `A pencil lies along a ruler, from the mark at ${from} cm to the mark at ${from + length} cm. How long is it?`,
          `一支铅笔放在尺子上，从 ${from} 厘米刻度到 ${from + length} 厘米刻度。它有多长？`,
        ),
        words(`${length} cm`, `${length} 厘米`),
        [words(`It begins at ${from}, not at 0.`, `起点是 ${from}，不是 0。`), `${from + length} − ${from} = {${length}}`],
      ),
  ),
  template(
    'centimetres-and-millimetres',
    (level) => ({ a: [2, at(level, 9, 30, 90)], b: [2, at(level, 9, 9, 90)] }),
    ({ a, b }) =>
      exercise(
        words(
          `A stick is ${a} cm and ${b} mm long. How many millimetres are that?`,
          `一根木棒长 ${a} 厘米 ${b} 毫米。一共是多少毫米？`,
        ),
        words(`${10 * a + b} mm`, `${10 * a + b} 毫米`),
        [`${a} × 10 = ${10 * a}`, `${10 * a} + ${b} = {${10 * a + b}}`],
      ),
    ({ b }) => b % 10 !== 0,
  ),
];

export const perimeter: readonly Template[] = [
  template(
    'perimeter-rectangle',
    (level) => ({ a: [2, at(level, 12, 40, 120)], b: [2, at(level, 12, 40, 120)] }),
    ({ a, b }) =>
      exercise(
        words(
          `A rectangle is ${a} cm long and ${b} cm wide. What is its perimeter?`,
          `长方形长 ${a} 厘米，宽 ${b} 厘米。周长是多少？`,
        ),
        words(`${2 * (a + b)} cm`, `${2 * (a + b)} 厘米`),
        [`${a} + ${b} = ${a + b}`, `2 × ${a + b} = {${2 * (a + b)}}`],
      ),
    ({ a, b }) => a > b,
  ),
  template(
    'side-from-perimeter',
    (level) => ({ a: [3, at(level, 12, 40, 120)], b: [2, at(level, 10, 30, 90)] }),
    ({ a, b }) =>
      exercise(
        words(
          `A rectangle has a perimeter of ${2 * (a + b)} cm and is ${a} cm long. How wide is it?`,
          `长方形的周长是 ${2 * (a + b)} 厘米，长 ${a} 厘米。宽是多少？`,
        ),
        words(`${b} cm`, `${b} 厘米`),
        [
          words(`Half the perimeter: ${2 * (a + b)} ÷ 2 = ${a + b}`, `周长的一半：${2 * (a + b)} ÷ 2 = ${a + b}`),
          `${a + b} − ${a} = {${b}}`,
        ],
      ),
    ({ a, b }) => a > b,
  ),
];

export const areaRectangles: readonly Template[] = [
  template(
    'area-rectangle',
    (level) => ({ a: [2, at(level, 9, 20, 60)], b: [2, at(level, 9, 12, 25)] }),
    ({ a, b }) =>
      exercise(
        words(
          `A rectangle is ${a} cm long and ${b} cm wide. What is its area?`,
          `长方形长 ${a} 厘米，宽 ${b} 厘米。面积是多少？`,
        ),
        words(`${a * b} cm²`, `${a * b} 平方厘米`),
        [words(`${b} rows of ${a} squares, each 1 cm²`, `${b} 行，每行 ${a} 个 1 平方厘米的方格`), `${a} × ${b} = {${a * b}}`],
      ),
    ({ a, b }) => a > b,
  ),
  template(
    'area-l-shape',
    (level) => ({
      a: [4, at(level, 9, 15, 30)],
      b: [3, at(level, 9, 12, 20)],
      c: [1, at(level, 4, 8, 12)],
      d: [1, at(level, 4, 8, 12)],
    }),
    ({ a, b, c, d }) =>
      exercise(
        words(
          `From a sheet of ${a} cm by ${b} cm a rectangle of ${c} cm by ${d} cm is cut out. What area is left?`,
          `从一张 ${a} 厘米乘 ${b} 厘米的纸上剪去一个 ${c} 厘米乘 ${d} 厘米的长方形。剩下的面积是多少？`,
        ),
        words(`${a * b - c * d} cm²`, `${a * b - c * d} 平方厘米`),
        [`${a} × ${b} = ${a * b}`, `${c} × ${d} = {${c * d}}`, `${a * b} − ${c * d} = {${a * b - c * d}}`],
      ),
    ({ a, b, c, d }) => c < a && d < b && a !== b,
  ),
];

export const convertingUnits: readonly Template[] = [
  template(
    'to-smaller-unit',
    (level) => ({ which: [0, 3], number: at(level, [2, 20], [11, 99], [101, 999]), places: at(level, [0, 0], [1, 1], [2, 2]) }),
    ({ which, number, places }) => {
      const { big, small, zhBig, zhSmall, by } = UNITS[which]!;
      const value = fraction(number, 10 ** places);
      const result = decimal(times(value, fraction(by)));
      return exercise(
        words(`How many ${small} are ${decimal(value)} ${big}?`, `${decimal(value)} ${zhBig}是多少${zhSmall}？`),
        words(`${result} ${small}`, `${result} ${zhSmall}`),
        [words(`1 ${big} = ${by} ${small}`, `1 ${zhBig} = ${by} ${zhSmall}`), `${decimal(value)} × ${by} = {${result}}`],
      );
    },
    ({ number, places }) => places === 0 || number % 10 !== 0,
  ),
  template(
    'to-larger-unit',
    (level) => ({ which: [0, 3], number: at(level, [2, 9], [11, 99], [101, 999]), places: at(level, [0, 0], [1, 1], [2, 2]) }),
    ({ which, number, places }) => {
      const { big, small, zhBig, zhSmall, by } = UNITS[which]!;
      const result = fraction(number, 10 ** places);
      const value = decimal(times(result, fraction(by)));
      return exercise(
        words(`How many ${big} are ${value} ${small}?`, `${value} ${zhSmall}是多少${zhBig}？`),
        words(`${decimal(result)} ${big}`, `${decimal(result)} ${zhBig}`),
        [words(`1 ${big} = ${by} ${small}`, `1 ${zhBig} = ${by} ${zhSmall}`), `${value} ÷ ${by} = {${decimal(result)}}`],
      );
    },
    ({ number, places }) => places === 0 || number % 10 !== 0,
  ),
];

export const areaTriangles: readonly Template[] = [
  template(
    'area-triangle',
    (level) => ({ a: [3, at(level, 12, 25, 60)], h: [2, at(level, 10, 20, 40)] }),
    ({ a, h }) =>
      exercise(
        words(
          `A triangle has a base of ${a} cm and a height of ${h} cm. What is its area?`,
          `三角形的底是 ${a} 厘米，高是 ${h} 厘米。面积是多少？`,
        ),
        words(`${decimal(fraction(a * h, 2))} cm²`, `${decimal(fraction(a * h, 2))} 平方厘米`),
        [`${a} × ${h} = ${a * h}`, `${a * h} ÷ 2 = {${decimal(fraction(a * h, 2))}}`],
      ),
    ({ a, h }) => a !== h,
  ),
  template(
    'area-parallelogram',
    (level) => ({ a: [3, at(level, 12, 25, 60)], h: [2, at(level, 10, 20, 40)] }),
    ({ a, h }) =>
      exercise(
        words(
          `A parallelogram has a base of ${a} cm and a height of ${h} cm. What is its area?`,
          `平行四边形的底是 ${a} 厘米，高是 ${h} 厘米。面积是多少？`,
        ),
        words(`${a * h} cm²`, `${a * h} 平方厘米`),
        [
          words('It has the same area as a rectangle of that base and height.', '它的面积与同底同高的长方形相等。'),
          `${a} × ${h} = {${a * h}}`,
        ],
      ),
    ({ a, h }) => a !== h,
  ),
];

export const volumePrisms: readonly Template[] = [
  template(
    'volume-box',
    (level) => ({ a: [2, at(level, 6, 12, 25)], b: [2, at(level, 6, 12, 15)], c: [2, at(level, 5, 9, 12)] }),
    ({ a, b, c }) =>
      exercise(
        words(
          `A box is ${a} cm long, ${b} cm wide and ${c} cm high. What is its volume?`,
          `长方体长 ${a} 厘米，宽 ${b} 厘米，高 ${c} 厘米。体积是多少？`,
        ),
        words(`${a * b * c} cm³`, `${a * b * c} 立方厘米`),
        [`${a} × ${b} = ${a * b}`, `${a * b} × ${c} = {${a * b * c}}`],
      ),
    ({ a, b, c }) => new Set([a, b, c]).size === 3,
  ),
  template(
    'height-of-box',
    (level) => ({ a: [2, at(level, 6, 12, 20)], b: [2, at(level, 6, 12, 15)], c: [2, at(level, 9, 12, 15)] }),
    ({ a, b, c }) =>
      exercise(
        words(
          `A box has a volume of ${a * b * c} cm³. It is ${a} cm long and ${b} cm wide. How high is it?`,
          `长方体的体积是 ${a * b * c} 立方厘米，长 ${a} 厘米，宽 ${b} 厘米。高是多少？`,
        ),
        words(`${c} cm`, `${c} 厘米`),
        [`${a} × ${b} = ${a * b}`, `${a * b * c} ÷ ${a * b} = {${c}}`],
      ),
    ({ a, b, c }) => new Set([a, b, c]).size === 3,
  ),
];
