import type { Estimate, ResponseEvent } from '../../shared/domain.ts';
import { clamp, logit, sigmoid } from '../numeric.ts';
import type { StudentModel, StudentState } from '../student-model/types.ts';

/** Spread of students' abilities (logits), and of what practice brings them around what it brings the course (logits per log(1 + earlier answers)). */
const ABILITY_SPREAD = 1;
const SPEED_SPREAD = 0.15;
/** More earlier answers on a skill change nothing that a slope could tell. */
const MOST_EARLIER = 30;
const NEWTON_STEPS = 6;

/** What of a course tells a student's speed. */
export interface SpeedBasis {
  /** Logit of a right answer for somebody of whom nothing is known. */
  difficulty(event: ResponseEvent): number;
  /** What practice brings on the skill, in logits per log(1 + earlier answers). */
  gain(skill: string): number;
}

/** Each question and skill is worked out when it is first asked for. */
export function speedBasisOf(model: StudentModel): SpeedBasis {
  let newcomer: StudentState | undefined;
  const difficulties = new Map<string, number>();
  const gains = new Map<string, number>();
  const state = (): StudentState => (newcomer ??= model.adapt([]));
  return {
    difficulty(event) {
      const key = `${event.question}\n${event.skills.join('\n')}`;
      let found = difficulties.get(key);
      if (found === undefined) difficulties.set(key, (found = state().forecastQuestion(event).logit));
      return found;
    },
    gain(skill) {
      let found = gains.get(skill);
      if (found === undefined) gains.set(skill, (found = gainOf(state(), skill)));
      return found;
    },
  };
}

/** The gain as the student model fitted it, read off what a first question of practice is expected to do. */
function gainOf(newcomer: StudentState, skill: string): number {
  const scale = (value: number): number => logit(clamp(value, 1e-3, 1 - 1e-3));
  const [after] = newcomer.forecastAfterPractice(skill, 1, [skill]);
  return (scale(after!.value) - scale(newcomer.forecastSkill(skill).value)) / Math.log(2);
}

/**
 * What practice has brought one student beyond what it brings the course: the slope of right answers over log(1 + earlier answers on the skill), less the course's,
 * fitted together with the student's ability (logistic, maximum a posteriori, Laplace's standard error). Shrunk to nothing where there is little practice:
 * then the error is the spread of students.
 */
export function learningSpeed(history: readonly ResponseEvent[], basis: SpeedBasis, spread = SPEED_SPREAD): Estimate {
  const earlier = new Map<string, number>();
  const rows: { readonly offset: number; readonly dose: number; readonly correct: number; readonly weight: number }[] = [];
  for (const event of history) {
    const { skills, correct, weight = 1 } = event;
    const [skill] = skills;
    if (skill === undefined || weight === 0) continue;
    const dose = Math.log1p(Math.min(MOST_EARLIER, earlier.get(skill) ?? 0));
    for (const each of skills) earlier.set(each, (earlier.get(each) ?? 0) + 1);
    rows.push({ offset: basis.difficulty(event) + basis.gain(skill) * dose, dose, correct, weight });
  }
  let [ability, speed] = [0, 0];
  let error = spread;
  for (let step = 0; step < NEWTON_STEPS; step++) {
    let [a, b] = [-ability / ABILITY_SPREAD ** 2, -speed / spread ** 2];
    let [aa, ab, bb] = [1 / ABILITY_SPREAD ** 2, 0, 1 / spread ** 2];
    for (const { offset, dose, correct, weight } of rows) {
      const p = sigmoid(offset + ability + speed * dose);
      const residual = weight * (correct - p);
      const information = weight * p * (1 - p);
      a += residual;
      b += residual * dose;
      aa += information;
      ab += information * dose;
      bb += information * dose * dose;
    }
    const determinant = aa * bb - ab * ab;
    ability += (bb * a - ab * b) / determinant;
    speed += (aa * b - ab * a) / determinant;
    error = Math.sqrt(aa / determinant);
  }
  return { value: speed, standardError: error };
}
