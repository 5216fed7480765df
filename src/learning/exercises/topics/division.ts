import { at, exercise, fillIn, LAST_NAME, NAMES, template, words, workOut } from '../template.ts';
import type { Template } from '../template.ts';

const BOXES = [
  { box: 'bags', thing: 'apple', things: 'apples', zh: '袋苹果', each: '个' },
  { box: 'boxes', thing: 'pencil', things: 'pencils', zh: '盒铅笔', each: '支' },
  { box: 'rows', thing: 'chair', things: 'chairs', zh: '排椅子', each: '把' },
] as const;

export const divisionMeaning: readonly Template[] = [
  template(
    'share',
    (level) => ({ a: [2, at(level, 5, 8, 12)], b: [2, at(level, 6, 9, 12)], who: [0, LAST_NAME] }),
    ({ a, b, who }) => {
      const { en, zh } = NAMES[who]!;
      return exercise(
        words(
          `${en} shares ${a * b} grapes fairly among ${a} children. How many grapes does each child get?`,
          `${zh}把 ${a * b} 颗葡萄平均分给 ${a} 个小朋友，每人分到多少颗？`,
        ),
        words(`${b} grapes`, `${b} 颗`),
        [words(`Each child gets one of ${a} equal parts.`, `每人得到 ${a} 份中的 1 份。`), `${a * b} ÷ ${a} = {${b}}`],
      );
    },
  ),
  template(
    'how-many-groups',
    (level) => ({ a: [2, at(level, 5, 9, 12)], b: [2, at(level, 6, 9, 12)], what: [0, 1] }),
    ({ a, b, what }) => {
      const { box, things, zh, each } = BOXES[what]!;
      return exercise(
        words(
          `${a * b} ${things} are packed into ${box} of ${a}. How many ${box} does it take?`,
          `把 ${a * b} ${each}${zh.slice(1)}装起来，每${zh.slice(0, 1)}装 ${a} ${each}，要装多少${zh.slice(0, 1)}？`,
        ),
        words(`${b} ${box}`, `${b} ${zh.slice(0, 1)}`),
        [words(`How many times does ${a} go into ${a * b}?`, `${a * b} 里面有几个 ${a}？`), `${a * b} ÷ ${a} = {${b}}`],
      );
    },
  ),
];

export const divisionFacts: readonly Template[] = [
  template(
    'divide-fact',
    (level) => ({ a: [2, at(level, 5, 9, 12)], b: [2, at(level, 9, 9, 12)] }),
    ({ a, b }) =>
      exercise(workOut(`${a * b} ÷ ${a}`), `${b}`, [
        words(`Think: what times ${a} makes ${a * b}?`, `想：几乘 ${a} 等于 ${a * b}？`),
        `${b} × ${a} = ${a * b}`,
        `${a * b} ÷ ${a} = {${b}}`,
      ]),
  ),
  template(
    'missing-dividend',
    (level) => ({ a: [2, at(level, 5, 9, 12)], b: [2, at(level, 9, 9, 12)] }),
    ({ a, b }) =>
      exercise(fillIn(`__ ÷ ${a} = ${b}`), `${a * b}`, [
        words(`Undo the division: multiply ${b} by ${a}.`, `反过来想：用 ${b} 乘 ${a}。`),
        `${b} × ${a} = {${a * b}}`,
      ]),
  ),
];

export const divisionRemainders: readonly Template[] = [
  template(
    'with-remainder',
    (level) => ({ a: [3, at(level, 5, 9, 12)], q: [2, at(level, 6, 9, 25)], r: [1, 11] }),
    ({ a, q, r }) =>
      exercise(
        words(`Divide, with a remainder: ${a * q + r} ÷ ${a}`, `求商和余数：${a * q + r} ÷ ${a}`),
        words(`${q} remainder ${r}`, `${q} 余 ${r}`),
        [`${q} × ${a} = ${a * q}`, `${a * q + r} − ${a * q} = {${r}}`, words(`{${q}} remainder {${r}}`, `商 {${q}}，余 {${r}}`)],
      ),
    ({ a, r }) => r < a,
  ),
];

export const divideOneDigit: readonly Template[] = [
  template(
    'divide-by-one-digit',
    (level) => ({ a: [2, at(level, 5, 9, 9)], tens: [1, at(level, 3, 9, 45)], ones: [1, 9] }),
    ({ a, tens, ones }) => {
      const whole = a * (10 * tens + ones);
      return exercise(workOut(`${whole} ÷ ${a}`), `${10 * tens + ones}`, [
        `${whole} = ${a * 10 * tens} + ${a * ones}`,
        `${a * 10 * tens} ÷ ${a} = {${10 * tens}}`,
        `${a * ones} ÷ ${a} = {${ones}}`,
        `${10 * tens} + ${ones} = {${10 * tens + ones}}`,
      ]);
    },
  ),
];

export const longDivision: readonly Template[] = [
  template(
    'divide-many-digits',
    (level) => ({ a: at(level, [11, 15], [12, 39], [21, 89]), q: at(level, [11, 25], [21, 79], [101, 299]) }),
    ({ a, q }) => {
      const [low, high] = [q % 10, q - (q % 10)];
      return exercise(workOut(`${a * q} ÷ ${a}`), `${q}`, [
        `${a} × ${high} = ${a * high}`,
        `${a * q} − ${a * high} = {${a * low}}`,
        `${a * low} ÷ ${a} = {${low}}`,
        `${high} + ${low} = {${q}}`,
      ]);
    },
    ({ a, q }) => a % 10 > 0 && q % 10 > 0,
  ),
];
