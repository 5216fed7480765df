import { decimal, fraction, text, times } from '../rational.ts';
import { at, exercise, LAST_NAME, NAMES, template, words } from '../template.ts';
import type { Template } from '../template.ts';

const HUNDRED_PARTS = [10, 20, 25, 50] as const;

/** Whole results only. */
const isWholeShare = (percent: number, all: number): boolean => (percent * all) % 100 === 0;

export const percentMeaning: readonly Template[] = [
  template(
    'out-of-hundred',
    () => ({ n: [2, 98] }),
    ({ n }) =>
      exercise(
        words(
          `${n} of 100 squares are blue. What percentage is not blue?`,
          `100 个方格中有 ${n} 个是蓝色。不是蓝色的占百分之几？`,
        ),
        `${100 - n}%`,
        [`100 − ${n} = ${100 - n}`, `${100 - n}/100 = {${100 - n}%}`],
      ),
    ({ n }) => n !== 50,
  ),
  template(
    'percent-of-a-group',
    (level) => ({ which: [at(level, 3, 1, 0), 3], n: [1, 49] }),
    ({ which, n }) => {
      const all = HUNDRED_PARTS[which]!;
      const by = 100 / all;
      return exercise(
        words(`${n} of ${all} seats are taken. What percentage is that?`, `${all} 个座位中有 ${n} 个有人。占百分之几？`),
        `${n * by}%`,
        [`${all} × ${by} = 100`, `${n} × ${by} = {${n * by}}`, `${n}/${all} = {${n * by}%}`],
      );
    },
    ({ which, n }) => n > 1 && n < HUNDRED_PARTS[which]!,
  ),
];

export const percentConversions: readonly Template[] = [
  template(
    'percent-to-fraction',
    (level) => ({ n: [1, at(level, 9, 19, 49)], step: at(level, [10, 10], [5, 5], [2, 2]) }),
    ({ n, step }) => {
      const value = fraction(n * step, 100);
      return exercise(words(`Write as a fraction in lowest terms: ${n * step}%`, `化成最简分数：${n * step}%`), text(value), [
        `${n * step}% = ${n * step}/100`,
        words(`Divide both by ${100 / value.d}.`, `分子和分母都除以 ${100 / value.d}。`),
        `${n * step}/100 = {${text(value)}}`,
      ]);
    },
    ({ n, step }) => n * step < 100,
  ),
  template(
    'decimal-to-percent',
    (level) => ({ n: at(level, [1, 99], [1, 99], [101, 999]), level: [level, level] }),
    ({ n, level }) => {
      const value = fraction(n, level === 3 ? 1000 : 100);
      const percent = decimal(times(value, fraction(100)));
      return exercise(words(`Write as a percentage: ${decimal(value)}`, `化成百分数：${decimal(value)}`), `${percent}%`, [
        words('Percent means out of a hundred: multiply by 100.', '百分数表示每一百份中的几份：乘 100。'),
        `${decimal(value)} × 100 = {${percent}}`,
      ]);
    },
    ({ n }) => n % 10 !== 0,
  ),
];

export const percentOfNumber: readonly Template[] = [
  template(
    'percent-of',
    (level) => ({ five: [1, at(level, 10, 19, 29)], all: at(level, [20, 100], [40, 400], [120, 900]) }),
    ({ five, all }) => {
      const percent = five * 5;
      return exercise(words(`What is ${percent}% of ${all}?`, `${all} 的 ${percent}% 是多少？`), `${(percent * all) / 100}`, [
        words(
          `1% of ${all}: ${all} ÷ 100 = ${decimal(fraction(all, 100))}`,
          `${all} 的 1%：${all} ÷ 100 = ${decimal(fraction(all, 100))}`,
        ),
        `${decimal(fraction(all, 100))} × ${percent} = {${(percent * all) / 100}}`,
      ]);
    },
    ({ five, all }) => five !== 20 && all !== 100 && isWholeShare(five * 5, all),
  ),
];

