import type { StudentProfile } from '../../shared/domain.ts';
import type { Strategy } from '../../shared/strategy.ts';

/** Words by which a roster may name a way of working, in any case; in the languages of the screens. */
const WORDS: readonly (readonly [pattern: RegExp, strategy: Strategy])[] = [
  [/\b(faded|half[- ]solved|completion)\b|半样例|半解|补全/, 'faded'],
  [/\b(worked[- ]?)?examples?\b|样例|例题|示范/, 'worked-example'],
  [/\b(mixed|interleaved|variety)\b|混合|交错/, 'mixed-practice'],
  [/\b(practi[cs]e|exercises?|questions?)\b|练习|做题/, 'practice'],
];

/** The way of working that a student's `preference.*` fields name; undefined where none does, or where two name different ones. */
export function preferredStrategy(profile: StudentProfile | undefined): Strategy | undefined {
  const named = Object.values(profile?.preference ?? {}).flatMap((value) => {
    const text = typeof value === 'string' ? value.toLowerCase() : '';
    return WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? [];
  });
  return new Set(named).size === 1 ? named[0] : undefined;
}
