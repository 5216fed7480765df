import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/learning/random.ts';
import type { Random } from '../../src/learning/random.ts';
import { linkSkills, toResponseTable } from '../../src/learning/responses.ts';
import { calibrate } from '../../src/learning/student-model/calibration.ts';
import { fitCalibration } from '../../src/learning/student-model/fit-calibration.ts';
import { choleskyInverse } from '../../src/learning/student-model/linear-algebra.ts';
import { SkillField } from '../../src/learning/student-model/skill-field.ts';
import type { CourseMap, ResponseSequence } from '../../src/shared/domain.ts';

type Pairs = readonly (readonly [number, number])[];

/** Dense, from the definition: R = D(I + 15L)D with D² the diagonal of (I + 15L)⁻¹. */
function densePrecision(size: number, pairs: Pairs): Float64Array {
  const plain = new Float64Array(size * size);
  for (let skill = 0; skill < size; skill++) plain[skill * size + skill] = 1;
  const known = new Set<string>();
  for (const [a, b] of pairs) {
    const key = `${Math.min(a, b)} ${Math.max(a, b)}`;
    if (a === b || known.has(key)) continue;
    known.add(key);
    plain[a * size + a]! += 15;
    plain[b * size + b]! += 15;
    plain[a * size + b]! -= 15;
    plain[b * size + a]! -= 15;
  }
  const inverse = choleskyInverse(plain, size);
  return plain.map((value, at) => {
    const [row, column] = [Math.floor(at / size), at % size];
    return value * Math.sqrt(inverse[row * size + row]! * inverse[column * size + column]!);
  });
}

function densePosterior(
  precision: Float64Array,
  size: number,
  variance: number,
  information: Float64Array,
  weighted: Float64Array,
) {
  const inverse = choleskyInverse(
    precision.map((value, at) => value / variance + (at % (size + 1) === 0 ? information[at % size]! : 0)),
    size,
  );
  return {
    mean: weighted.map((_, row) => weighted.reduce((sum, value, column) => sum + inverse[row * size + column]! * value, 0)),
    variance: weighted.map((_, row) => inverse[row * size + row]!),
  };
}

const observe = (size: number, random: Random) => {
  const information = Float64Array.from({ length: size }, () => (random.uniform() < 0.4 ? 0 : 6 * random.uniform()));
  return { information, weighted: information.map((value) => value * random.normal()) };
};

const furthest = (a: Float64Array, b: Float64Array): number => Math.max(...a.map((value, at) => Math.abs(value - b[at]!)));
const furthestShare = (a: Float64Array, b: Float64Array): number =>
  Math.max(...a.map((value, at) => Math.abs(value / b[at]! - 1)));

/** Of two trees and skills without neighbours. */
const forest = (size: number, random: Random): Pairs =>
  Array.from({ length: size - 8 }, (_, at): [number, number] => [at + 1, random.integer(at + 1)]).filter(([at]) => at !== 20);

describe('a field over skills', () => {
  it('is exact on trees: means, variances, what the others say, and the prior', () => {
    for (const seed of [1, 2, 3]) {
      const random = createRandom(seed);
      const size = 45;
      const pairs = forest(size, random);
      const field = new SkillField(size, [...pairs, ...pairs.map(([a, b]): [number, number] => [b, a]), [3, 3]]);
      const precision = densePrecision(size, pairs);
      // Twice with other observations: messages are kept and must not be believed.
      for (const variance of [0.7, 0.2]) {
        const { information, weighted } = observe(size, random);
        const found = field.solve(variance, information, weighted);
        const expected = densePosterior(precision, size, variance, information, weighted);
        expect(furthest(found.mean, expected.mean), `seed ${seed}`).toBeLessThan(1e-6);
        expect(furthestShare(found.variance, expected.variance), `seed ${seed}`).toBeLessThan(1e-6);
        const skill = information.findIndex((value) => value > 0);
        const without = densePosterior(precision, size, variance, information.with(skill, 0), weighted.with(skill, 0));
        expect(found.outsideMean[skill]).toBeCloseTo(without.mean[skill]!, 6);
        expect(found.outsideVariance[skill]).toBeCloseTo(without.variance[skill]!, 6);
        const rough = found.mean.reduce(
          (sum, value, row) =>
            sum + value * found.mean.reduce((part, other, column) => part + precision[row * size + column]! * other, 0),
          0,
        );
        expect(field.roughness(found.mean)).toBeCloseTo(rough, 6);
      }
      const nothing = new Float64Array(size);
      expect(
        furthest(
          field.solve(0.7, nothing, nothing).variance,
          nothing.map(() => 0.7),
        ),
      ).toBeLessThan(1e-6);
    }
  });

  it('has exact means on any graph, and variances close by', () => {
    const random = createRandom(7);
    const size = 60;
    const pairs = Array.from({ length: 85 }, (): [number, number] => [random.integer(size), random.integer(size)]);
    const field = new SkillField(size, pairs);
    // Scaled by belief propagation's own variances, which differ from the exact ones here: the precision is read off the field itself.
    const unit = (...ones: readonly number[]): number =>
      field.roughness(Float64Array.from({ length: size }, (_, at) => ones.filter((one) => one === at).length));
    const precision = Float64Array.from({ length: size * size }, (_, at) => {
      const [row, column] = [Math.floor(at / size), at % size];
      return (unit(row, column) - unit(row) - unit(column)) / 2;
    });
    const { information, weighted } = observe(size, random);
    const found = field.solve(0.6, information, weighted);
    const expected = densePosterior(precision, size, 0.6, information, weighted);
    expect(furthest(found.mean, expected.mean)).toBeLessThan(1e-5);
    expect(furthestShare(found.variance, expected.variance)).toBeLessThan(0.25);
  });
});