export const percentChange: readonly Template[] = [
  template(
    'increase-by-percent',
    (level) => ({ five: [1, at(level, 8, 12, 16)], all: at(level, [20, 100], [40, 400], [120, 900]), down: [0, 1] }),
    ({ five, all, down }) => {
      const percent = five * 5;
      const part = (percent * all) / 100;
      const after = down ? all - part : all + part;
      return exercise(
        words(
          `A club had ${all} members. Their number ${down ? 'falls' : 'rises'} by ${percent}%. How many members are there now?`,
          `俱乐部原有 ${all} 名会员，人数${down ? '减少' : '增加'}了 ${percent}%。现在有多少名会员？`,
        ),
        words(`${after} members`, `${after} 名`),
        [
          words(
            `${percent}% of ${all}: ${all} × ${percent}/100 = ${part}`,
            `${all} 的 ${percent}%：${all} × ${percent}/100 = ${part}`,
          ),
          `${all} ${down ? '−' : '+'} ${part} = {${after}}`,
        ],
      );
    },
    ({ five, all }) => isWholeShare(five * 5, all) && five * 5 < 100,
  ),
  template(
    'which-percent-change',
    (level) => ({ five: [1, at(level, 8, 12, 16)], all: at(level, [20, 100], [40, 400], [120, 900]) }),
    ({ five, all }) => {
      const percent = five * 5;
      const part = (percent * all) / 100;
      return exercise(
        words(
          `A plant grows from ${all} mm to ${all + part} mm. By what percentage did it grow?`,
          `一株植物从 ${all} 毫米长到 ${all + part} 毫米。长高了百分之几？`,
        ),
        `${percent}%`,
        [
          `${all + part} − ${all} = ${part}`,
          `${part} ÷ ${all} = {${decimal(fraction(part, all))}}`,
          `${decimal(fraction(part, all))} × 100 = {${percent}}`,
        ],
      );
    },
    ({ five, all }) => isWholeShare(five * 5, all),
  ),
];

export const moneyPercents: readonly Template[] = [
  template(
    'discount',
    (level) => ({ five: [1, at(level, 6, 10, 14)], price: at(level, [20, 100], [40, 200], [120, 900]) }),
    ({ five, price }) => {
      const percent = five * 5;
      const off = (percent * price) / 100;
      return exercise(
        words(
          `A coat costs ${price} euros. In the sale it is ${percent}% cheaper. What does it cost now?`,
          `一件外套原价 ${price} 元，促销时便宜 ${percent}%。现在多少元？`,
        ),
        words(`${price - off} euros`, `${price - off} 元`),
        [
          words(
            `${percent}% of ${price}: ${price} × ${percent}/100 = ${off}`,
            `${price} 的 ${percent}%：${price} × ${percent}/100 = ${off}`,
          ),
          `${price} − ${off} = {${price - off}}`,
        ],
      );
    },
    ({ five, price }) => isWholeShare(five * 5, price),
  ),
  template(
    'simple-interest',
    (level) => ({
      percent: [2, at(level, 5, 8, 9)],
      hundreds: [1, at(level, 5, 20, 60)],
      years: [2, at(level, 3, 5, 8)],
      who: [0, LAST_NAME],
    }),
    ({ percent, hundreds, years, who }) => {
      const { en, zh } = NAMES[who]!;
      const year = percent * hundreds;
      return exercise(
        words(
          `${en} saves ${hundreds * 100} euros at ${percent}% simple interest a year. How much interest is that after ${years} years?`,
          `${zh}存入 ${hundreds * 100} 元，年利率 ${percent}%（单利）。${years} 年后利息是多少元？`,
        ),
        words(`${year * years} euros`, `${year * years} 元`),
        [
          words(
            `In one year: ${hundreds * 100} × ${percent}/100 = ${year}`,
            `1 年：${hundreds * 100} × ${percent}/100 = ${year}`,
          ),
          `${year} × ${years} = {${year * years}}`,
        ],
      );
    },
  ),
];
