import { clamp, logit } from '../numeric.ts';
import { skillSetKey } from '../responses.ts';
import type { ResponseTable } from '../responses.ts';
import { SHRUNK_IRT_VARIANCE } from '../evaluation/forecasters.ts';
import type { SupportAnswer, Target } from '../student-model/features.ts';
import type { FittedMember, Member } from '../student-model/member.ts';
import type { Baseline } from './baseline.ts';
import { irtOffset } from './irt.ts';
import type { IrtParameters } from './irt.ts';
import { raschAbility } from './rasch-ability.ts';

/** A target further ahead counts as this far ahead. */
const FURTHEST = 64;
/** Beyond every vocabulary. */
const UNSEEN = 0x3fffffff;
/** Keeps log-odds finite. */
const EDGE = 1e-9;
const NOTHING = new Float64Array(0);
const numberOf = (question: number): number => (question < 0 ? UNSEEN : question);

/** A Rasch model as a member: φ is its ability. */
function raschMember(weight: number, offsetOf: (target: Target) => number, variance: number): Member {
  return {
    weight,
    adapt(answers) {
      const rows = answers.map((answer) => ({
        offset: offsetOf(answer),
        correct: answer.correct,
        weight: answer.weight,
      }));
      const { ability } = raschAbility(rows, variance);
      return { phi: Float64Array.of(ability), logit: (target) => offsetOf(target) + ability };
    },
  };
}

export const shrunkIrtMember = (weight: number): Member =>
  raschMember(weight, ({ knowledge }) => knowledge.question, SHRUNK_IRT_VARIANCE);
export const irtMember = (weight: number, parameters: IrtParameters): Member =>
  raschMember(weight, ({ question, skills }) => irtOffset(parameters, question, skills), parameters.general[1]!);

/** The same for every student: nothing is fitted. */
export const questionMeanMember = (weight: number): Member => ({
  weight,
  adapt: () => ({ phi: NOTHING, logit: (target) => target.knowledge.question }),
});

/**
 * A baseline with parameters of its own as a member. Nothing in it is fitted to a student but the counts of their answers, so that it has no φ.
 * @param skillSets of the table that it was trained on, as indexes of skills
 */
export function baselineMember(weight: number, baseline: Baseline, skillSets: readonly (readonly number[])[]): Member {
  const key = (skills: readonly number[]): string => skillSetKey(skills.map(String));
  const numbers = new Map(skillSets.map((skills, set) => [key(skills), set]));
  const setOf = (skills: readonly number[]): number => numbers.get(key(skills)) ?? skillSets.length;
  return {
    weight,
    adapt(answers): FittedMember {
      const table = oneStudent(answers, setOf);
      const forecaster = baseline.forecaster(table);
      const support = answers.map((_, row) => row);
      return {
        phi: NOTHING,
        logit(target) {
          const row = answers.length + Math.min(FURTHEST - 1, target.ahead ?? 0);
          table.question[row] = numberOf(target.question);
          table.skillSet[row] = setOf(target.skills);
          return logit(clamp(forecaster(0, support, [row])[0]!, EDGE, 1 - EDGE));
        },
      };
    },
  };
}

/** The answers as a table, with room for a target after them. */
function oneStudent(answers: readonly SupportAnswer[], setOf: (skills: readonly number[]) => number): ResponseTable {
  const rows = answers.length + FURTHEST;
  const table: ResponseTable = {
    students: [''],
    start: Int32Array.of(0, rows),
    question: new Int32Array(rows),
    skillSet: new Int32Array(rows),
    correct: new Float32Array(rows),
    weight: new Float32Array(rows).fill(1),
    questions: [],
    skills: [],
    skillSets: [],
  };
  answers.forEach(({ question, skills, correct, weight }, row) => {
    table.question[row] = numberOf(question);
    table.skillSet[row] = setOf(skills);
    table.correct[row] = correct;
    table.weight[row] = weight;
  });
  return table;
}
