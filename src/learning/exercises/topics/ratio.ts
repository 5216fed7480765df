import { commonFactor, decimal, fraction, over, times } from '../rational.ts';
import { at, exercise, fillIn, template, words } from '../template.ts';
import type { Template } from '../template.ts';

export const ratios: readonly Template[] = [
  template(
    'ratio-of-two',
    (level) => ({ a: [2, at(level, 7, 12, 20)], b: [2, at(level, 7, 12, 20)] }),
    ({ a, b }) =>
      exercise(
        words(
          `A recipe takes ${a} cups of flour and ${b} cups of milk. What is the ratio of milk to flour?`,
          `一份食谱用 ${a} 杯面粉和 ${b} 杯牛奶。牛奶与面粉的比是多少？`,
        ),
        `${b}:${a}`,
        [
          words('Milk is named first, then flour.', '先写牛奶，再写面粉。'),
          words(`Milk {${b}}, flour ${a}: {${b}:${a}}`, `牛奶 {${b}}，面粉 ${a}：{${b}:${a}}`),
        ],
      ),
    ({ a, b }) => commonFactor(a, b) === 1,
  ),
  template(
    'ratio-to-all',
    (level) => ({ a: [2, at(level, 7, 12, 20)], b: [2, at(level, 7, 12, 20)] }),
    ({ a, b }) =>
      exercise(
        words(
          `A club has ${a} girls and ${b} boys. What is the ratio of girls to all children?`,
          `社团有 ${a} 个女生和 ${b} 个男生。女生与全体学生的比是多少？`,
        ),
        `${a}:${a + b}`,
        [
          `${a} + ${b} = ${a + b}`,
          words(`Girls ${a}, all {${a + b}}: {${a}:${a + b}}`, `女生 ${a}，全体 {${a + b}}：{${a}:${a + b}}`),
        ],
      ),
    ({ a, b }) => commonFactor(a, b) === 1,
  ),
];

export const equivalentRatios: readonly Template[] = [
  template(
    'simplify-ratio',
    (level) => ({ a: [1, at(level, 5, 9, 12)], b: [2, at(level, 5, 9, 12)], by: [2, at(level, 5, 9, 15)] }),
    ({ a, b, by }) =>
      exercise(
        words(`Write the ratio in simplest form: ${a * by}:${b * by}`, `化成最简整数比：${a * by}:${b * by}`),
        `${a}:${b}`,
        [
          words(`The greatest number that divides both is ${by}.`, `能同时整除两项的最大的数是 ${by}。`),
          `${a * by} ÷ ${by} = {${a}}`,
          `${b * by} ÷ ${by} = {${b}}`,
        ],
      ),
    ({ a, b }) => commonFactor(a, b) === 1,
  ),
  template(
    'missing-ratio-term',
    (level) => ({ a: [2, at(level, 5, 9, 12)], b: [2, at(level, 5, 9, 12)], by: [2, at(level, 5, 9, 12)] }),
    ({ a, b, by }) =>
      exercise(fillIn(`${a}:${b} = ${a * by}:__`), `${b * by}`, [
        `${a} × ${by} = ${a * by}`,
        words(`The second number times the same: ${b} × ${by} = {${b * by}}`, `后项也乘同一个数：${b} × ${by} = {${b * by}}`),
      ]),
    ({ a, b }) => commonFactor(a, b) === 1,
  ),
];

export const unitRates: readonly Template[] = [
  template(
    'price-of-one',
    (level) => ({ count: [2, at(level, 6, 9, 12)], cents: at(level, [2, 9], [11, 49], [51, 199]), level: [level, level] }),
    ({ count, cents, level }) => {
      const one = fraction(cents, level === 1 ? 1 : 10);
      const all = times(one, fraction(count));
      return exercise(
        words(
          `${count} kg of apples cost ${decimal(all)} euros. What does 1 kg cost?`,
          `${count} 千克苹果 ${decimal(all)} 元。1 千克多少元？`,
        ),
        words(`${decimal(one)} euros`, `${decimal(one)} 元`),
        [
          words(`Share the price among ${count} kg.`, `把总价平均分到 ${count} 千克。`),
          `${decimal(all)} ÷ ${count} = {${decimal(one)}}`,
        ],
      );
    },
    ({ cents, level }) => cents > 1 && (level === 1 || cents !== 10),
  ),
  template(
    'speed',
    (level) => ({
      hours: [2, at(level, 4, 6, 9)],
      speed: at(level, [4, 15], [12, 60], [45, 120]),
      longer: [2, at(level, 5, 8, 12)],
    }),
    ({ hours, speed, longer }) =>
      exercise(
        words(
          `A bus goes ${hours * speed} km in ${hours} hours. How far does it go in ${longer} hours at the same speed?`,
          `一辆车 ${hours} 小时行驶 ${hours * speed} 千米。照这样的速度，${longer} 小时行驶多少千米？`,
        ),
        words(`${longer * speed} km`, `${longer * speed} 千米`),
        [
          words(`In one hour: ${hours * speed} ÷ ${hours} = ${speed}`, `1 小时：${hours * speed} ÷ ${hours} = ${speed}`),
          `${speed} × ${longer} = {${longer * speed}}`,
        ],
      ),
    ({ hours, longer }) => hours !== longer,
  ),
];

