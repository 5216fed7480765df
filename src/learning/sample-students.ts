import { hashText } from './random.ts';
import type { ResponseTable } from './responses.ts';

/**
 * Answers that difficulties rest on, and that a training learns from, at most: about twenty thousand students with fifty each. What lies
 * beyond would cost time and memory in proportion and move hardly a forecast (docs/decisions/0010).
 */
export const MOST_ANSWERS = 1_000_000;

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
 * A training's table and profiles with the sample alone; the same object where all answers are within the limit. Numbers of questions and skills
 * stay.
 */
export function sampleTask<Task extends { readonly table: ResponseTable; readonly profiles?: readonly unknown[] | undefined }>(
  task: Task,
  most = MOST_ANSWERS,
): Task {
  const { table, profiles } = task;
  const lengths = table.students.map((student, index): [string, number] => [
    student,
    table.start[index + 1]! - table.start[index]!,
  ]);
  const sample = sampleStudents(lengths, most);
  if (!sample) return task;
  const kept = table.students.map((_, index) => index).filter((index) => sample.has(table.students[index]!));
  const start = new Int32Array(kept.length + 1);
  kept.forEach((student, index) => (start[index + 1] = start[index]! + lengths[student]![1]));
  const gather = <Column extends Int32Array | Float32Array>(column: Column, into: Column): Column => {
    kept.forEach((student, index) => into.set(column.subarray(table.start[student]!, table.start[student + 1]!), start[index]!));
    return into;
  };
  const total = start[kept.length]!;
  return {
    ...task,
    table: {
      ...table,
      students: kept.map((student) => table.students[student]!),
      start,
      question: gather(table.question, new Int32Array(total)),
      skillSet: gather(table.skillSet, new Int32Array(total)),
      correct: gather(table.correct, new Float32Array(total)),
      weight: gather(table.weight, new Float32Array(total)),
    },
    ...(profiles ? { profiles: kept.map((student) => profiles[student]) } : {}),
  };
}
