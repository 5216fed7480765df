import { expect, it } from 'vitest';
import { logisticLoss, writeHistory } from '../../../src/learning/baselines/logistic.ts';
import { createRandom } from '../../../src/learning/random.ts';
import { toResponseTable } from '../../../src/learning/responses.ts';
import { simulatedClass } from '../../support/courses.ts';

const response = (order: number, question: string, skill: string, correct: number) => ({
  order,
  question,
  skills: [skill],
  correct,
});

it('counts what went before a question', () => {
  const table = toResponseTable([
    {
      student: 'a',
      responses: [
        response(0, 'q1', 's1', 1),
        response(1, 'q2', 's2', 0),
        response(2, 'q1', 's1', 0),
        response(3, 'q3', 's1', 1),
        response(4, 'q1', 's1', 1),
      ],
    },
  ]);
  const out = new Float64Array(9);
  writeHistory(table, [0, 1, 2], 4, 1, out);
  const decay = (back: number) => Math.exp(-0.3 * back);
  const [first, second, third] = [decay(4), decay(3), decay(2)];
  const expected = [
    Math.log(2),
    Math.log(2),
    Math.log(2),
    Math.log(3),
    Math.log(2),
    Math.log(2),
    (0.35 * first - 0.65 * (second + third)) / (1 + first + second + third),
    (0.35 * first - 0.65 * third) / (0.5 + first + third),
    1,
  ];
  out.forEach((value, feature) => expect(value).toBeCloseTo(expected[feature]!, 12));
  writeHistory(table, [], 4, 4, out);
  expect([...out]).toEqual(Array.from({ length: 9 }, () => 0));
});

it.each([true, false])('has the gradient of its loss (with questions: %s)', (questions) => {
  const { table } = simulatedClass(6, 3, 12);
  const random = createRandom(5);
  const normal = (size: number) => Float32Array.from({ length: size }, () => 0.5 * random.normal());
  const parameters = {
    question: normal(table.questions.length + 1),
    set: normal(table.skillSets.length + 1),
    weights: normal(9),
    bias: normal(1),
  };
  const windows = [0, 1, 2, 3, 4, 5].map((student) => ({ begin: table.start[student]!, count: 12, after: student }));
  const gradients = Object.fromEntries(Object.entries(parameters).map(([name, { length }]) => [name, new Float64Array(length)]));
  logisticLoss(parameters, table, windows, questions, gradients);
  for (const [name, values] of Object.entries(parameters))
    for (let entry = 0; entry < values.length; entry++) {
      const at = (value: number): number => {
        const before = values[entry]!;
        values[entry] = value;
        const loss = logisticLoss(parameters, table, windows, questions);
        values[entry] = before;
        return loss;
      };
      // Steps that a 32-bit number holds exactly.
      const [up, down] = [Math.fround(values[entry]! + 1 / 256), Math.fround(values[entry]! - 1 / 256)];
      expect(gradients[name]![entry]!).toBeCloseTo((at(up) - at(down)) / (up - down), 6);
    }
  expect(gradients['question']!.some((value) => value !== 0)).toBe(questions);
});
