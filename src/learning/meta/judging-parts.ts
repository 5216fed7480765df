import { hashText } from '../random.ts';
import type { ResponseTable } from '../responses.ts';
import { trainableStudents } from './episodes.ts';

/** Below this number of students who can judge, nobody does. */
export const FEWEST_TO_JUDGE = 10;
/** From this number of students on some are held back; below, every student is needed both to train and to judge. */
export const ENOUGH_TO_HOLD_BACK = 200;
const PARTS = 5;
/** Share of students held back: enough to judge by, no more. */
const HELD_BACK_SHARE = 0.15;
const ENOUGH_HELD_BACK = 240;

/**
 * Who judges a training: students who are held back from it; where there are few, everybody with enough answers, in five parts that are each
 * forecast by what trained on the other four (cross-validation, Stone 1974); where there are hardly any, nobody.
 * @returns students as indexes, [parts][students]; held back where there is one part
 */
export function judgingParts(table: ResponseTable, seed: number): number[][] {
  const able = trainableStudents(table);
  if (able.length < FEWEST_TO_JUDGE) return [];
  const hash = (student: number): number => hashText(`${seed}:${table.students[student]!}`);
  if (able.length < ENOUGH_TO_HOLD_BACK) {
    const shuffled = able.toSorted((a, b) => hash(a) - hash(b) || a - b);
    return Array.from({ length: PARTS }, (_, part) =>
      shuffled.filter((_student, rank) => rank % PARTS === part).sort((a, b) => a - b),
    );
  }
  // By the id alone, so that it stays the same as a class grows.
  const share = Math.min(HELD_BACK_SHARE, Math.max(0.05, ENOUGH_HELD_BACK / able.length));
  return [able.filter((student) => hash(student) / 4294967296 < share)];
}
