import { sign } from '../rational.ts';
import { at, exercise, fillIn, LAST_NAME, many, NAMES, template, words, workOut } from '../template.ts';
import type { Template } from '../template.ts';

const PLACES = [
  { one: 'one', several: 'ones', zh: '个' },
  { one: 'ten', several: 'tens', zh: '十' },
  { one: 'hundred', several: 'hundreds', zh: '百' },
  { one: 'thousand', several: 'thousands', zh: '千' },
  { one: 'ten thousand', several: 'ten thousands', zh: '万' },
] as const;

const digitAt = (number: number, place: number): number => Math.floor(number / 10 ** place) % 10;
export const placeValue: readonly Template[] = [
  template(
    'digit-value',
    (level) => ({ number: at(level, [100, 999], [1000, 9999], [10_000, 99_999]), place: [1, at(level, 2, 3, 4)] }),
    ({ number, place }) => {
      const digit = digitAt(number, place);
      const { several, zh } = PLACES[place]!;
      return exercise(
        words(`What is the digit ${digit} worth in ${number}?`, `在 ${number} 中，数字 ${digit} 表示多少？`),
        `${digit * 10 ** place}`,
        [
          words(`${digit} stands in the ${several} place.`, `${digit} 在${zh}位上。`),
          `${digit} × ${10 ** place} = {${digit * 10 ** place}}`,
        ],
      );
    },
    ({ number, place }) => {
      const digits = [...String(number)];
      return digitAt(number, place) !== 0 && new Set(digits).size === digits.length;
    },
  ),
  template(
    'compose-number',
    (level) => ({ number: at(level, [100, 999], [1000, 9999], [10_000, 99_999]) }),
    ({ number }) => {
      const parts = [4, 3, 2, 1, 0].map((place) => ({ digit: digitAt(number, place), place })).filter(({ digit }) => digit > 0);
      const said = parts.map(({ digit, place }) => many(digit, PLACES[place]!.one, PLACES[place]!.several));
      const sum = parts.map(({ digit, place }) => digit * 10 ** place).join(' + ');
      return exercise(
        words(
          `Write as one number: ${said.slice(0, -1).join(', ')} and ${said.at(-1)!}`,
          `写成一个数：${parts.map(({ digit, place }) => `${digit} 个${PLACES[place]!.zh === '个' ? '一' : PLACES[place]!.zh}`).join('、')}`,
        ),
        `${number}`,
        [words(`Put together the parts: ${sum}`, `把各部分合起来：${sum}`), `${sum} = {${number}}`],
      );
    },
    ({ number }) => String(number).replaceAll('0', '').length > 1,
  ),
];

export const compareWholeNumbers: readonly Template[] = [
  template(
    'compare-two-numbers',
    (level) => ({
      a: at(level, [100, 999], [1000, 9999], [10_000, 99_999]),
      b: at(level, [100, 999], [1000, 9999], [10_000, 99_999]),
    }),
    ({ a, b }) => {
      const length = String(a).length;
      const place = [...Array(length).keys()].reverse().find((each) => digitAt(a, each) !== digitAt(b, each))!;
      const { several, zh } = PLACES[place]!;
      return exercise(words(`Put in <, > or =: ${a} __ ${b}`, `填上 <、> 或 =：${a} __ ${b}`), `${a} ${sign(a, b)} ${b}`, [
        words(`From the left, they first differ in the ${several}.`, `从左往右看，${zh}位上的数字先不同。`),
        `${digitAt(a, place)} {${sign(digitAt(a, place), digitAt(b, place))}} ${digitAt(b, place)}`,
      ]);
    },
    ({ a, b }) => a !== b && String(a)[0] === String(b)[0],
  ),
  template(
    'order-three-numbers',
    (level) => ({
      a: at(level, [100, 999], [1000, 9999], [10_000, 99_999]),
      b: at(level, [100, 999], [1000, 9999], [10_000, 99_999]),
      c: at(level, [100, 999], [1000, 9999], [10_000, 99_999]),
    }),
    ({ a, b, c }) => {
      const [low, middle, high] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
      return exercise(
        words(`Order from smallest to largest: ${a}, ${b}, ${c}`, `从小到大排列：${a}，${b}，${c}`),
        `${low} < ${middle} < ${high}`,
        [words(`The smallest is {${low}}.`, `最小的是 {${low}}。`), words(`The largest is {${high}}.`, `最大的是 {${high}}。`)],
      );
    },
    ({ a, b, c }) => new Set([a, b, c]).size === 3,
  ),
];

