import type { Words } from './template.ts';

/** A piece of an exercise's text: plain, a fraction with a whole number before it or none, a power, or a gap to be filled. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'fraction'; readonly whole: string; readonly above: string; readonly below: string }
  | { readonly kind: 'power'; readonly base: string; readonly exponent: string }
  | { readonly kind: 'gap' };

const PIECES = /(?:(\d+)\u00a0)?(\d+|x|__)\/(\d+|__)|(\d*x|\d+|\))\^(\d+)|__/g;

/** What a text is set from. @param language a tag such as "zh-Hans"; all but Chinese read English */
export function piecesOf(words: Words, language: string): Piece[] {
  const text = language.startsWith('zh') ? words.zh : words.en;
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(PIECES)) {
    if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) });
    const [whole, number = '', above, below, base, exponent] = match;
    if (above !== undefined) pieces.push({ kind: 'fraction', whole: number, above, below: below! });
    else if (base !== undefined) pieces.push({ kind: 'power', base, exponent: exponent! });
    else pieces.push({ kind: 'gap' });
    end = match.index + whole.length;
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) });
  return pieces;
}

const open = (text: string): string => text.replaceAll(/\{[^}]*\}/g, '__');
const closed = (text: string): string => text.replaceAll(/[{}]/g, '');

/** Steps in full. */
export const wholeSteps = (steps: readonly Words[]): Words[] => steps.map(({ en, zh }) => ({ en: closed(en), zh: closed(zh) }));

/** The first half of the steps in full, the later ones with gaps: examples fade from their end (Renkl & Atkinson 2003). */
export const fadedSteps = (steps: readonly Words[]): Words[] => {
  const shown = Math.max(1, Math.floor(steps.length / 2));
  return steps.map(({ en, zh }, index) => (index < shown ? { en: closed(en), zh: closed(zh) } : { en: open(en), zh: open(zh) }));
};
