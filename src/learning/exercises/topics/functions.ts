import { added, bracketed, commonFactor, fraction, signed, text } from '../rational.ts';
import { at, exercise, template, words } from '../template.ts';
import type { Template } from '../template.ts';

const point = (x: number, y: number): string => `(${signed(x)}, ${signed(y)})`;
const line = (slope: number, start: number): string =>
  `${slope === 1 ? 'x' : slope === -1 ? '−x' : `${signed(slope)}x`} ${added(start)}`;

export const coordinateGrid: readonly Template[] = [
  template(
    'walk-on-grid',
    (level) => ({
      x: [0, at(level, 5, 8, 12)],
      y: [0, at(level, 5, 8, 12)],
      right: [1, at(level, 5, 8, 12)],
      up: [1, at(level, 5, 8, 12)],
    }),
    ({ x, y, right, up }) =>
      exercise(
        words(
          `Start at the point ${point(x, y)}. Go ${right} to the right and ${up} up. At which point are you?`,
          `从点 ${point(x, y)} 出发，向右走 ${right} 格，再向上走 ${up} 格。到达哪个点？`,
        ),
        point(x + right, y + up),
        [
          words(
            `To the right changes the first number: ${x} + ${right} = ${x + right}`,
            `向右改变第一个数：${x} + ${right} = ${x + right}`,
          ),
          words(`Up changes the second: ${y} + ${up} = {${y + up}}`, `向上改变第二个数：${y} + ${up} = {${y + up}}`),
        ],
      ),
    ({ x, y }) => x !== y,
  ),
];

const QUADRANTS = [
  { x: 1, y: 1, en: 'first', zh: '第一' },
  { x: -1, y: 1, en: 'second', zh: '第二' },
  { x: -1, y: -1, en: 'third', zh: '第三' },
  { x: 1, y: -1, en: 'fourth', zh: '第四' },
] as const;

export const fourQuadrants: readonly Template[] = [
  template(
    'which-quadrant',
    (level) => ({ x: [-at(level, 9, 20, 50), at(level, 9, 20, 50)], y: [-at(level, 9, 20, 50), at(level, 9, 20, 50)] }),
    ({ x, y }) => {
      const { en, zh } = QUADRANTS.find((each) => each.x === Math.sign(x) && each.y === Math.sign(y))!;
      return exercise(
        words(`In which quadrant is the point ${point(x, y)}?`, `点 ${point(x, y)} 在第几象限？`),
        words(`the ${en} quadrant`, `${zh}象限`),
        [
          words(
            `${signed(x)} is ${x < 0 ? 'left' : 'right'} of the y-axis, ${signed(y)} is ${y < 0 ? 'below' : 'above'} the x-axis.`,
            `${signed(x)} 在 y 轴${x < 0 ? '左' : '右'}侧，${signed(y)} 在 x 轴${y < 0 ? '下' : '上'}方。`,
          ),
          words(`That is the {${en}} quadrant.`, `这是{${zh}}象限。`),
        ],
      );
    },
    ({ x, y }) => x !== 0 && y !== 0,
  ),
  template(
    'distance-on-axis',
    (level) => ({
      a: [-at(level, 9, 20, 50), -1],
      b: [1, at(level, 9, 20, 50)],
      other: [-at(level, 9, 20, 50), at(level, 9, 20, 50)],
    }),
    ({ a, b, other }) =>
      exercise(
        words(
          `How far apart are the points ${point(a, other)} and ${point(b, other)}?`,
          `点 ${point(a, other)} 和点 ${point(b, other)} 相距多少？`,
        ),
        `${b - a}`,
        [
          words('The second numbers agree, so compare the first ones.', '第二个数相同，比较第一个数。'),
          `${b} − ${bracketed(a)} = {${b - a}}`,
        ],
      ),
  ),
];

