import { at, exercise, fillIn, template, words, workOut } from '../template.ts';
import type { Template } from '../template.ts';

const BOXES = [
  { box: 'bags', thing: 'apple', things: 'apples', zh: '袋苹果', each: '个' },
  { box: 'boxes', thing: 'pencil', things: 'pencils', zh: '盒铅笔', each: '支' },
  { box: 'rows', thing: 'chair', things: 'chairs', zh: '排椅子', each: '把' },
] as const;

export const multiplicationMeaning: readonly Template[] = [
  template(
    'equal-groups',
    (level) => ({ a: [2, at(level, 5, 8, 12)], b: [2, at(level, 5, 9, 12)], what: [0, 2] }),
    ({ a, b, what }) => {
      const { box, things, zh, each } = BOXES[what]!;
      return exercise(
        words(
          `There are ${a} ${box} with ${b} ${things} in each. How many ${things} are there altogether?`,
          `有 ${a} ${zh}，每${zh.slice(0, 1)} ${b} ${each}。一共有多少${each}？`,
        ),
        words(`${a * b} ${things}`, `${a * b} ${each}`),
        [`${Array<number>(a).fill(b).join(' + ')} = ${a} × ${b}`, `${a} × ${b} = {${a * b}}`],
      );
    },
  ),
  template(
    'sum-as-product',
    (level) => ({ a: [3, at(level, 5, 6, 7)], b: [2, at(level, 9, 12, 25)] }),
    ({ a, b }) => {
      const sum = Array<number>(a).fill(b).join(' + ');
      return exercise(fillIn(`${sum} = __ × ${b}`), `${a}`, [
        words(`Count how often ${b} is added: {${a}} times.`, `数一数 ${b} 加了几次：{${a}} 次。`),
        `${sum} = {${a}} × ${b}`,
      ]);
    },
    ({ a, b }) => a !== b,
  ),
];

export const multiplicationFacts: readonly Template[] = [
  template(
    'times-table',
    (level) => ({ a: [2, at(level, 5, 9, 12)], b: [3, at(level, 9, 9, 12)] }),
    ({ a, b }) =>
      exercise(workOut(`${a} × ${b}`), `${a * b}`, [
        `${a} × ${b - 1} = ${a * (b - 1)}`,
        words(`One more ${a}: ${a * (b - 1)} + ${a} = {${a * b}}`, `再加一个 ${a}：${a * (b - 1)} + ${a} = {${a * b}}`),
      ]),
  ),
  template(
    'missing-factor',
    (level) => ({ a: [2, at(level, 5, 9, 12)], b: [2, at(level, 9, 9, 12)] }),
    ({ a, b }) =>
      exercise(fillIn(`${a} × __ = ${a * b}`), `${b}`, [
        words(`Think: ${a * b} shared into ${a} equal parts.`, `想：把 ${a * b} 平均分成 ${a} 份。`),
        `${a * b} ÷ ${a} = {${b}}`,
      ]),
  ),
];

export const multiplyOneDigit: readonly Template[] = [
  template(
    'times-one-digit',
    (level) => ({ a: at(level, [12, 39], [41, 99], [123, 999]), b: at(level, [2, 4], [3, 9], [3, 9]) }),
    ({ a, b }) => {
      const [low, high] = [a % 10, a - (a % 10)];
      return exercise(workOut(`${a} × ${b}`), `${a * b}`, [
        `${high} × ${b} = ${high * b}`,
        `${low} × ${b} = {${low * b}}`,
        `${high * b} + ${low * b} = {${a * b}}`,
      ]);
    },
    ({ a }) => a % 10 > 1,
  ),
];

export const multiDigitMultiplication: readonly Template[] = [
  template(
    'multiply-many-digits',
    (level) => ({ a: at(level, [12, 29], [31, 99], [101, 499]), b: at(level, [11, 19], [21, 89], [21, 99]) }),
    ({ a, b }) => {
      const [low, high] = [b % 10, b - (b % 10)];
      return exercise(workOut(`${a} × ${b}`), `${a * b}`, [
        `${a} × ${high} = ${a * high}`,
        `${a} × ${low} = {${a * low}}`,
        `${a * high} + ${a * low} = {${a * b}}`,
      ]);
    },
    ({ a, b }) => a % 10 > 0 && b % 10 > 0,
  ),
];
