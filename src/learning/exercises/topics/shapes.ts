import { at, exercise, template, words } from '../template.ts';
import type { Template } from '../template.ts';

const POLYGONS = [
  { sides: 3, one: 'triangle', several: 'triangles', zh: '三角形' },
  { sides: 4, one: 'square', several: 'squares', zh: '正方形' },
  { sides: 5, one: 'pentagon', several: 'pentagons', zh: '五边形' },
  { sides: 6, one: 'hexagon', several: 'hexagons', zh: '六边形' },
] as const;
const TURNS = [3, 4, 5, 6, 8, 9, 10, 12] as const;

export const classifyingShapes: readonly Template[] = [
  template(
    'corners-of-two-kinds',
    (level) => ({ first: [0, 2], second: [1, 3], a: [2, at(level, 5, 9, 15)], b: [2, at(level, 5, 9, 15)] }),
    ({ first, second, a, b }) => {
      const [p, q] = [POLYGONS[first]!, POLYGONS[second]!];
      return exercise(
        words(
          `How many corners have ${a} ${p.several} and ${b} ${q.several} together?`,
          `${a} 个${p.zh}和 ${b} 个${q.zh}一共有多少个角？`,
        ),
        `${a * p.sides + b * q.sides}`,
        [
          words(
            `A ${p.one} has ${p.sides} corners, a ${q.one} has ${q.sides}.`,
            `一个${p.zh}有 ${p.sides} 个角，一个${q.zh}有 ${q.sides} 个角。`,
          ),
          `${a} × ${p.sides} = ${a * p.sides}`,
          `${b} × ${q.sides} = {${b * q.sides}}`,
          `${a * p.sides} + ${b * q.sides} = {${a * p.sides + b * q.sides}}`,
        ],
      );
    },
    ({ first, second }) => first < second,
  ),
  template(
    'shapes-from-sticks',
    (level) => ({ which: [0, 3], count: [at(level, 2, 3, 11), at(level, 9, 15, 40)] }),
    ({ which, count }) => {
      const { sides, one, several, zh } = POLYGONS[which]!;
      return exercise(
        words(
          `Each side of a shape is one stick. How many ${several} can be laid apart from ${sides * count} sticks?`,
          `图形的每条边是一根小棒。用 ${sides * count} 根小棒可以摆出多少个互不相连的${zh}？`,
        ),
        `${count}`,
        [words(`A ${one} has ${sides} sides.`, `一个${zh}有 ${sides} 条边。`), `${sides * count} ÷ ${sides} = {${count}}`],
      );
    },
  ),
];

export const measuringAngles: readonly Template[] = [
  template(
    'protractor-reading',
    (level) => ({
      from: [1, at(level, 9, 90, 120)],
      size: [at(level, 2, 11, 11), at(level, 9, 80, 150)],
      by: at(level, [10, 10], [1, 1], [1, 1]),
    }),
    ({ from, size, by }) => {
      const [a, b] = [from * by, (from + size) * by];
      return exercise(
        words(
          `On a protractor one arm of an angle lies at ${a}° and the other at ${b}°. How large is the angle?`,
          `量角器上，角的一条边对着 ${a}°，另一条边对着 ${b}°。这个角是多少度？`,
        ),
        `${b - a}°`,
        [words(`From ${a}° to ${b}°`, `从 ${a}° 到 ${b}°`), `${b} − ${a} = {${b - a}}`],
      );
    },
    ({ from, size, by }) => (from + size) * by <= 180,
  ),
  template(
    'parts-of-a-turn',
    (level) => ({ which: [0, at(level, 4, 7, 7)], count: [2, at(level, 5, 7, 11)] }),
    ({ which, count }) => {
      const parts = TURNS[which]!;
      const each = 360 / parts;
      return exercise(
        words(
          `A full turn is cut into ${parts} equal angles. How large are ${count} of them together?`,
          `把一个周角平均分成 ${parts} 个角。其中 ${count} 个角合起来是多少度？`,
        ),
        `${count * each}°`,
        [`360 ÷ ${parts} = ${each}`, `${count} × ${each} = {${count * each}}`],
      );
    },
    ({ which, count }) => count < TURNS[which]!,
  ),
];

export const parallelAndPerpendicular: readonly Template[] = [
  template(
    'third-parallel',
    (level) => ({ a: [3, at(level, 12, 60, 250)], b: [3, at(level, 12, 60, 250)] }),
    ({ a, b }) =>
      exercise(
        words(
          `Two parallel lines are ${a} mm apart. A third line, parallel to them, lies ${b} mm beyond the second. How far is it from the first?`,
          `两条平行线相距 ${a} 毫米。第三条平行线在第二条的外侧，与第二条相距 ${b} 毫米。它与第一条相距多少？`,
        ),
        words(`${a + b} mm`, `${a + b} 毫米`),
        [words('Parallel lines are equally far apart everywhere.', '平行线之间的距离处处相等。'), `${a} + ${b} = {${a + b}}`],
      ),
    ({ a, b }) => a !== b,
  ),
  template(
    'between-perpendiculars',
    (level) => ({ angle: [1, at(level, 17, 88, 88)], by: at(level, [5, 5], [1, 1], [1, 1]) }),
    ({ angle, by }) =>
      exercise(
        words(
          `Two lines are perpendicular. A third line through the same point makes an angle of ${angle * by}° with one of them. Which acute angle does it make with the other?`,
          `两条直线互相垂直。第三条直线过它们的交点，与其中一条成 ${angle * by}° 角。它与另一条所成的锐角是多少度？`,
        ),
        `${90 - angle * by}°`,
        [
          words('Perpendicular lines make right angles: 90°', '互相垂直的直线成直角：90°'),
          `90 − ${angle * by} = {${90 - angle * by}}`,
        ],
      ),
    ({ angle, by }) => angle * by < 89 && angle * by !== 45,
  ),
];

export const lineSymmetry: readonly Template[] = [
  template(
    'point-and-image',
    (level) => ({ a: [2, at(level, 15, 60, 300)] }),
    ({ a }) =>
      exercise(
        words(
          `A point lies ${a} mm from a mirror line. How far is it from its image?`,
          `一个点到对称轴的距离是 ${a} 毫米。它与它的对称点相距多少？`,
        ),
        words(`${2 * a} mm`, `${2 * a} 毫米`),
        [words(`The image lies ${a} mm on the other side.`, `对称点在另一侧 ${a} 毫米处。`), `${a} + ${a} = {${2 * a}}`],
      ),
  ),
  template(
    'whole-from-half',
    (level) => ({ a: [2, at(level, 9, 40, 90)], b: [2, at(level, 9, 40, 90)] }),
    ({ a, b }) =>
      exercise(
        words(
          `A line of symmetry cuts a shape in two. On one side its outline has two pieces, ${a} cm and ${b} cm long. How long is the whole outline?`,
          `对称轴把一个图形分成两半。一侧的轮廓由两段组成，长 ${a} 厘米和 ${b} 厘米。整个轮廓长多少？`,
        ),
        words(`${2 * (a + b)} cm`, `${2 * (a + b)} 厘米`),
        [`${a} + ${b} = ${a + b}`, `2 × ${a + b} = {${2 * (a + b)}}`],
      ),
    ({ a, b }) => a !== b,
  ),
];