export const functionMeaning: readonly Template[] = [
  template(
    'evaluate-function',
    (level) => ({ a: [2, at(level, 6, 9, 12)], b: [1, at(level, 9, 20, 40)], x: [at(level, 1, -6, -9), at(level, 9, 10, 12)] }),
    ({ a, b, x }) =>
      exercise(
        words(`f(x) = ${a}x + ${b}. What is f(${signed(x)})?`, `f(x) = ${a}x + ${b}，求 f(${signed(x)})。`),
        signed(a * x + b),
        [`${a} × ${bracketed(x)} = ${signed(a * x)}`, `${signed(a * x)} + ${b} = {${signed(a * x + b)}}`],
      ),
    ({ x }) => x !== 0,
  ),
  template(
    'find-input',
    (level) => ({ a: [2, at(level, 6, 9, 12)], b: [1, at(level, 9, 20, 40)], x: [2, at(level, 9, 12, 15)] }),
    ({ a, b, x }) =>
      exercise(
        words(
          `f(x) = ${a}x + ${b}. For which x is f(x) = ${a * x + b}?`,
          `f(x) = ${a}x + ${b}，当 x 等于多少时，f(x) = ${a * x + b}？`,
        ),
        `x = ${x}`,
        [`${a}x = ${a * x + b} − ${b} = ${a * x}`, `x = ${a * x} ÷ ${a} = {${x}}`],
      ),
  ),
];

export const slope: readonly Template[] = [
  template(
    'slope-of-two-points',
    (level) => ({
      x: [at(level, 0, -5, -9), at(level, 5, 5, 9)],
      y: [at(level, 0, -5, -9), at(level, 5, 5, 9)],
      run: [1, at(level, 4, 6, 9)],
      rise: [at(level, 1, -9, -12), at(level, 9, 9, 12)],
    }),
    ({ x, y, run, rise }) => {
      const value = fraction(rise, run);
      return exercise(
        words(
          `What is the slope of the line through ${point(x, y)} and ${point(x + run, y + rise)}?`,
          `过点 ${point(x, y)} 和 ${point(x + run, y + rise)} 的直线的斜率是多少？`,
        ),
        text(value),
        [
          words(
            `Up: ${signed(y + rise)} − ${bracketed(y)} = ${signed(rise)}`,
            `纵向变化：${signed(y + rise)} − ${bracketed(y)} = ${signed(rise)}`,
          ),
          words(
            `Across: ${signed(x + run)} − ${bracketed(x)} = {${run}}`,
            `横向变化：${signed(x + run)} − ${bracketed(x)} = {${run}}`,
          ),
          `${signed(rise)} ÷ ${run} = {${text(value)}}`,
        ],
      );
    },
    ({ run, rise }) => rise !== 0 && (rise % run === 0 || commonFactor(rise, run) === 1),
  ),
];

export const linearFunctions: readonly Template[] = [
  template(
    'line-through-points',
    (level) => ({
      m: [at(level, 1, -5, -9), at(level, 5, 6, 9)],
      b: [at(level, 1, -9, -12), at(level, 9, 9, 12)],
      x: [1, at(level, 3, 5, 8)],
    }),
    ({ m, b, x }) =>
      exercise(
        words(
          `A line goes through ${point(0, b)} and ${point(x, m * x + b)}. Write it as y = mx + b.`,
          `直线过点 ${point(0, b)} 和 ${point(x, m * x + b)}。写成 y = mx + b 的形式。`,
        ),
        `y = ${line(m, b)}`,
        [
          words(`At x = 0, y is ${signed(b)}, so b = ${signed(b)}`, `x = 0 时 y 是 ${signed(b)}，所以 b = ${signed(b)}`),
          words(
            `Slope: (${signed(m * x + b)} − ${bracketed(b)}) ÷ ${x} = {${signed(m)}}`,
            `斜率：(${signed(m * x + b)} − ${bracketed(b)}) ÷ ${x} = {${signed(m)}}`,
          ),
          words(`Together: {y = ${line(m, b)}}`, `合起来：{y = ${line(m, b)}}`),
        ],
      ),
    ({ m, b }) => m !== 0 && b !== 0,
  ),
  template(
    'rule-of-a-story',
    (level) => ({ start: [2, at(level, 9, 20, 60)], each: [2, at(level, 9, 12, 25)] }),
    ({ start, each }) =>
      exercise(
        words(
          `A taxi costs ${start} euros to begin with and ${each} euros for each km. Write the price y for x km.`,
          `出租车起步价 ${start} 元，每千米 ${each} 元。写出行驶 x 千米的价钱 y。`,
        ),
        `y = ${line(each, start)}`,
        [
          words(`For x km: ${each}x`, `x 千米：${each}x`),
          words(`With the start: {y = ${line(each, start)}}`, `加上起步价：{y = ${line(each, start)}}`),
        ],
      ),
    ({ start, each }) => start !== each,
  ),
];

