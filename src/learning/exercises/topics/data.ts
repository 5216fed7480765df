import { both, decimal, fraction, text } from '../rational.ts';
import { at, exercise, template, words } from '../template.ts';
import type { Exercise, Level, Range, Template } from '../template.ts';

type Five = Readonly<Record<'a' | 'b' | 'c' | 'd' | 'e', number>>;

const fiveNumbers = (level: Level): Readonly<Record<keyof Five, Range>> => {
  const range: Range = [at(level, 1, 2, 10), at(level, 12, 30, 90)];
  return { a: range, b: range, c: range, d: range, e: range };
};

const listOf = ({ a, b, c, d, e }: Five): number[] => [a, b, c, d, e];

const differ = (values: Five): boolean => new Set(listOf(values)).size === 5;

const said = (en: string, zh: string, numbers: readonly number[]): Exercise['prompt'] =>
  words(`${en}: ${numbers.join(', ')}`, `${zh}：${numbers.join('，')}`);

const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((x, y) => x - y);

const HUNDRED_PARTS = [10, 20, 25, 50] as const;

export const averages: readonly Template[] = [
  template(
    'mean',
    fiveNumbers,
    (values) => {
      const numbers = listOf(values);
      const sum = numbers.reduce((total, each) => total + each, 0);
      return exercise(said('Find the mean', '求平均数', numbers), decimal(fraction(sum, 5)), [
        `${numbers.join(' + ')} = ${sum}`,
        `${sum} ÷ 5 = {${decimal(fraction(sum, 5))}}`,
      ]);
    },
    (values) => differ(values) && listOf(values).reduce((total, each) => total + each, 0) % 5 === 0,
  ),
  template(
    'median',
    fiveNumbers,
    (values) => {
      const numbers = listOf(values);
      const order = sorted(numbers);
      return exercise(said('Find the median', '求中位数', numbers), `${order[2]}`, [
        words(`In order: ${order.join(', ')}`, `从小到大：${order.join('，')}`),
        words(`The middle one is {${order[2]}}.`, `中间的数是 {${order[2]}}。`),
      ]);
    },
    differ,
  ),
  template(
    'mode',
    fiveNumbers,
    (values) => {
      const numbers = [...listOf(values), values.b];
      return exercise(said('Find the mode', '求众数', numbers), `${values.b}`, [
        words('The mode is what comes most often.', '众数是出现次数最多的数。'),
        words(`{${values.b}} comes twice, the others once.`, `{${values.b}} 出现两次，其余出现一次。`),
      ]);
    },
    differ,
  ),
];

export const dataSpread: readonly Template[] = [
  template(
    'range',
    fiveNumbers,
    (values) => {
      const order = sorted(listOf(values));
      return exercise(said('Find the range', '求极差', listOf(values)), `${order[4]! - order[0]!}`, [
        words(`Smallest ${order[0]}, largest ${order[4]}`, `最小 ${order[0]}，最大 ${order[4]}`),
        `${order[4]} − ${order[0]} = {${order[4]! - order[0]!}}`,
      ]);
    },
    differ,
  ),
  template(
    'mean-distance',
    fiveNumbers,
    (values) => {
      const numbers = listOf(values);
      const mean = numbers.reduce((total, each) => total + each, 0) / 5;
      const distances = numbers.map((each) => Math.abs(each - mean));
      const sum = distances.reduce((total, each) => total + each, 0);
      return exercise(said('Find the mean distance from the mean', '求各数与平均数的平均距离', numbers), both(fraction(sum, 5)), [
        words(`The mean is ${mean}.`, `平均数是 ${mean}。`),
        words(`Distances from it: {${distances.join(', ')}}`, `各数到它的距离：{${distances.join('，')}}`),
        `${sum} ÷ 5 = {${both(fraction(sum, 5))}}`,
      ]);
    },
    (values) => differ(values) && listOf(values).reduce((total, each) => total + each, 0) % 5 === 0,
  ),
];

export const probability: readonly Template[] = [
  template(
    'pick-one',
    (level) => ({ red: [2, at(level, 6, 9, 15)], blue: [2, at(level, 6, 9, 15)], green: at(level, [0, 0], [2, 9], [2, 15]) }),
    ({ red, blue, green }) => {
      const all = red + blue + green;
      const value = fraction(blue, all);
      const [en, zh] =
        green > 0
          ? [`, ${blue} blue and ${green} green balls`, `、${blue} 个蓝球和 ${green} 个绿球`]
          : [` and ${blue} blue balls`, `和 ${blue} 个蓝球`];
      return exercise(
        words(
          `A bag holds ${red} red${en}. One is taken without looking. What is the probability that it is blue?`,
          `袋子里有 ${red} 个红球${zh}。不看，任意取出一个，取到蓝球的概率是多少？`,
        ),
        `${blue}/${all}` === text(value) ? text(value) : `${blue}/${all} = ${both(value)}`,
        [
          words(`Balls in all: ${red + blue + green}`, `球的总数：${red + blue + green}`),
          words(`Blue: {${blue}} of ${all}, so {${blue}/${all}}`, `蓝球占 ${all} 个中的 {${blue}} 个，即 {${blue}/${all}}`),
          ...(value.d === all ? [] : [`${blue}/${all} = {${text(value)}}`]),
        ],
      );
    },
    ({ red, blue }) => red !== blue,
  ),
  template(
    'not-the-event',
    (level) => ({ n: [1, at(level, 9, 19, 49)], which: [0, at(level, 0, 1, 3)] }),
    ({ n, which }) => {
      const all = HUNDRED_PARTS[which]!;
      const percent = (n * 100) / all;
      return exercise(
        words(
          `The probability of rain is ${percent}%. What is the probability of no rain, as a percentage?`,
          `下雨的概率是 ${percent}%。不下雨的概率是百分之几？`,
        ),
        `${100 - percent}%`,
        [words('Both together make 100%.', '两者合起来是 100%。'), `100 − ${percent} = {${100 - percent}}`],
      );
    },
    ({ n, which }) => n < HUNDRED_PARTS[which]! && n * 2 !== HUNDRED_PARTS[which]!,
  ),
];
