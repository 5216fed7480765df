import type { RouteInput } from '../../src/shared/contract/index.ts';
import type { SheetLabels } from '../../src/shared/contract/plans.ts';
import type { Plan } from '../../src/shared/domain.ts';
import { sheetLabels } from '../../src/renderer/features/plans/plan-words.ts';
import { createFormat } from '../../src/renderer/i18n/format.ts';
import { createI18n } from '../../src/renderer/i18n/create-i18n.ts';

export const ENGLISH_LABELS = sheetLabels(createI18n('en').t, createFormat('en'));

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
