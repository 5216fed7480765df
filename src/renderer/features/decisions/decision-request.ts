/** What asks for more before it is decided: a dialog. */
export type AskedDecision = { readonly kind: 'leave-out' | 'strategy'; readonly skill: string } | { readonly kind: 'goal' };

/** What needs no more than a choice, and what asks for more first. */
export type DecisionRequest = { readonly kind: 'first' | 'known' | 'not-known'; readonly skill: string } | AskedDecision;

export function isAskedOrNone(value: unknown): value is AskedDecision | null {
  if (typeof value !== 'object') return false;
  if (value === null) return true;
  if (!('kind' in value)) return false;
  return (
    value.kind === 'goal' ||
    ((value.kind === 'leave-out' || value.kind === 'strategy') && 'skill' in value && typeof value.skill === 'string')
  );
}
