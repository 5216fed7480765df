import { plainTitle } from './rule.ts';
import { isWrittenTogether, stem, wordsOf } from './terms.ts';

export interface KnownTitle {
  readonly title: string;
  /** Key of its set of skills. */
  readonly set: string;
}

/** So many titles must begin alike, and this share of them have the skills. */
const FEWEST = 2;
const LEAST_SHARE = 0.75;
const LONGEST = 6;

interface Beginning {
  readonly text: string;
  readonly sets: Map<string, number>;
  of: number;
}

/** A title's beginnings, the longest first: of words, or of Chinese at least two characters. */
function beginningsOf(title: string): { readonly key: string; readonly text: string }[] {
  const words = wordsOf(title).slice(0, LONGEST);
  const result: { key: string; text: string }[] = [];
  const plain = plainTitle(title);
  let key = '';
  let end = 0;
  words.forEach((word, index) => {
    key += `${stem(word)} `;
    end = plain.indexOf(word, end) + word.length;
    if (index === 0 && isWrittenTogether(word)) return;
    result.unshift({ key, text: title.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().slice(0, end) });
  });
  return result;
}

/** Whether most titles that begin as this one does have the same skills: the longest beginning that says so. */
export function prefixMatcher(
  known: readonly KnownTitle[],
): (title: string) => { set: string; evidence: { text: string; with: number; of: number } } | undefined {
  const beginnings = new Map<string, Beginning>();
  const sets = new Set(known.map(({ set }) => set));
  for (const { title, set } of known)
    for (const { key, text } of beginningsOf(title)) {
      let beginning = beginnings.get(key);
      if (!beginning) beginnings.set(key, (beginning = { text, sets: new Map(), of: 0 }));
      beginning.of++;
      beginning.sets.set(set, (beginning.sets.get(set) ?? 0) + 1);
    }
  return (title) => {
    for (const { key } of beginningsOf(title)) {
      const found = beginnings.get(key);
      if (!found || found.of < FEWEST) continue;
      let best: [string, number] = ['', 0];
      for (const each of found.sets) if (each[1] > best[1]) best = each;
      // Where the course has one set of skills only, a beginning tells nothing.
      if (best[1] < FEWEST || best[1] / found.of < LEAST_SHARE || sets.size < 2) return undefined;
      return { set: best[0], evidence: { text: found.text, with: best[1], of: found.of } };
    }
    return undefined;
  };
}
