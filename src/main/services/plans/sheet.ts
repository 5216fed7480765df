import type { School, SheetLabels, SheetWords } from '../../../shared/contract/plans.ts';
import type { Plan } from '../../../shared/domain.ts';

/** One student's plan with everything that is said about it. */
export interface PlanSheet {
  readonly plan: Plan;
  readonly studentName: string;
  readonly words: Omit<SheetWords, 'studentId'>;
}

/** What is the same on every sheet. */
export interface SheetSet {
  readonly labels: SheetLabels;
  readonly sheets: readonly PlanSheet[];
  readonly skillName: (skill: string) => string;
  readonly school?: School | undefined;
}
