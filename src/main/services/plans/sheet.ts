import type { School, SheetLabels, SheetWords } from '../../../shared/contract/plans.ts';
import type { PracticeSheet } from '../../../learning/exercises/sheet.ts';
import type { Plan } from '../../../shared/domain.ts';

/** One student's plan with everything that is said about it. */
export interface PlanSheet {
  readonly plan: Plan;
  readonly studentName: string;
  /** That it is kept under; left out where it is not kept. */
  readonly number?: number | undefined;
  readonly words: Omit<SheetWords, 'studentId'>;
  /** One for each step; undefined where its skill has no templates. Left out where no practice was asked for. */
  readonly practice?: readonly (PracticeSheet | undefined)[] | undefined;
}

/** What is the same on every sheet. */
export interface SheetSet {
  readonly labels: SheetLabels;
  readonly sheets: readonly PlanSheet[];
  readonly skillName: (skill: string) => string;
  readonly school?: School | undefined;
}
