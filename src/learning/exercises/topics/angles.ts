import { at, exercise, template, words } from '../template.ts';
import type { Template } from '../template.ts';

const TRIPLES = [
  [3, 4, 5],
  [5, 12, 13],
  [8, 15, 17],
  [7, 24, 25],
  [20, 21, 29],
] as const;

export const angleRelationships: readonly Template[] = [
  template(
    'complement-or-supplement',
    (level) => ({
      angle: [at(level, 2, 2, 11), 88],
      straight: [0, 1],
      by: at<readonly [number, number]>(level, [5, 5], [1, 1], [1, 1]),
    }),
    ({ angle, straight }) => {
      const whole = straight ? 180 : 90;
      return exercise(
        words(
          `Two angles together make a ${straight ? 'straight' : 'right'} angle. One of them is ${angle}°. How large is the other?`,
          `两个角合起来是一个${straight ? '平' : '直'}角，其中一个是 ${angle}°。另一个是多少度？`,
        ),
        `${whole - angle}°`,
        [
          words(`A ${straight ? 'straight' : 'right'} angle has ${whole}°.`, `${straight ? '平' : '直'}角是 ${whole}°。`),
          `${whole} − ${angle} = {${whole - angle}}`,
        ],
      );
    },
    ({ angle, by }) => angle % by === 0 && angle !== 45,
  ),
  template(
    'angle-equation',
    (level) => ({ times: [2, at(level, 4, 5, 8)] }),
    ({ times: factor }) => {
      const small = 180 / (factor + 1);
      return exercise(
        words(
          `Two angles lie on a straight line. One is ${factor} times as large as the other. How large is the smaller one?`,
          `两个角在一条直线上合成平角，其中一个是另一个的 ${factor} 倍。较小的角是多少度？`,
        ),
        `${small}°`,
        [
          words(`Together there are ${factor} + 1 = ${factor + 1} equal parts.`, `合起来有 ${factor} + 1 = ${factor + 1} 份。`),
          `180 ÷ ${factor + 1} = {${small}}`,
        ],
      );
    },
    ({ times: factor }) => 180 % (factor + 1) === 0,
  ),
];

export const triangleAngles: readonly Template[] = [
  template(
    'third-angle',
    (level) => ({
      a: [at(level, 4, 20, 11), at(level, 18, 120, 130)],
      b: [at(level, 4, 20, 11), at(level, 18, 120, 130)],
      by: at<readonly [number, number]>(level, [5, 5], [1, 1], [1, 1]),
    }),
    ({ a, b, by }) => {
      const [x, y] = [a * by, b * by];
      return exercise(
        words(
          `Two angles of a triangle are ${x}° and ${y}°. How large is the third?`,
          `三角形的两个角是 ${x}° 和 ${y}°。第三个角是多少度？`,
        ),
        `${180 - x - y}°`,
        [`${x} + ${y} = ${x + y}`, `180 − ${x + y} = {${180 - x - y}}`],
      );
    },
    ({ a, b, by }) => (a + b) * by < 170 && a !== b,
  ),
];

export const pythagoreanTheorem: readonly Template[] = [
  template(
    'right-triangle',
    (level) => ({
      which: [0, at(level, 1, 3, 4)],
      by: [1, at(level, 6, 6, 8)],
      leg: at<readonly [number, number]>(level, [0, 0], [0, 1], [0, 1]),
      swap: [0, 1],
    }),
    ({ which, by, leg, swap }) => {
      const [p, q, r] = TRIPLES[which]!.map((side) => side * by) as [number, number, number];
      const [a, b] = swap ? [q, p] : [p, q];
      return leg
        ? exercise(
            words(
              `In a right triangle the longest side is ${r} cm and one of the others ${a} cm. How long is the third side?`,
              `直角三角形的斜边是 ${r} 厘米，一条直角边是 ${a} 厘米。另一条直角边是多少厘米？`,
            ),
            words(`${b} cm`, `${b} 厘米`),
            [`${r}^2 − ${a}^2 = ${r * r} − ${a * a}`, `${r * r} − ${a * a} = {${b * b}}`, `√${b * b} = {${b}}`],
          )
        : exercise(
            words(
              `The two sides at the right angle of a triangle are ${a} cm and ${b} cm. How long is the longest side?`,
              `直角三角形的两条直角边是 ${a} 厘米和 ${b} 厘米。斜边是多少厘米？`,
            ),
            words(`${r} cm`, `${r} 厘米`),
            [`${a}^2 + ${b}^2 = ${a * a} + ${b * b}`, `${a * a} + ${b * b} = {${r * r}}`, `√${r * r} = {${r}}`],
          );
    },
  ),
];
