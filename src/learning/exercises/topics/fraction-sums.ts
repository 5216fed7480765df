import { both, commonFactor, commonMultiple, compare, fraction, minus, plus, reduced, text } from '../rational.ts';
import { at, exercise, fillIn, many, template, words, workOut } from '../template.ts';
import type { Template } from '../template.ts';

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

const sameDenominator = ({
  a,
  b,
  c,
  d,
}: Pair): { common: number; x: number; y: number; steps: (ReturnType<typeof words> | string)[] } => {
  const common = commonMultiple(b, d);
  const [x, y] = [(a * common) / b, (c * common) / d];
  return {
    common,
    x,
    y,
    steps: [
      words(`Both denominators go into ${common}.`, `两个分母的公倍数：${common}。`),
      ...(common === b ? [] : [`${a}/${b} = {${x}}/${common}`]),
      ...(common === d ? [] : [`${c}/${d} = {${y}}/${common}`]),
    ],
  };
};

const unlike = ({ a, b, c, d }: Pair): boolean =>
  b !== d && a < b && c < d && commonFactor(a, b) === 1 && commonFactor(c, d) === 1 && commonMultiple(b, d) <= 42;

const unlikeRanges = (level: 1 | 2 | 3): Record<keyof Pair, readonly [number, number]> => ({
  a: [1, at(level, 3, 7, 9)],
  b: [2, at(level, 6, 10, 12)],
  c: [1, at(level, 3, 7, 9)],
  d: [2, at(level, 6, 10, 12)],
});

export const addLike: readonly Template[] = [
  template(
    'add-like',
    (level) => ({ d: at(level, [3, 9], [5, 12], [5, 15]), a: [1, 13], b: [1, 13] }),
    ({ a, b, d }) =>
      exercise(workOut(`${a}/${d} + ${b}/${d}`), both(fraction(a + b, d)), [
        words('The parts are of the same size, so add how many there are.', '每份一样大，所以把份数相加。'),
        `${a} + ${b} = {${a + b}}`,
        `${a}/${d} + ${b}/${d} = {${reduced(a + b, d)}}`,
      ]),
    ({ a, b, d }) => a < d && b < d && commonFactor(a, d) === 1 && commonFactor(b, d) === 1 && (a + b) % d !== 0,
  ),
  template(
    'add-like-missing',
    (level) => ({ d: at(level, [4, 9], [5, 12], [7, 20]), a: [1, 13], b: [1, 13] }),
    ({ a, b, d }) =>
      exercise(fillIn(`${a}/${d} + __/${d} = ${a + b}/${d}`), `${b}`, [
        words(
          `From ${many(a, 'part', 'parts')} to ${a + b} parts of the same size:`,
          `同样大小的份数，从 ${a} 份到 ${a + b} 份：`,
        ),
        `${a + b} − ${a} = {${b}}`,
      ]),
    ({ a, b, d }) => a + b <= d && a !== b,
  ),
];

export const subtractLike: readonly Template[] = [
  template(
    'subtract-like',
    (level) => ({ d: at(level, [3, 9], [5, 12], [7, 20]), a: [2, 19], b: [1, 18] }),
    ({ a, b, d }) =>
      exercise(workOut(`${a}/${d} − ${b}/${d}`), text(minus(fraction(a, d), fraction(b, d))), [
        words('The parts are of the same size, so subtract how many there are.', '每份一样大，所以把份数相减。'),
        `${a} − ${b} = {${a - b}}`,
        `${a}/${d} − ${b}/${d} = {${reduced(a - b, d)}}`,
      ]),
    ({ a, b, d }) => a < d && b < a && commonFactor(a, d) === 1 && commonFactor(b, d) === 1,
  ),
];

export const addUnlike: readonly Template[] = [
  template(
    'add-unlike',
    unlikeRanges,
    (pair) => {
      const { a, b, c, d } = pair;
      const { common, x, y, steps } = sameDenominator(pair);
      return exercise(workOut(`${a}/${b} + ${c}/${d}`), both(plus(fraction(a, b), fraction(c, d))), [
        ...steps,
        `${x}/${common} + ${y}/${common} = {${reduced(x + y, common)}}`,
      ]);
    },
    unlike,
  ),
  template(
    'add-unlike-walk',
    unlikeRanges,
    (pair) => {
      const { a, b, c, d } = pair;
      const { common, x, y, steps } = sameDenominator(pair);
      const sum = both(plus(fraction(a, b), fraction(c, d)));
      return exercise(
        words(
          `A walk is ${a}/${b} km to the lake and ${c}/${d} km on to the mill. How many km is that altogether?`,
          `从家到湖边 ${a}/${b} 千米，再到磨坊 ${c}/${d} 千米。一共多少千米？`,
        ),
        words(`${sum} km`, `${sum} 千米`),
        [...steps, `${x}/${common} + ${y}/${common} = {${reduced(x + y, common)}}`],
      );
    },
    unlike,
  ),
];

export const subtractUnlike: readonly Template[] = [
  template(
    'subtract-unlike',
    unlikeRanges,
    (pair) => {
      const { a, b, c, d } = pair;
      const { common, x, y, steps } = sameDenominator(pair);
      return exercise(workOut(`${a}/${b} − ${c}/${d}`), text(minus(fraction(a, b), fraction(c, d))), [
        ...steps,
        `${x}/${common} − ${y}/${common} = {${reduced(x - y, common)}}`,
      ]);
    },
    (pair) => unlike(pair) && compare(fraction(pair.a, pair.b), fraction(pair.c, pair.d)) > 0,
  ),
  template(
    'subtract-unlike-jug',
    unlikeRanges,
    (pair) => {
      const { a, b, c, d } = pair;
      const { common, x, y, steps } = sameDenominator(pair);
      const left = text(minus(fraction(a, b), fraction(c, d)));
      return exercise(
        words(
          `A jug holds ${a}/${b} litres of juice. ${c}/${d} litres are poured out. How many litres are left?`,
          `壶里有 ${a}/${b} 升果汁，倒出 ${c}/${d} 升。还剩多少升？`,
        ),
        words(`${left} litres`, `${left} 升`),
        [...steps, `${x}/${common} − ${y}/${common} = {${reduced(x - y, common)}}`],
      );
    },
    (pair) => unlike(pair) && compare(fraction(pair.a, pair.b), fraction(pair.c, pair.d)) > 0,
  ),
];
