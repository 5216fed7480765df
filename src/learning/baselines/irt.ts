import { raschForecaster } from '../evaluation/forecasters.ts';
import type { Forecaster } from '../evaluation/protocol.ts';
import { fitCalibration } from '../student-model/fit-calibration.ts';
import type { Baseline, BaselineTask } from './baseline.ts';

export interface IrtParameters {
  readonly [name: string]: Float32Array;
  /** [questions] and [skills], effects in logits; whatever lies beyond them was never seen and has none. */
  readonly question: Float32Array;
  readonly skill: Float32Array;
  /** [2]: mean in logits, variance of ability. */
  readonly general: Float32Array;
}

/** The logit of somebody of average ability. @param skills indexes; an unknown one counts with the average */
export function irtOffset(
  { question: questions, skill, general }: IrtParameters,
  question: number,
  skills: readonly number[],
): number {
  const bySkill = skills.reduce((sum, each) => sum + (skill[each] ?? 0) / skills.length, 0);
  return general[0]! + bySkill + (questions[question] ?? 0);
}

/** IRT (Rasch 1960): question and skill effects by MAP with the data's own variances, ability by MAP from the support. */
export function trainIrt({ table, fit }: BaselineTask): Baseline {
  const students = new Set(fit);
  const { mean, questionEffect, skillEffect, variance } = fitCalibration(table, {
    include: (student) => students.has(student),
    plain: true,
  });
  return irtBaseline({
    question: Float32Array.from(questionEffect),
    skill: Float32Array.from(skillEffect),
    general: Float32Array.of(mean, variance.ability),
  });
}

export const irtBaseline = (parameters: IrtParameters): Baseline => ({
  name: 'irt',
  parameters,
  settings: {},
  forecaster(table): Forecaster {
    const offsets = Float64Array.from(table.question, (question, row) =>
      irtOffset(parameters, question, table.skillSets[table.skillSet[row]!]!),
    );
    return raschForecaster(table, offsets, parameters.general[1]!);
  },
});
