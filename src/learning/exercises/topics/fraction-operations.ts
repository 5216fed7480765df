import { both, commonFactor, commonMultiple, compare, fraction, minus, over, plus, reduced, text, times } from '../rational.ts';
import { at, exercise, LAST_NAME, NAMES, template, words, workOut } from '../template.ts';
import type { Level, Range, Template } from '../template.ts';

/** Numerators and denominators of two fractions. */
const twoFractions = (level: Level): Record<'a' | 'b' | 'c' | 'd', Range> => ({
  a: [1, at(level, 3, 5, 9)],
  b: [2, at(level, 5, 8, 12)],
  c: [1, at(level, 3, 5, 9)],
  d: [2, at(level, 5, 8, 12)],
});

const proper = (n: number, d: number): boolean => n < d && commonFactor(n, d) === 1;

export const multiplyingFractions: readonly Template[] = [
  template(
    'fraction-times-fraction',
    twoFractions,
    ({ a, b, c, d }) =>
      exercise(workOut(`${a}/${b} × ${c}/${d}`), both(times(fraction(a, b), fraction(c, d))), [
        `${a} × ${c} = ${a * c}`,
        `${b} × ${d} = {${b * d}}`,
        `${a}/${b} × ${c}/${d} = {${reduced(a * c, b * d)}}`,
      ]),
    ({ a, b, c, d }) => proper(a, b) && proper(c, d),
  ),
  template(
    'fraction-of-whole',
    (level) => ({ a: [1, at(level, 3, 5, 9)], b: [2, at(level, 5, 8, 12)], by: [2, at(level, 6, 9, 12)] }),
    ({ a, b, by }) =>
      exercise(words(`Work out: ${a}/${b} × ${b * by}`, `计算：${a}/${b} × ${b * by}`), `${a * by}`, [
        `${b * by} ÷ ${b} = ${by}`,
        `${by} × ${a} = {${a * by}}`,
      ]),
    ({ a, b }) => proper(a, b),
  ),
];

export const dividingFractions: readonly Template[] = [
  template(
    'fraction-by-fraction',
    twoFractions,
    ({ a, b, c, d }) =>
      exercise(workOut(`${a}/${b} ÷ ${c}/${d}`), both(over(fraction(a, b), fraction(c, d))), [
        words(`Multiply by the reciprocal: ${c}/${d} turned over is ${d}/${c}.`, `乘它的倒数：${c}/${d} 的倒数是 ${d}/${c}。`),
        `${a}/${b} × {${d}/${c}} = {${a * d}/${b * c}}`,
        `${a}/${b} ÷ ${c}/${d} = {${reduced(a * d, b * c)}}`,
      ]),
    ({ a, b, c, d }) => proper(a, b) && proper(c, d) && (a !== c || b !== d),
  ),
  template(
    'whole-by-fraction',
    (level) => ({ whole: [2, at(level, 6, 9, 15)], c: [1, at(level, 1, 4, 7)], d: [2, at(level, 6, 9, 12)] }),
    ({ whole, c, d }) =>
      exercise(workOut(`${whole} ÷ ${c}/${d}`), both(over(fraction(whole), fraction(c, d))), [
        words(
          `Multiply by the reciprocal: ${c}/${d} turned over is ${text(fraction(d, c))}.`,
          `乘它的倒数：${c}/${d} 的倒数是 ${text(fraction(d, c))}。`,
        ),
        `${whole} × ${text(fraction(d, c))} = {${c === 1 ? whole * d : reduced(whole * d, c)}}`,
      ]),
    ({ c, d }) => proper(c, d),
  ),
];

export const fractionProblems: readonly Template[] = [
  template(
    'fraction-of-amount',
    (level) => ({ a: [1, at(level, 2, 4, 7)], b: [3, at(level, 5, 8, 10)], by: [2, at(level, 6, 9, 15)] }),
    ({ a, b, by }) =>
      exercise(
        words(
          `A class of ${b * by} children goes on a trip. ${a}/${b} of them walk, the others ride. How many children ride?`,
          `${b * by} 个学生去郊游，其中 ${a}/${b} 步行，其余的坐车。坐车的有多少人？`,
        ),
        words(`${(b - a) * by} children`, `${(b - a) * by} 人`),
        [
          words(`One part: ${b * by} ÷ ${b} = ${by}`, `一份：${b * by} ÷ ${b} = ${by}`),
          words(`Walking: ${by} × ${a} = {${a * by}}`, `步行：${by} × ${a} = {${a * by}}`),
          words(`Riding: ${b * by} − ${a * by} = {${(b - a) * by}}`, `坐车：${b * by} − ${a * by} = {${(b - a) * by}}`),
        ],
      ),
    ({ a, b }) => proper(a, b) && b - a > 0,
  ),
  template(
    'what-is-left-of-one',
    (level) => ({
      a: [1, at(level, 2, 4, 5)],
      b: [3, at(level, 6, 8, 12)],
      c: [1, at(level, 2, 4, 5)],
      d: [3, at(level, 6, 8, 12)],
      who: [0, LAST_NAME],
    }),
    ({ a, b, c, d, who }) => {
      const { en, zh } = NAMES[who]!;
      const spent = plus(fraction(a, b), fraction(c, d));
      const common = commonMultiple(b, d);
      const left = text(minus(fraction(1), spent));
      return exercise(
        words(
          `${en} reads ${a}/${b} of a book on Saturday and ${c}/${d} of it on Sunday. Which fraction of the book is still to be read?`,
          `${zh}星期六读了一本书的 ${a}/${b}，星期日又读了这本书的 ${c}/${d}。还剩这本书的几分之几没读？`,
        ),
        left,
        [
          `${a}/${b} = ${(a * common) / b}/${common}, ${c}/${d} = ${(c * common) / d}/${common}`,
          `${(a * common) / b}/${common} + ${(c * common) / d}/${common} = {${reduced((a * common) / b + (c * common) / d, common)}}`,
          `1 − ${text(spent)} = {${left}}`,
        ],
      );
    },
    ({ a, b, c, d }) =>
      proper(a, b) &&
      proper(c, d) &&
      b !== d &&
      compare(plus(fraction(a, b), fraction(c, d)), fraction(1)) < 0 &&
      commonMultiple(b, d) <= 60,
  ),
  template(
    'how-many-portions',
    (level) => ({ n: [1, at(level, 1, 3, 5)], d: [2, at(level, 5, 8, 10)], portions: [3, at(level, 8, 16, 30)] }),
    ({ n, d, portions }) => {
      const all = times(fraction(n, d), fraction(portions));
      return exercise(
        words(
          `A cook has ${text(all)} kg of rice and uses ${n}/${d} kg for each pot. How many pots does that make?`,
          `厨师有 ${text(all)} 千克米，每锅用 ${n}/${d} 千克。可以煮多少锅？`,
        ),
        words(`${portions} pots`, `${portions} 锅`),
        [
          words(
            `How often does ${n}/${d} go into ${text(all)}? ${text(all)} ÷ ${n}/${d}`,
            `${text(all)} 里面有几个 ${n}/${d}？${text(all)} ÷ ${n}/${d}`,
          ),
          `${text(all)} × ${text(fraction(d, n))} = {${portions}}`,
        ],
      );
    },
    ({ n, d, portions }) => proper(n, d) && times(fraction(n, d), fraction(portions)).d === 1,
  ),
];