/** A chain of skills, each about as hard as the ones beside it; every third is never asked. */
function chain(seed: number, students: number): { sequences: ResponseSequence[]; map: CourseMap; ease: number[] } {
  const random = createRandom(seed);
  const ease = [random.normal()];
  while (ease.length < 60) ease.push(0.97 * ease.at(-1)! + 0.25 * random.normal());
  const skills = ease.map((_, at) => ({ id: `s${at}`, name: `s${at}` }));
  const prerequisites = skills.slice(1).map(({ id }, at) => ({ skill: id, prerequisite: skills[at]!.id }));
  const sequences = Array.from({ length: students }, (_, student) => {
    const ability = 0.8 * random.normal();
    const responses = Array.from({ length: 25 }, (_unused, order) => {
      let skill = random.integer(60);
      while (skill % 3 === 2) skill = random.integer(60);
      const p = 1 / (1 + Math.exp(-(0.3 + ability + ease[skill]!)));
      return { order, question: `q${skill}`, skills: [`s${skill}`], correct: random.uniform() < p ? 1 : 0 };
    });
    return { student: `student ${student}`, responses };
  });
  return { sequences, map: { skills, prerequisites }, ease };
}

const correlation = (a: readonly number[], b: readonly number[]): number => {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number): number =>
    x.reduce((sum, value, at) => sum + (value - mx) * (y[at]! - my), 0);
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
};

describe('difficulties on a map', () => {
  const { sequences, map, ease } = chain(11, 40);
  const table = toResponseTable(sequences);
  const links = linkSkills(table.skills, map)!;
  const calibration = fitCalibration({ ...table, links });
  const number = new Map(links.skills.map((skill, at) => [skill, at]));

  it('say of a skill that nobody has answered what its neighbours say', () => {
    const unasked = ease.map((_, skill) => skill).filter((skill) => skill % 3 === 2);
    const said = unasked.map((skill) => calibrate(calibration, -1, [number.get(`s${skill}`)!]));
    expect(unasked.every((skill) => number.get(`s${skill}`)! >= table.skills.length)).toBe(true);
    expect(
      correlation(
        said.map(({ adjusted }) => adjusted),
        unasked.map((skill) => ease[skill]!),
      ),
    ).toBeGreaterThan(0.8);
    const stranger = calibrate(calibration, -1, [-1]);
    for (const { skillError } of said) expect(skillError).toBeLessThan(stranger.skillError);
  });

  it('are nearer to the truth than without it, for skills that were asked', () => {
    const plain = fitCalibration(table);
    const error = (effects: Float64Array): number => {
      const asked = ease.map((_, skill) => skill).filter((skill) => skill % 3 !== 2);
      const found = asked.map((skill) => effects[number.get(`s${skill}`)!]!);
      const centre = asked.reduce((sum, skill, at) => sum + found[at]! - ease[skill]!, 0) / asked.length;
      return Math.sqrt(asked.reduce((sum, skill, at) => sum + (found[at]! - ease[skill]! - centre) ** 2, 0) / asked.length);
    };
    expect(error(calibration.skillEffect)).toBeLessThan(0.9 * error(plain.skillEffect));
  });

  it('are what they were where the map has no prerequisites', () => {
    expect(linkSkills(table.skills, { ...map, prerequisites: [] })).toBeUndefined();
    expect(fitCalibration({ ...table, links: undefined })).toEqual(fitCalibration(table));
  });

  it('leave the published baseline as it is', () => {
    expect(fitCalibration({ ...table, links }, { plain: true })).toEqual(fitCalibration(table, { plain: true }));
  });
});
