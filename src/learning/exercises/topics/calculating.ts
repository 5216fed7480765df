import { at, exercise, fillIn, LAST_NAME, many, NAMES, template, words, workOut } from '../template.ts';
import type { Template } from '../template.ts';

export const orderOfOperations: readonly Template[] = [
  template(
    'times-before-plus',
    (level) => ({ a: [2, at(level, 12, 40, 90)], b: [2, at(level, 6, 9, 12)], c: [2, at(level, 6, 9, 12)] }),
    ({ a, b, c }) =>
      exercise(workOut(`${a} + ${b} × ${c}`), `${a + b * c}`, [
        words(`Multiply first: ${b} × ${c} = ${b * c}`, `先算乘法：${b} × ${c} = ${b * c}`),
        `${a} + ${b * c} = {${a + b * c}}`,
      ]),
  ),
  template(
    'brackets-first',
    (level) => ({
      a: [2, at(level, 9, 20, 40)],
      b: [2, at(level, 9, 20, 40)],
      c: [2, at(level, 5, 9, 12)],
      d: [1, at(level, 9, 20, 40)],
    }),
    ({ a, b, c, d }) =>
      exercise(workOut(`(${a} + ${b}) × ${c} − ${d}`), `${(a + b) * c - d}`, [
        words(`Brackets first: ${a} + ${b} = ${a + b}`, `先算括号里的：${a} + ${b} = ${a + b}`),
        `${a + b} × ${c} = {${(a + b) * c}}`,
        `${(a + b) * c} − ${d} = {${(a + b) * c - d}}`,
      ]),
    ({ a, b, c, d }) => (a + b) * c > d,
  ),
];

export const propertiesOfOperations: readonly Template[] = [
  template(
    'distribute-number',
    (level) => ({ a: [3, at(level, 6, 9, 12)], tens: [1, at(level, 4, 9, 20)], ones: [1, 9] }),
    ({ a, tens, ones }) => {
      const b = 10 * tens + ones;
      return exercise(fillIn(`${a} × ${b} = ${a} × ${10 * tens} + ${a} × __`), `${ones}`, [
        words(`Multiply both parts of ${b} by ${a}.`, `${b} 的两部分都乘 ${a}。`),
        `${b} = ${10 * tens} + {${ones}}`,
      ]);
    },
  ),
  template(
    'handy-order',
    (level) => ({ a: [3, at(level, 9, 19, 49)], pair: [0, at(level, 1, 2, 3)] }),
    ({ a, pair }) => {
      const [x, y] = (
        [
          [2, 5],
          [5, 20],
          [4, 25],
          [8, 125],
        ] as const
      )[pair]!;
      return exercise(
        words(`Work out in a handy order: ${x} × ${a} × ${y}`, `用简便方法计算：${x} × ${a} × ${y}`),
        `${x * a * y}`,
        [`${x} × ${y} = ${x * y}`, `${x * y} × ${a} = {${x * y * a}}`],
      );
    },
  ),
];

export const numberPatterns: readonly Template[] = [
  template(
    'next-in-pattern',
    (level) => ({ start: [1, at(level, 20, 50, 90)], step: [2, at(level, 6, 12, 25)], down: at(level, [0, 0], [0, 1], [0, 1]) }),
    ({ start, step, down }) => {
      const first = down ? start + 5 * step : start;
      const term = (index: number): number => first + (down ? -1 : 1) * index * step;
      const shown = [0, 1, 2, 3].map(term).join(', ');
      return exercise(
        words(`Which number comes next? ${shown}, __`, `下一个数是多少？${shown.replaceAll(', ', '，')}，__`),
        `${term(4)}`,
        [
          words(
            `Each number is ${step} ${down ? 'less' : 'more'} than the one before.`,
            `每个数比前一个数${down ? '少' : '多'} ${step}。`,
          ),
          `${term(3)} ${down ? '−' : '+'} ${step} = {${term(4)}}`,
        ],
      );
    },
  ),
  template(
    'gap-in-pattern',
    (level) => ({ start: [1, at(level, 20, 50, 90)], step: [2, at(level, 9, 15, 30)] }),
    ({ start, step }) => {
      const terms = [0, 1, 3, 4].map((index) => start + index * step) as [number, number, number, number];
      const missing = start + 2 * step;
      const [a, b, c, d] = terms;
      return exercise(fillIn(`${a}, ${b}, __, ${c}, ${d}`), `${missing}`, [
        `${b} − ${a} = ${step}`,
        `${b} + ${step} = {${missing}}`,
      ]);
    },
  ),
];

export const multiStepProblems: readonly Template[] = [
  template(
    'change',
    (level) => ({
      packs: [2, at(level, 4, 6, 9)],
      price: [2, at(level, 6, 9, 15)],
      who: [0, LAST_NAME],
      note: at(level, [1, 2], [2, 4], [4, 10]),
    }),
    ({ packs, price, who, note }) => {
      const { en, zh } = NAMES[who]!;
      const [cost, paid] = [packs * price, note * 20];
      return exercise(
        words(
          `${en} buys ${packs} books for ${price} coins each and pays with ${paid} coins. How many coins does ${en} get back?`,
          `${zh}买了 ${packs} 本书，每本 ${price} 元，付了 ${paid} 元。应找回多少元？`,
        ),
        words(many(paid - cost, 'coin', 'coins'), `${paid - cost} 元`),
        [`${packs} × ${price} = ${cost}`, `${paid} − ${cost} = {${paid - cost}}`],
      );
    },
    ({ packs, price, note }) => packs * price < note * 20,
  ),
  template(
    'collect-and-share',
    (level) => ({ a: [3, at(level, 8, 20, 60)], b: [3, at(level, 8, 20, 60)], children: [2, at(level, 4, 6, 9)] }),
    ({ a, b, children }) =>
      exercise(
        words(
          `Two baskets hold ${a} and ${b} shells. ${children} children share all of them fairly. How many shells does each child get?`,
          `两个篮子里分别有 ${a} 个和 ${b} 个贝壳，平均分给 ${children} 个小朋友。每人分到多少个？`,
        ),
        words(many((a + b) / children, 'shell', 'shells'), `${(a + b) / children} 个`),
        [`${a} + ${b} = ${a + b}`, `${a + b} ÷ ${children} = {${(a + b) / children}}`],
      ),
    ({ a, b, children }) => (a + b) % children === 0 && a !== b,
  ),
];
