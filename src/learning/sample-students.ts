import { hashText } from './random.ts';

/**
 * The students of a very large school whose answers are looked at: whole students, in the order of a hash of their ids, as long as their answers
 * stay within the limit. The same students whatever the order they come in, and nearly the same as the school grows.
 * @param counts number of answers by student id
 * @returns undefined where all answers are within the limit: everybody
 */
export function sampleStudents(counts: Iterable<readonly [string, number]>, most: number): ReadonlySet<string> | undefined {
  const all = [...counts];
  if (all.reduce((sum, [, answers]) => sum + answers, 0) <= most) return undefined;
  const order = all
    .map(([student, answers]) => ({ student, answers, hash: hashText(student) }))
    .sort((a, b) => a.hash - b.hash || (a.student < b.student ? -1 : 1));
  const chosen = new Set<string>();
  let total = 0;
  for (const { student, answers } of order) {
    total += answers;
    if (total > most) break;
    chosen.add(student);
  }
  return chosen;
}

/**
 * Answers that difficulties rest on, and that a training learns from, at most: about twenty thousand students with fifty each. What lies
 * beyond would cost time and memory in proportion and move hardly a forecast (docs/decisions/0009).
 */
export const MOST_ANSWERS = 1_000_000;
