import { decimal, fraction, over } from '../rational.ts';
import { at, exercise, template, words } from '../template.ts';
import type { Template } from '../template.ts';

const hundredths = (value: number): string => decimal(fraction(value, 100));

export const circumference: readonly Template[] = [
  template(
    'circumference',
    (level) => ({ r: [2, at(level, 10, 20, 50)], byDiameter: [0, 1] }),
    ({ r, byDiameter }) =>
      exercise(
        words(
          `A circle has a ${byDiameter ? `diameter of ${2 * r}` : `radius of ${r}`} cm. What is its circumference? Use 3.14 for π.`,
          `圆的${byDiameter ? `直径是 ${2 * r}` : `半径是 ${r}`} 厘米。周长是多少？π 取 3.14。`,
        ),
        words(`${hundredths(628 * r)} cm`, `${hundredths(628 * r)} 厘米`),
        [
          byDiameter ? words(`The diameter is ${2 * r} cm.`, `直径是 ${2 * r} 厘米。`) : `2 × ${r} = ${2 * r}`,
          `3.14 × ${2 * r} = {${hundredths(628 * r)}}`,
        ],
      ),
  ),
];

export const areaCircles: readonly Template[] = [
  template(
    'area-circle',
    (level) => ({ r: [2, at(level, 10, 20, 40)], byDiameter: at<readonly [number, number]>(level, [0, 0], [0, 1], [0, 1]) }),
    ({ r, byDiameter }) =>
      exercise(
        words(
          `A circle has a ${byDiameter ? `diameter of ${2 * r}` : `radius of ${r}`} cm. What is its area? Use 3.14 for π.`,
          `圆的${byDiameter ? `直径是 ${2 * r}` : `半径是 ${r}`} 厘米。面积是多少？π 取 3.14。`,
        ),
        words(`${hundredths(314 * r * r)} cm²`, `${hundredths(314 * r * r)} 平方厘米`),
        [
          ...(byDiameter ? [words(`Radius: ${2 * r} ÷ 2 = ${r}`, `半径：${2 * r} ÷ 2 = ${r}`)] : []),
          `${r} × ${r} = ${r * r}`,
          `3.14 × ${r * r} = {${hundredths(314 * r * r)}}`,
        ],
      ),
  ),
];

export const volumeCylinders: readonly Template[] = [
  template(
    'volume-cylinder',
    (level) => ({
      r: [2, at(level, 6, 10, 20)],
      h: [3, at(level, 10, 15, 30)],
      cone: at<readonly [number, number]>(level, [0, 0], [0, 1], [0, 1]),
    }),
    ({ r, h, cone }) => {
      const volume = over(fraction(r * r * h), fraction(cone ? 3 : 1));
      return exercise(
        words(
          `A ${cone ? 'cone' : 'cylinder'} has a radius of ${r} cm and a height of ${h} cm. Write its volume as a multiple of π.`,
          `${cone ? '圆锥' : '圆柱'}的底面半径是 ${r} 厘米，高是 ${h} 厘米。用 π 的倍数表示体积。`,
        ),
        words(`${decimal(volume)}π cm³`, `${decimal(volume)}π 立方厘米`),
        [
          words(`Base: ${r} × ${r} = ${r * r}, times π`, `底面积：${r} × ${r} = ${r * r}，再乘 π`),
          cone ? `${r * r} × ${h} ÷ 3 = {${decimal(volume)}}` : `${r * r} × ${h} = {${decimal(volume)}}`,
        ],
      );
    },
    ({ r, h, cone }) => r !== h && (cone === 0 || (r * r * h) % 3 === 0),
  ),
];