export const linearSystems: readonly Template[] = [
  template(
    'sum-and-difference',
    (level) => ({ x: [2, at(level, 12, 25, 60)], y: [1, at(level, 9, 20, 50)] }),
    ({ x, y }) =>
      exercise(
        words(`Solve the system: x + y = ${x + y} and x − y = ${x - y}`, `解方程组：x + y = ${x + y}，x − y = ${x - y}`),
        `x = ${x}, y = ${y}`,
        [
          words(`Add both equations: 2x = ${2 * x}`, `两式相加：2x = ${2 * x}`),
          `x = ${2 * x} ÷ 2 = {${x}}`,
          `y = ${x + y} − ${x} = {${y}}`,
        ],
      ),
    ({ x, y }) => x > y,
  ),
  template(
    'substitute-one',
    (level) => ({ a: [2, at(level, 4, 6, 9)], b: [1, at(level, 9, 12, 20)], x: [1, at(level, 9, 12, 15)] }),
    ({ a, b, x }) => {
      const y = a * x + b;
      return exercise(
        words(`Solve the system: y = ${a}x + ${b} and x + y = ${x + y}`, `解方程组：y = ${a}x + ${b}，x + y = ${x + y}`),
        `x = ${x}, y = ${y}`,
        [
          words(`Put y into the second: x + ${a}x + ${b} = ${x + y}`, `代入第二个方程：x + ${a}x + ${b} = ${x + y}`),
          `${a + 1}x = ${x + y} − ${b} = {${(a + 1) * x}}`,
          `x = ${(a + 1) * x} ÷ ${a + 1} = {${x}}`,
          `y = ${x + y} − ${x} = {${y}}`,
        ],
      );
    },
  ),
];

export const transformations: readonly Template[] = [
  template(
    'reflect-point',
    (level) => ({
      x: [at(level, 1, -9, -20), at(level, 9, 9, 20)],
      y: [at(level, 1, -9, -20), at(level, 9, 9, 20)],
      axis: [0, 1],
    }),
    ({ x, y, axis }) => {
      const image = axis === 0 ? point(x, -y) : point(-x, y);
      return exercise(
        words(
          `Reflect the point ${point(x, y)} in the ${axis === 0 ? 'x' : 'y'}-axis.`,
          `点 ${point(x, y)} 关于 ${axis === 0 ? 'x' : 'y'} 轴的对称点是什么？`,
        ),
        image,
        [
          words(
            `In the ${axis === 0 ? 'x' : 'y'}-axis the ${axis === 0 ? 'second' : 'first'} number changes its sign.`,
            `关于 ${axis === 0 ? 'x' : 'y'} 轴对称，第${axis === 0 ? '二' : '一'}个数变号。`,
          ),
          `${point(x, y)} → {${image}}`,
        ],
      );
    },
    ({ x, y }) => x !== 0 && y !== 0,
  ),
  template(
    'move-point',
    (level) => ({
      x: [-at(level, 5, 9, 15), at(level, 5, 9, 15)],
      y: [-at(level, 5, 9, 15), at(level, 5, 9, 15)],
      left: [1, at(level, 6, 9, 15)],
      down: [1, at(level, 6, 9, 15)],
    }),
    ({ x, y, left, down }) =>
      exercise(
        words(
          `Slide the point ${point(x, y)} ${left} to the left and ${down} down.`,
          `把点 ${point(x, y)} 向左平移 ${left} 格，再向下平移 ${down} 格，得到哪个点？`,
        ),
        point(x - left, y - down),
        [`${signed(x)} − ${left} = ${signed(x - left)}`, `${signed(y)} − ${down} = {${signed(y - down)}}`],
      ),
    ({ x, y }) => x !== 0 && y !== 0,
  ),
];
