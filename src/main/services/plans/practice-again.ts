import { EDITION } from '../../../learning/exercises/catalogue.ts';
import { dayOf } from '../../../shared/time.ts';
import type { Plan } from '../../../shared/domain.ts';
import { PathlightError } from '../../../shared/errors.ts';
import type { GradebookReader } from '../ports.ts';
import { keptPlan } from '../results/kept-plan.ts';
import type { Practice } from './practice.ts';
import type { PlanSheet } from './sheet.ts';
import { skillNames } from '../../../shared/skill-names.ts';

/** Of a sheet on which nothing is said about the plan. */
export const NO_WORDS = { lead: '', reasons: [], stamp: '' };

/** What is kept of a plan that is handed out: with it, and the day, its practice can be made again. */
export const keptContent = (plan: Plan): string => JSON.stringify({ ...plan, exercises: EDITION });

/**
 * The practice of a plan that was handed out, the same questions as then.
 * @throws PathlightError `no-such-plan`, `unreadable-plan`; `other-edition` where another Pathlight's templates made it; `no-practice` where none of its skills
 * has templates
 */
export function practiceAgain(
  read: Pick<GradebookReader, 'handedOutPlan' | 'courseMap' | 'student'>,
  practice: Practice,
  number: number,
): PlanSheet {
  const { kept, plan } = keptPlan(read, number);
  const { exercises } = JSON.parse(kept.content) as { readonly exercises?: number };
  if (exercises !== EDITION)
    throw new PathlightError(
      'other-edition',
      `The practice of plan ${number} was made by another Pathlight; this one would ask other questions, so its solutions would not fit.`,
      { number },
    );
  const sheets = practice.sheets(plan, skillNames(read.courseMap().skills), dayOf(kept.createdAt));
  if (sheets.every((sheet) => sheet === undefined))
    throw new PathlightError(
      'no-practice',
      `There is no practice for plan ${number}: none of its skills has questions made from templates under the name that it has now.`,
      { number },
    );
  const studentName = read.student(kept.studentId)?.name ?? kept.studentId;
  return { plan, studentName, number, words: NO_WORDS, practice: sheets };
}
