import { skillSetKey } from '../../learning/responses.ts';
import type { ResponseColumns, ResponseEvent } from '../../shared/domain.ts';

/**
 * The columns with students' marks among their answers. Marks are few beside answers: only students who have any are read as events.
 * @param eventsOf all that a student's row holds, marks and answers in order; undefined for one without marks, whose columns stand
 */
export function addMarks(
  columns: ResponseColumns,
  eventsOf: (student: string) => readonly ResponseEvent[] | undefined,
): ResponseColumns {
  const replaced = columns.students.map(eventsOf);
  const start = new Int32Array(columns.start.length);
  replaced.forEach((events, student) => {
    const length = events?.length ?? columns.start[student + 1]! - columns.start[student]!;
    start[student + 1] = start[student]! + length;
  });
  const total = start.at(-1)!;
  const question = new Int32Array(total);
  const skillSet = new Int32Array(total);
  const correct = new Float32Array(total);
  const weight = new Float32Array(total).fill(1);
  const questions = numbering(columns.questions, (code) => code);
  const skillSets = numbering(columns.skillSets, skillSetKey);
  replaced.forEach((events, student) => {
    const to = start[student]!;
    if (events === undefined) {
      const [from, end] = [columns.start[student]!, columns.start[student + 1]!];
      question.set(columns.question.subarray(from, end), to);
      skillSet.set(columns.skillSet.subarray(from, end), to);
      correct.set(columns.correct.subarray(from, end), to);
      if (columns.weight) weight.set(columns.weight.subarray(from, end), to);
      return;
    }
    events.forEach((event, index) => {
      question[to + index] = questions.numberOf(event.question);
      skillSet[to + index] = skillSets.numberOf(event.skills);
      correct[to + index] = event.correct;
      weight[to + index] = event.weight ?? 1;
    });
  });
  return {
    students: columns.students,
    start,
    question,
    questions: questions.values,
    skillSet,
    skillSets: skillSets.values,
    correct,
    weight,
  };
}

/** Numbers for values by their key, the known ones first. */
function numbering<Value>(
  known: readonly Value[],
  keyOf: (value: Value) => string,
): { readonly values: readonly Value[]; numberOf(value: Value): number } {
  const values = [...known];
  const numbers = new Map(values.map((value, index) => [keyOf(value), index]));
  return {
    values,
    numberOf(value) {
      const key = keyOf(value);
      let number = numbers.get(key);
      if (number === undefined) numbers.set(key, (number = values.push(value) - 1));
      return number;
    },
  };
}
