import { plan as planContent } from '../../../shared/contract/common.ts';
import type { Plan } from '../../../shared/domain.ts';
import { PathlightError } from '../../../shared/errors.ts';
import type { GradebookReader } from '../ports.ts';
import type { KeptPlan } from '../trust/ports.ts';

/** Undefined for what another Pathlight kept and this one cannot read. */
export function readKept({ content }: KeptPlan): Plan | undefined {
  const parsed = planContent.safeParse(JSON.parse(content));
  return parsed.success ? (parsed.data as Plan) : undefined;
}

/** @throws PathlightError `no-such-plan`, `unreadable-plan` */
export function keptPlan(
  read: Pick<GradebookReader, 'handedOutPlan'>,
  number: number,
): { readonly kept: KeptPlan; readonly plan: Plan } {
  const kept = read.handedOutPlan(number);
  if (!kept)
    throw new PathlightError(
      'no-such-plan',
      `No plan with the number ${number} was handed out from this gradebook. The number stands at the head of the sheet.`,
      { number },
    );
  const plan = readKept(kept);
  if (!plan)
    throw new PathlightError('unreadable-plan', `Plan ${number} was kept by another Pathlight, which this one cannot read.`, {
      number,
    });
  return { kept, plan };
}