export const rounding: readonly Template[] = [
  template(
    'round',
    (level) => ({ number: at(level, [11, 99], [101, 999], [1001, 9999]), place: [1, at(level, 1, 2, 3)] }),
    ({ number, place }) => {
      const unit = 10 ** place;
      const below = Math.floor(number / unit) * unit;
      const decides = digitAt(number, place - 1);
      const rounded = decides >= 5 ? below + unit : below;
      return exercise(
        words(`Round ${number} to the nearest ${unit}.`, `把 ${number} 四舍五入到${PLACES[place]!.zh}位。`),
        `${rounded}`,
        [
          words(`${number} lies between ${below} and ${below + unit}.`, `${number} 在 ${below} 和 ${below + unit} 之间。`),
          words(
            `The next digit is ${decides}, so it rounds ${decides >= 5 ? 'up' : 'down'} to {${rounded}}.`,
            `下一位是 ${decides}，所以${decides >= 5 ? '入' : '舍'}，得 {${rounded}}。`,
          ),
        ],
      );
    },
    ({ number, place }) => number % 10 ** place !== 0,
  ),
];

/** How many tens, hundreds … and ones an addend is, as a sum. */
const split = (number: number): string =>
  [...String(number)]
    .map((digit, index, all) => Number(digit) * 10 ** (all.length - 1 - index))
    .filter((part) => part > 0)
    .join(' + ');

export const addition: readonly Template[] = [
  template(
    'add-two',
    (level) => ({
      a: at(level, [12, 59], [101, 599], [1001, 5999]),
      b: at(level, [12, 39], [101, 399], [1001, 3999]),
    }),
    ({ a, b }) =>
      exercise(workOut(`${a} + ${b}`), `${a + b}`, [
        `${a} + ${b} = ${a} + ${split(b)}`,
        `${a} + ${b - (b % 10)} = {${a + b - (b % 10)}}`,
        `${a + b - (b % 10)} + ${b % 10} = {${a + b}}`,
      ]),
    ({ b }) => b % 10 !== 0,
  ),
  template(
    'add-three',
    (level) => ({
      a: [at(level, 3, 12, 101), at(level, 29, 89, 499)],
      b: [at(level, 3, 12, 101), at(level, 29, 89, 499)],
      c: [3, 49],
    }),
    ({ a, b, c }) =>
      exercise(workOut(`${a} + ${b} + ${c}`), `${a + b + c}`, [`${a} + ${b} = ${a + b}`, `${a + b} + ${c} = {${a + b + c}}`]),
  ),
];

export const subtraction: readonly Template[] = [
  template(
    'subtract-two',
    (level) => ({
      a: at(level, [40, 99], [400, 999], [4000, 9999]),
      b: at(level, [12, 38], [101, 389], [1001, 3899]),
    }),
    ({ a, b }) =>
      exercise(workOut(`${a} − ${b}`), `${a - b}`, [
        `${b} = ${split(b)}`,
        `${a} − ${b - (b % 10)} = {${a - b + (b % 10)}}`,
        `${a - b + (b % 10)} − ${b % 10} = {${a - b}}`,
      ]),
    ({ b }) => b % 10 !== 0,
  ),
  template(
    'missing-subtrahend',
    (level) => ({ a: at(level, [30, 99], [200, 999], [2000, 9999]), c: at(level, [5, 25], [20, 180], [200, 1800]) }),
    ({ a, c }) =>
      exercise(fillIn(`${a} − __ = ${c}`), `${a - c}`, [
        words(`What is taken away and what is left make ${a} together.`, `减去的数与剩下的数合起来是 ${a}。`),
        `${a} − ${c} = {${a - c}}`,
      ]),
  ),
];

const THINGS = [
  { one: 'sticker', several: 'stickers', zh: '张贴纸' },
  { one: 'marble', several: 'marbles', zh: '颗弹珠' },
  { one: 'card', several: 'cards', zh: '张卡片' },
] as const;

