/** What needs no more than a choice, and what asks for more first. */
export type DecisionRequest =
  | { readonly kind: 'first' | 'known' | 'not-known' | 'leave-out' | 'strategy'; readonly skill: string }
  | { readonly kind: 'goal' };
