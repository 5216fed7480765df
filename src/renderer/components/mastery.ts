/** The five steps of mastery, from "not yet" to "secure"; words are `terms.step.<step>`. */
export const MASTERY_STEPS = ['notYet', 'starting', 'building', 'nearly', 'secure'] as const;

/** Which of the five steps P(has the skill) falls into: equal fifths, so that "secure" begins at .8. */
export function masteryStep(mastery: number): number {
  return Math.min(4, Math.max(0, Math.floor(mastery * 5 + 1e-9)));
}