export const additionSubtractionProblems: readonly Template[] = [
  template(
    'get-and-give',
    (level) => ({
      a: at(level, [12, 40], [60, 200], [200, 800]),
      b: at(level, [5, 20], [20, 90], [100, 400]),
      c: at(level, [3, 12], [15, 50], [50, 190]),
      who: [0, LAST_NAME],
      what: [0, 2],
    }),
    ({ a, b, c, who, what }) => {
      const [{ en, zh }, thing] = [NAMES[who]!, THINGS[what]!];
      const end = a + b - c;
      return exercise(
        words(
          `${en} has ${many(a, thing.one, thing.several)}, gets ${b} more and gives away ${c}. How many ${thing.several} does ${en} have now?`,
          `${zh}有 ${a} ${thing.zh}，又得到 ${b} ${thing.zh.slice(0, 1)}，送出 ${c} ${thing.zh.slice(0, 1)}。${zh}现在有多少${thing.zh}？`,
        ),
        words(many(end, thing.one, thing.several), `${end} ${thing.zh}`),
        [`${a} + ${b} = ${a + b}`, `${a + b} − ${c} = {${end}}`],
      );
    },
    ({ b, c }) => b !== c,
  ),
  template(
    'how-many-more',
    (level) => ({
      a: at(level, [20, 60], [100, 400], [500, 2000]),
      b: at(level, [5, 18], [20, 90], [100, 450]),
      who: [0, LAST_NAME],
      other: [0, LAST_NAME],
      what: [0, 2],
    }),
    ({ a, b, who, other, what }) => {
      const [first, second, thing] = [NAMES[who]!, NAMES[other]!, THINGS[what]!];
      return exercise(
        words(
          `${first.en} has ${many(a, thing.one, thing.several)}. ${second.en} has ${b} fewer. How many do they have together?`,
          `${first.zh}有 ${a} ${thing.zh}，${second.zh}比${first.zh}少 ${b} ${thing.zh.slice(0, 1)}。两人一共有多少${thing.zh}？`,
        ),
        words(many(2 * a - b, thing.one, thing.several), `${2 * a - b} ${thing.zh}`),
        [`${a} − ${b} = ${a - b}`, `${a} + ${a - b} = {${2 * a - b}}`],
      );
    },
    ({ who, other }) => who !== other,
  ),
];

export const estimation: readonly Template[] = [
  template(
    'estimate-sum',
    (level) => ({
      a: at(level, [11, 99], [101, 499], [1001, 4999]),
      b: at(level, [11, 99], [101, 499], [1001, 4999]),
      level: [level, level],
    }),
    ({ a, b, level }) => {
      const unit = 10 ** level;
      const [x, y] = [a, b].map((each) => Math.floor(each / unit + 0.5) * unit) as [number, number];
      return exercise(
        words(
          `Estimate ${a} + ${b}: round each number to the nearest ${unit} first.`,
          `估算 ${a} + ${b}：先把每个数四舍五入到${PLACES[level]!.zh}位。`,
        ),
        `${x + y}`,
        [words(`${a} is about ${x}, ${b} is about {${y}}.`, `${a} 约是 ${x}，${b} 约是 {${y}}。`), `${x} + ${y} = {${x + y}}`],
      );
    },
    ({ a, b, level }) => a % 10 ** level !== 0 && b % 10 ** level !== 0 && b >= 10 ** level,
  ),
  template(
    'estimate-product',
    (level) => ({
      a: at(level, [11, 59], [101, 599], [101, 999]),
      b: [3, at(level, 6, 8, 9)],
      unit: at(level, [1, 1], [2, 2], [2, 2]),
    }),
    ({ a, b, unit }) => {
      const near = Math.floor(a / 10 ** unit + 0.5) * 10 ** unit;
      return exercise(
        words(
          `Estimate ${a} × ${b}: round ${a} to the nearest ${10 ** unit} first.`,
          `估算 ${a} × ${b}：先把 ${a} 四舍五入到${PLACES[unit]!.zh}位。`,
        ),
        `${near * b}`,
        [words(`${a} is about ${near}.`, `${a} 约是 ${near}。`), `${near} × ${b} = {${near * b}}`],
      );
    },
    ({ a, unit }) => a % 10 ** unit !== 0,
  ),
];
