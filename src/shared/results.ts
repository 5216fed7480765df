/** What a teacher says of one step of a plan that came back: how many of how many were right, each answer one by one, or only whether it was done. */
export type StepEntry =
  | { readonly kind: 'count'; readonly right: number; readonly of: number }
  | { readonly kind: 'each'; readonly answers: readonly boolean[] }
  | { readonly kind: 'done' }
  | { readonly kind: 'not-done' };

/** More than anybody answers in one step. */
export const MOST_ASKED = 60;

/**
 * Reads what was typed for a step: "5" (of the usual number), "5/6" or "5 6", "++-+++" one by one, "+" done and not counted, "-" not done.
 * @param usual questions that the step has
 * @returns null where nothing was typed, undefined where it cannot be understood
 */
export function readEntry(text: string, usual: number): StepEntry | null | undefined {
  const typed = text.normalize('NFKC').replaceAll(/[−–—]/g, '-').trim();
  if (typed === '') return null;
  if (typed === '+') return { kind: 'done' };
  if (typed === '-') return { kind: 'not-done' };
  const signs = typed.replaceAll(/\s/g, '');
  if (/^[+-]+$/.test(signs))
    return signs.length > MOST_ASKED ? undefined : { kind: 'each', answers: [...signs].map((sign) => sign === '+') };
  const counted = /^(\d{1,3})(?:\s*[/:]\s*|\s+)(\d{1,3})$/.exec(typed) ?? /^(\d{1,3})$/.exec(typed);
  if (!counted) return undefined;
  const right = Number(counted[1]);
  const of = counted[2] === undefined ? usual : Number(counted[2]);
  return of < 1 || of > MOST_ASKED || right > of ? undefined : { kind: 'count', right, of };
}

/** Right and wrong answers in an order that says nothing: the wrong ones as evenly between the right ones as they go. */
export const spreadOut = (right: number, of: number): readonly boolean[] =>
  Array.from({ length: of }, (_, index) => {
    const upTo = (count: number): number => Math.floor((2 * count * right + of) / (2 * of));
    return upTo(index + 1) > upTo(index);
  });

/** The answers of a step; none where nobody counted. */
export const answersOf = (entry: StepEntry): readonly boolean[] =>
  entry.kind === 'count' ? spreadOut(entry.right, entry.of) : entry.kind === 'each' ? entry.answers : [];
