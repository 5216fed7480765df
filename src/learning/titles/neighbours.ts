import type { KnownTitle } from './prefixes.ts';
import { termsOf } from './terms.ts';

/** Titles less alike than this are of different things; and the skills of a title must lead those of all others by this much. */
const LEAST_COSINE = 0.55;
const LEAST_LEAD = 1.25;
/** A term of more titles than this says nothing; a course of twenty thousand titles then takes seconds. */
const MOST_TITLES = 400;

interface Posting {
  readonly titles: number[];
  readonly weights: number[];
}

/**
 * The known title that a title is most like, by the cosine of tf-idf weights over words and runs of letters (Salton & Buckley 1988), where
 * titles of other skills are clearly less like it.
 * @param unknown titles to be compared, which count for how common a term is
 */
export function neighbourMatcher(
  known: readonly KnownTitle[],
  unknown: readonly string[],
): (title: string) => { readonly set: string; readonly title: string } | undefined {
  const frequency = new Map<string, number>();
  const knownTerms = known.map(({ title }) => termsOf(title));
  for (const terms of [...knownTerms, ...unknown.map(termsOf)])
    for (const term of terms.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  const total = known.length + unknown.length;
  const vector = (terms: ReadonlyMap<string, number>): [string, number][] => {
    const weights = [...terms].map(([term, count]): [string, number] => [
      term,
      count * Math.log(1 + total / (frequency.get(term) ?? 1)),
    ]);
    const length = Math.hypot(...weights.map(([, weight]) => weight));
    return weights.map(([term, weight]) => [term, length > 0 ? weight / length : 0]);
  };
  const postings = new Map<string, Posting>();
  knownTerms.forEach((terms, index) => {
    for (const [term, weight] of vector(terms)) {
      let posting = postings.get(term);
      if (!posting) postings.set(term, (posting = { titles: [], weights: [] }));
      posting.titles.push(index);
      posting.weights.push(weight);
    }
  });
  const cosine = new Float64Array(known.length);
  return (title) => {
    const touched: number[] = [];
    for (const [term, weight] of vector(termsOf(title))) {
      const posting = postings.get(term);
      if (!posting || posting.titles.length > MOST_TITLES) continue;
      for (let at = 0; at < posting.titles.length; at++) {
        const index = posting.titles[at]!;
        if (cosine[index] === 0) touched.push(index);
        cosine[index] = cosine[index]! + weight * posting.weights[at]!;
      }
    }
    let best = -1;
    for (const index of touched)
      if (best < 0 || cosine[index]! > cosine[best]! || (cosine[index] === cosine[best] && index < best)) best = index;
    let rival = 0;
    for (const index of touched) if (known[index]!.set !== known[best]!.set) rival = Math.max(rival, cosine[index]!);
    const likeness = best < 0 ? 0 : cosine[best]!;
    for (const index of touched) cosine[index] = 0;
    return likeness >= LEAST_COSINE && likeness >= rival * LEAST_LEAD ? known[best] : undefined;
  };
}
