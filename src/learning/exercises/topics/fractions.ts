import { both, commonFactor, commonMultiple, compare, fraction, sign, text } from '../rational.ts';
import { at, exercise, fillIn, LAST_NAME, many, NAMES, template, words } from '../template.ts';
import type { Template } from '../template.ts';

export const fractionMeaning: readonly Template[] = [
  template(
    'shaded-part',
    (level) => ({ parts: at(level, [2, 6], [4, 10], [5, 12]), shaded: [1, 11] }),
    ({ parts, shaded }) =>
      exercise(
        words('Which fraction of the bar is shaded?', '涂色部分是整个长条的几分之几？'),
        `${shaded}/${parts}`,
        [
          words(`The bar has ${parts} equal parts.`, `长条平均分成 ${parts} 份。`),
          words(`Shaded: {${shaded}} of them.`, `涂色的有 {${shaded}} 份。`),
          words(`The fraction: {${shaded}/${parts}}`, `分数：{${shaded}/${parts}}`),
        ],
        { kind: 'bar', parts, shaded },
      ),
    ({ parts, shaded }) => shaded < parts && commonFactor(parts, shaded) === 1,
  ),
  template(
    'what-is-left',
    (level) => ({ parts: at(level, [4, 8], [6, 12], [8, 20]), eaten: [2, 11], who: [0, LAST_NAME] }),
    ({ parts, eaten, who }) => {
      const { en, zh } = NAMES[who]!;
      return exercise(
        words(
          `${en} cuts a cake into ${parts} equal pieces and gives ${eaten} away. Which fraction of the cake is left?`,
          `${zh}把一个蛋糕平均切成 ${parts} 块，送出 ${eaten} 块。还剩下这个蛋糕的几分之几？`,
        ),
        `${parts - eaten}/${parts}`,
        [
          `${parts} − ${eaten} = ${parts - eaten}`,
          words(
            `{${parts - eaten}} of ${parts} pieces: {${parts - eaten}/${parts}}`,
            `${parts} 块中的 {${parts - eaten}} 块：{${parts - eaten}/${parts}}`,
          ),
        ],
      );
    },
    ({ parts, eaten }) => eaten < parts && commonFactor(parts, parts - eaten) === 1,
  ),
  template(
    'part-of-a-set',
    (level) => ({ red: [1, at(level, 5, 8, 12)], blue: [2, at(level, 5, 8, 12)] }),
    ({ red, blue }) =>
      exercise(
        words(
          `A bag holds ${many(red, 'red marble', 'red marbles')} and ${many(blue, 'blue marble', 'blue marbles')}. Which fraction of the marbles is blue?`,
          `袋子里有 ${red} 颗红弹珠和 ${blue} 颗蓝弹珠。蓝弹珠占全部弹珠的几分之几？`,
        ),
        `${blue}/${red + blue}`,
        [
          `${red} + ${blue} = ${red + blue}`,
          words(
            `Blue: {${blue}} of ${red + blue}, so {${blue}/${red + blue}}`,
            `蓝色占 ${red + blue} 颗中的 {${blue}} 颗，即 {${blue}/${red + blue}}`,
          ),
        ],
      ),
    ({ red, blue }) => red !== blue && commonFactor(red + blue, blue) === 1,
  ),
];

export const fractionsNumberLine: readonly Template[] = [
  template(
    'read-mark',
    (level) => ({ parts: at(level, [2, 5], [3, 8], [4, 10]), to: at(level, [1, 1], [1, 2], [2, 3]), mark: [1, 29] }),
    ({ parts, to, mark }) => {
      const value = fraction(mark, parts);
      return exercise(
        words('Which fraction is at the arrow?', '箭头所指的是哪个分数？'),
        both(value),
        [
          words(
            `From 0 to 1 there are ${parts} equal steps, so each step is 1/${parts}.`,
            `从 0 到 1 有 ${parts} 个相等的小段，每段是 1/${parts}。`,
          ),
          words(`Steps from 0 to the arrow: {${mark}}`, `从 0 到箭头的段数：{${mark}}`),
          words(`The fraction: {${both(value)}}`, `分数：{${both(value)}}`),
        ],
        { kind: 'line', from: 0, to, parts, at: mark },
      );
    },
    ({ parts, to, mark }) => mark < parts * to && mark > parts * (to - 1) && commonFactor(mark, parts) === 1,
  ),
  template(
    'between-whole-numbers',
    (level) => ({ d: at(level, [2, 5], [3, 8], [4, 12]), n: [3, at(level, 19, 40, 90)] }),
    ({ d, n }) => {
      const low = Math.floor(n / d);
      return exercise(
        words(`Between which two whole numbers does ${n}/${d} lie?`, `${n}/${d} 在哪两个相邻的整数之间？`),
        words(`${low} and ${low + 1}`, `${low} 和 ${low + 1}`),
        [`${low} = ${low * d}/${d}`, `${low + 1} = {${(low + 1) * d}}/${d}`, `${low} < ${n}/${d} < {${low + 1}}`],
      );
    },
    ({ d, n }) => n > d && commonFactor(n, d) === 1,
  ),
];

