import { plainTitle } from './rule.ts';

const WRITTEN_TOGETHER = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** A title's words in order; Chinese, which has no spaces, by single characters. Numbers tell two quizzes apart, not two skills. */
export function wordsOf(title: string): string[] {
  const parts = plainTitle(title).match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{Letter}\p{Mark}]+/gu) ?? [];
  return parts.filter((word) => word.length > 1 || WRITTEN_TOGETHER.test(word));
}

export const isWrittenTogether = (word: string): boolean => WRITTEN_TOGETHER.test(word);

/** Words that join others, and say nothing of their own. */
const JOINING = new Set([
  'and',
  'or',
  'of',
  'the',
  'with',
  'by',
  'to',
  'in',
  'on',
  'for',
  'an',
  'as',
  'from',
  '与',
  '和',
  '的',
  '及',
]);

export const tellingWords = (title: string): string[] => wordsOf(title).filter((word) => !JOINING.has(word));

/** Without the endings that make a plural or an -ing form: "fractions" is "fraction", "adding" is "add". */
export function stem(word: string): string {
  if (word.length < 3 || isWrittenTogether(word)) return word;
  const bare = word.replace(/(?<=..)ies$/, 'y').replace(/(?<=...)(?:(?<=s|x|z|ch|sh)es|(?<!s)s)$/, '');
  return bare.replace(/(?<=[aeiouy].*..)ing$/, '').replace(/(.)\1$/, '$1');
}

/**
 * What titles are compared by: stems of words, and runs of three letters within them, so that "multiplying" is near "multiplication"; of
 * Chinese, characters and pairs of neighbours.
 */
export function termsOf(title: string): ReadonlyMap<string, number> {
  const terms = new Map<string, number>();
  const add = (term: string, count: number): void => void terms.set(term, (terms.get(term) ?? 0) + count);
  const words = tellingWords(title);
  words.forEach((word, index) => {
    if (isWrittenTogether(word)) {
      add(`c${word}`, 0.5);
      const next = words[index + 1];
      if (next !== undefined && isWrittenTogether(next)) add(`c${word}${next}`, 1);
      return;
    }
    add(`w${stem(word)}`, 1);
    const padded = `_${stem(word)}_`;
    for (let at = 0; at + 3 <= padded.length; at++) add(`g${padded.slice(at, at + 3)}`, 1 / Math.max(2, padded.length - 2));
  });
  return terms;
}
