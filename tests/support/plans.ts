import type { RouteInput } from '../../src/shared/contract/index.ts';
import type { SheetLabels } from '../../src/shared/contract/plans.ts';
import type { Plan } from '../../src/shared/domain.ts';
import { ENGLISH_LABELS } from '../../src/main/services/plans/english.ts';

/** What a window asks for when it saves these plans as one page for the teacher. */
export const exportOf = (plans: readonly Plan[], labels: Partial<SheetLabels> = {}): RouteInput<'plans.export'> => ({
  format: 'html',
  audience: 'teacher',
  paper: 'a4',
  bundle: 'one',
  name: 'Study plans',
  labels: { ...ENGLISH_LABELS, ...labels },
  sheets: plans.map((plan) => ({
    studentId: plan.student,
    lead: `lead of ${plan.student}`,
    reasons: plan.steps.map((step) => `because ${step.skill}`),
    stamp: `stamp of ${plan.student}`,
  })),
});
