import type { ResponseEvent } from '../../shared/domain.ts';
import type { PracticeStep } from '../dynamics/belief.ts';
import type { Structure } from '../dynamics/structure.ts';

/** A step of practice with its answer's place among the student's answers. */
export interface AnsweredStep extends PracticeStep {
  readonly at: number;
}

/** A student's answers as steps of practice, each on its question's first skill; answers without a skill of the course are left out. */
export function stepsOf(responses: readonly ResponseEvent[], structure: Structure): AnsweredStep[] {
  return responses.flatMap(({ skills, correct, weight }, at) => {
    const skill = skills.map((id) => structure.number.get(id)).find((number) => number !== undefined);
    return skill === undefined || weight === 0 ? [] : [{ skill, correct, at }];
  });
}
