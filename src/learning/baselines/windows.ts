import type { Random } from '../random.ts';
import type { ResponseTable } from '../responses.ts';

/** Windows that are drawn in training. */
export interface WindowShape {
  /** Rows at most. */
  readonly length: number;
  /** Numbers of answers that may be known, rising. */
  readonly after: readonly number[];
}
/** The protocol that the models are judged by. */
export const PROTOCOL_WINDOWS: WindowShape = { length: 30, after: [0, 1, 2, 3, 4, 5, 7, 10, 14, 20] };
const SHORTEST = 5;
export const STUDENTS_OF_A_STEP = 128;
/** Few students may have long histories: they are gone through more than once, or nothing is learned from them. */
const FEWEST_STEPS = 12;

/** Steps that count as one pass over the students. */
export const stepsOfAPass = (students: number): number => Math.max(FEWEST_STEPS, Math.ceil(students / STUDENTS_OF_A_STEP));

const HELD_BACK = 8;
const FEWEST_TO_HOLD_BACK = 20;

/** `count` consecutive rows of one student from `begin` on, the first `after` of them known. */
export interface TrainingWindow {
  readonly begin: number;
  readonly count: number;
  readonly after: number;
}

/** Half of the windows begin with a student's first answer: that is where a new student stands. */
export function drawWindow(
  table: ResponseTable,
  students: readonly number[],
  random: Random,
  shape: WindowShape = PROTOCOL_WINDOWS,
): TrainingWindow {
  const student = random.choice(students);
  const first = table.start[student]!;
  const length = table.start[student + 1]! - first;
  const begin = first + (random.uniform() < 0.5 ? 0 : random.integer(Math.max(1, length - SHORTEST)));
  const count = Math.min(shape.length, first + length - begin);
  return { begin, count, after: Math.min(random.choice(shape.after), count - 1) };
}

/** Students with enough answers, and the part of them on which settings are chosen; none where every answer is needed. */
export function splitStudents(
  table: ResponseTable,
  fit: readonly number[],
): { readonly train: readonly number[]; readonly heldBack: readonly number[] } {
  const usable = fit.filter((student) => table.start[student + 1]! - table.start[student]! >= SHORTEST);
  if (usable.length < FEWEST_TO_HOLD_BACK) return { train: usable, heldBack: [] };
  return {
    train: usable.filter((_, index) => index % HELD_BACK !== HELD_BACK - 1),
    heldBack: usable.filter((_, index) => index % HELD_BACK === HELD_BACK - 1),
  };
}

/** The windows that a held-back student is judged by: the first answers after four numbers of them; of 30 answers, after 0, 2, 5 and 15. */
export function judgedWindows(
  table: ResponseTable,
  students: readonly number[],
  { length }: WindowShape = PROTOCOL_WINDOWS,
): TrainingWindow[] {
  return students.flatMap((student) => {
    const begin = table.start[student]!;
    const count = Math.min(length, table.start[student + 1]! - begin);
    return [0, length / 15, length / 6, length / 2]
      .map(Math.floor)
      .filter((after) => after < count)
      .map((after) => ({ begin, count, after }));
  });
}