export const compareUnitFractions: readonly Template[] = [
  template(
    'compare-unit-fractions',
    (level) => ({ a: [2, at(level, 6, 12, 20)], b: [2, at(level, 6, 12, 20)] }),
    ({ a, b }) =>
      exercise(words(`Put in < or >: 1/${a} __ 1/${b}`, `填上 < 或 >：1/${a} __ 1/${b}`), `1/${a} ${sign(b, a)} 1/${b}`, [
        words(
          `Cut into ${Math.max(a, b)} parts, each part is smaller than cut into ${Math.min(a, b)} parts.`,
          `平均分成 ${Math.max(a, b)} 份，每份比分成 ${Math.min(a, b)} 份的小。`,
        ),
        `1/${Math.max(a, b)} {<} 1/${Math.min(a, b)}`,
      ]),
    ({ a, b }) => a !== b,
  ),
  template(
    'order-unit-fractions',
    (level) => ({ a: [2, at(level, 6, 12, 20)], b: [2, at(level, 8, 12, 20)], c: [2, at(level, 10, 12, 20)] }),
    ({ a, b, c }) => {
      const [x, y, z] = [a, b, c].sort((p, q) => q - p) as [number, number, number];
      return exercise(
        words(`Order from smallest to largest: 1/${a}, 1/${b}, 1/${c}`, `从小到大排列：1/${a}，1/${b}，1/${c}`),
        `1/${x} < 1/${y} < 1/${z}`,
        [
          words('The more equal parts, the smaller each part.', '分的份数越多，每份越小。'),
          words(`The smallest is {1/${x}}, the largest is {1/${z}}.`, `最小的是 {1/${x}}，最大的是 {1/${z}}。`),
        ],
      );
    },
    ({ a, b, c }) => new Set([a, b, c]).size === 3,
  ),
];

export const equivalentFractions: readonly Template[] = [
  template(
    'missing-numerator',
    (level) => ({ n: [1, at(level, 3, 7, 11)], d: [2, at(level, 5, 9, 12)], by: [2, at(level, 4, 6, 9)] }),
    ({ n, d, by }) =>
      exercise(fillIn(`${n}/${d} = __/${d * by}`), `${n * by}`, [
        `${d} × ${by} = ${d * by}`,
        words(
          `Multiply the numerator by the same number: ${n} × ${by} = {${n * by}}`,
          `分子也乘同一个数：${n} × ${by} = {${n * by}}`,
        ),
        `${n}/${d} = {${n * by}}/${d * by}`,
      ]),
    ({ n, d }) => n < d && commonFactor(n, d) === 1,
  ),
  template(
    'missing-denominator',
    (level) => ({ n: [1, at(level, 3, 7, 11)], d: [2, at(level, 5, 9, 12)], by: [2, at(level, 4, 6, 9)] }),
    ({ n, d, by }) =>
      exercise(fillIn(`${n * by}/${d * by} = ${n}/__`), `${d}`, [
        `${n * by} ÷ ${by} = ${n}`,
        words(
          `Divide the denominator by the same number: ${d * by} ÷ ${by} = {${d}}`,
          `分母也除以同一个数：${d * by} ÷ ${by} = {${d}}`,
        ),
        `${n * by}/${d * by} = ${n}/{${d}}`,
      ]),
    ({ n, d }) => n < d && commonFactor(n, d) === 1,
  ),
];

export const comparingFractions: readonly Template[] = [
  template(
    'compare-fractions',
    (level) => ({ a: [1, 9], b: [2, at(level, 6, 9, 12)], c: [1, 9], d: [2, at(level, 6, 9, 12)] }),
    ({ a, b, c, d }) => {
      const common = commonMultiple(b, d);
      const [x, y] = [(a * common) / b, (c * common) / d];
      return exercise(
        words(`Put in <, > or =: ${a}/${b} __ ${c}/${d}`, `填上 <、> 或 =：${a}/${b} __ ${c}/${d}`),
        `${a}/${b} ${sign(x, y)} ${c}/${d}`,
        [
          words(`Give both the denominator ${common}.`, `都化成分母是 ${common} 的分数。`),
          ...(common === b ? [] : [`${a}/${b} = {${x}}/${common}`]),
          ...(common === d ? [] : [`${c}/${d} = {${y}}/${common}`]),
          `${x}/${common} {${sign(x, y)}} ${y}/${common}`,
        ],
      );
    },
    ({ a, b, c, d }) => a < b && c < d && b !== d && commonMultiple(b, d) <= 72,
  ),
  template(
    'order-fractions',
    (level) => ({
      a: [1, 3],
      b: [2, at(level, 4, 6, 8)],
      c: [1, at(level, 3, 5, 7)],
      d: [3, at(level, 6, 8, 12)],
      e: [1, at(level, 5, 7, 9)],
      f: [4, at(level, 8, 10, 12)],
    }),
    ({ a, b, c, d, e, f }) => {
      const common = commonMultiple(commonMultiple(b, d), f);
      const all = [fraction(a, b), fraction(c, d), fraction(e, f)].map((value) => ({
        value,
        over: value.n * (common / value.d),
      }));
      const said = all.map(({ value }) => text(value));
      const order = [...all].sort((p, q) => p.over - q.over).map(({ value }) => text(value));
      return exercise(
        words(`Order from smallest to largest: ${said.join(', ')}`, `从小到大排列：${said.join('，')}`),
        order.join(' < '),
        [
          words(`Give all the denominator ${common}.`, `都化成分母是 ${common} 的分数。`),
          ...all.map(({ value, over }) =>
            value.d === common ? `${text(value)} = ${over}/${common}` : `${text(value)} = {${over}}/${common}`,
          ),
        ],
      );
    },
    ({ a, b, c, d, e, f }) =>
      [
        [a, b],
        [c, d],
        [e, f],
      ].every(([n, below]) => n! < below! && commonFactor(n!, below!) === 1) &&
      new Set([b, d, f]).size === 3 &&
      compare(fraction(a, b), fraction(c, d)) !== 0 &&
      commonMultiple(commonMultiple(b, d), f) <= 60,
  ),
];