export const proportionalRelationships: readonly Template[] = [
  template(
    'constant-of-proportion',
    (level) => ({ k: [2, at(level, 6, 12, 25)], a: [2, at(level, 5, 9, 12)], b: [3, at(level, 9, 15, 20)] }),
    ({ k, a, b }) =>
      exercise(
        words(
          `y is proportional to x, and y = ${k * a} when x = ${a}. What is y when x = ${b}?`,
          `y 与 x 成正比例，当 x = ${a} 时 y = ${k * a}。当 x = ${b} 时 y 是多少？`,
        ),
        `y = ${k * b}`,
        [
          words(`y for each 1 of x: ${k * a} ÷ ${a} = ${k}`, `x 每增加 1，y 增加：${k * a} ÷ ${a} = ${k}`),
          `${k} × ${b} = {${k * b}}`,
        ],
      ),
    ({ a, b }) => a !== b,
  ),
];

export const proportions: readonly Template[] = [
  template(
    'solve-proportion',
    (level) => ({ a: [2, at(level, 6, 9, 12)], b: [2, at(level, 6, 9, 12)], x: [2, at(level, 9, 15, 30)] }),
    ({ a, b, x }) => {
      const c = (b * x) / a;
      return exercise(words(`Solve: x/${c} = ${a}/${b}`, `解比例：x/${c} = ${a}/${b}`), `x = ${x}`, [
        words(`Multiply both sides by ${c}: x = ${c} × ${a}/${b}`, `两边都乘 ${c}：x = ${c} × ${a}/${b}`),
        `${c} × ${a}/${b} = {${x}}`,
      ]);
    },
    ({ a, b, x }) => a !== b && commonFactor(a, b) === 1 && (b * x) % a === 0 && x !== a && (b * x) / a > 1,
  ),
];

export const scaleDrawings: readonly Template[] = [
  template(
    'map-distance',
    (level) => ({ scale: at(level, [1, 3], [1, 9], [2, 25]), cm: [2, at(level, 9, 12, 18)] }),
    ({ scale, cm }) => {
      const metres = scale * cm * 10;
      return exercise(
        words(
          `On a map of scale 1:${scale * 1000} two trees are ${cm} cm apart. How many metres apart are they really?`,
          `在比例尺为 1:${scale * 1000} 的地图上，两棵树相距 ${cm} 厘米。实际相距多少米？`,
        ),
        words(`${metres} m`, `${metres} 米`),
        [
          words(
            `In cm: ${cm} × ${scale * 1000} = ${cm * scale * 1000}`,
            `以厘米为单位：${cm} × ${scale * 1000} = ${cm * scale * 1000}`,
          ),
          words(`In metres: ${cm * scale * 1000} ÷ 100 = {${metres}}`, `以米为单位：${cm * scale * 1000} ÷ 100 = {${metres}}`),
        ],
      );
    },
  ),
];

export const similarFigures: readonly Template[] = [
  template(
    'similar-side',
    (level) => ({
      a: [2, at(level, 6, 9, 12)],
      b: [2, at(level, 6, 9, 12)],
      by: [2, at(level, 4, 5, 7)],
      half: at(level, [0, 0], [0, 0], [0, 1]),
    }),
    ({ a, b, by, half }) => {
      const factor = fraction(2 * by + half, 2);
      const [x, y] = [times(fraction(a), factor), times(fraction(b), factor)];
      return exercise(
        words(
          `Two rectangles are similar. The small one is ${a} cm by ${b} cm. In the large one, the side that matches ${a} cm is ${decimal(x)} cm. How long is the other side?`,
          `两个长方形相似。小的边长为 ${a} 厘米和 ${b} 厘米。大的与 ${a} 厘米对应的边长 ${decimal(x)} 厘米。另一边长多少厘米？`,
        ),
        words(`${decimal(y)} cm`, `${decimal(y)} 厘米`),
        [
          words(
            `Scale factor: ${decimal(x)} ÷ ${a} = ${decimal(over(x, fraction(a)))}`,
            `放大倍数：${decimal(x)} ÷ ${a} = ${decimal(over(x, fraction(a)))}`,
          ),
          `${b} × ${decimal(factor)} = {${decimal(y)}}`,
        ],
      );
    },
    ({ a, b }) => a !== b,
  ),
];
