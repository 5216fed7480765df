import { at, exercise, template, words } from '../template.ts';
import type { Level, Range, Template } from '../template.ts';

const line = (level: Level): Readonly<Record<'m' | 'b' | 'x', Range>> => ({
  m: [2, at(level, 4, 9, 15)],
  b: [1, at(level, 5, 12, 40)],
  x: [2, at(level, 5, 9, 12)],
});

export const graphingLines: readonly Template[] = [
  template('point-on-line', line, ({ m, b, x }) =>
    exercise(
      words(
        `Which point lies on the line y = ${m}x + ${b} and has x = ${x}?`,
        `直线 y = ${m}x + ${b} 上 x = ${x} 的点是哪一点？`,
      ),
      `(${x}, ${m * x + b})`,
      [`${m} × ${x} = ${m * x}`, `${m * x} + ${b} = {${m * x + b}}`],
    ),
  ),
  template('point-at-height', line, ({ m, b, x }) =>
    exercise(
      words(
        `Which point lies on the line y = ${m}x + ${b} and has y = ${m * x + b}?`,
        `直线 y = ${m}x + ${b} 上 y = ${m * x + b} 的点是哪一点？`,
      ),
      `(${x}, ${m * x + b})`,
      [`${m * x + b} − ${b} = ${m * x}`, `${m * x} ÷ ${m} = {${x}}`],
    ),
  ),
];

export const barGraphs: readonly Template[] = [
  template(
    'pictograph',
    (level) => ({ each: [2, at(level, 5, 10, 25)], stars: [3, at(level, 9, 12, 20)] }),
    ({ each, stars }) =>
      exercise(
        words(
          `In a pictograph each star stands for ${each} books. How many books are a row of ${stars} stars?`,
          `象形图中每颗星表示 ${each} 本书。一行 ${stars} 颗星表示多少本书？`,
        ),
        `${each * stars}`,
        [
          words(`Each of the ${stars} stars counts ${each}.`, `${stars} 颗星，每颗算 ${each}。`),
          `${stars} × ${each} = {${stars * each}}`,
        ],
      ),
  ),
  template(
    'bars-compared',
    (level) => ({ each: [2, at(level, 5, 10, 20)], a: [4, at(level, 9, 12, 20)], b: [2, at(level, 7, 10, 18)] }),
    ({ each, a, b }) =>
      exercise(
        words(
          `On a bar graph one square stands for ${each} children. The bar for football is ${a} squares high, the bar for music ${b} squares. How many more children chose football?`,
          `条形统计图中一格表示 ${each} 人。足球的条形高 ${a} 格，音乐的条形高 ${b} 格。选足球的比选音乐的多多少人？`,
        ),
        `${(a - b) * each}`,
        [`${a} − ${b} = ${a - b}`, `${a - b} × ${each} = {${(a - b) * each}}`],
      ),
    ({ a, b }) => a > b + 1,
  ),
];

export const scatterPlots: readonly Template[] = [
  template('predict-by-line', line, ({ m, b, x }) =>
    exercise(
      words(
        `The points of a scatter plot lie close to the line y = ${m}x + ${b}. Which y does the line predict for x = ${x}?`,
        `散点图中的点都靠近直线 y = ${m}x + ${b}。按这条直线，x = ${x} 时 y 大约是多少？`,
      ),
      `${m * x + b}`,
      [`${m} × ${x} = ${m * x}`, `${m * x} + ${b} = {${m * x + b}}`],
    ),
  ),
  template(
    'rise-of-a-trend',
    (level) => ({ ...line(level), run: [2, at(level, 4, 6, 9)] }),
    ({ m, b, x, run }) => {
      const [y, later] = [m * x + b, m * (x + run) + b];
      return exercise(
        words(
          `The line through the points of a scatter plot passes (${x}, ${y}) and (${x + run}, ${later}). By how much does y grow when x grows by one?`,
          `穿过散点图各点的直线经过 (${x}, ${y}) 和 (${x + run}, ${later})。x 增加一个单位时，y 增加多少？`,
        ),
        `${m}`,
        [`${later} − ${y} = ${later - y}`, `${x + run} − ${x} = ${run}`, `${later - y} ÷ ${run} = {${m}}`],
      );
    },
  ),
];
