import { isMark } from '../../../learning/marks.ts';
import { hashText } from '../../../learning/random.ts';
import { withCourse } from '../../../learning/student-model/student-model.ts';
import type { StudentModel } from '../../../learning/student-model/types.ts';
import type { CourseMap, ResponseEvent } from '../../../shared/domain.ts';
import { createBreather } from '../breather.ts';
import { countedOf, courseUpTo } from '../course-state.ts';
import type { Models } from '../models.ts';
import type { Clock, Gradebook, GradebookReader, StudentHistory } from '../ports.ts';
import type { AnswerKey, ForecastRecord, ModelUse } from './ports.ts';

/** Of a student's answers in one import, the first so many are held against the forecast: as many as training judges by (evaluation/protocol.ts). */
export const JUDGED_ANSWERS = 10;
/** Of an import for more students, so many are followed: always the same ones. */
const MOST_STUDENTS = 300;
/** Of imports that nobody has looked at, the newest so many. */
const MOST_IMPORTS = 150;
/** Typed-in answers wait until so large a share is new before the difficulties are worked out anew. */
const NEW_SHARE = 0.02;

export const keyOf = (response: ResponseEvent): AnswerKey => (isMark(response) ? response.question : response.order);

/** A model over what the gradebook held when an import was the newest, and how a student was adapted to by it. */
export interface ThenCourse {
  readonly model: StudentModel;
  readonly upTo: number;
  readonly answers: number;
  /** Whose answers the difficulties contain; everybody's where undefined. */
  readonly sample: ReadonlySet<string> | undefined;
}

/** Undefined where there were no answers yet. @param source as a model of the history gives it */
export function courseAsOf(
  read: GradebookReader,
  source: Parameters<typeof withCourse>[0],
  map: CourseMap,
  upTo: number,
): ThenCourse | undefined {
  const { sample, columns } = courseUpTo(read, upTo);
  if (columns.correct.length === 0) return undefined;
  return { model: withCourse(source, map, columns), upTo, answers: columns.correct.length, sample };
}

/** The student as the model saw them when no import after `upTo` had come in. */
export function adaptAsOf(course: ThenCourse, read: GradebookReader, studentId: string, history: StudentHistory, upTo: number) {
  const known = history.responses.filter((_, index) => history.importNumbers[index]! <= upTo);
  return course.model.adapt(known, { counted: countedOf(course, studentId, history), profile: read.profile(studentId) });
}

/** The model that spoke of what an import brought. @param uses oldest first */
export const modelBefore = (uses: readonly ModelUse[], importNumber: number): string | null =>
  uses.findLast(({ afterImport }) => afterImport < importNumber)?.modelId ?? null;

/**
 * Keeps what the model then in use forecast of the answers of each import that was not looked at yet: from the answers of earlier imports alone, by the model
 * that was in use when it came in, and once for all. It makes no difference when this is called, as long as that model is still there.
 */
export async function recordForecasts(options: {
  readonly gradebook: Gradebook;
  readonly models: Models;
  readonly clock: Clock;
}): Promise<void> {
  const { gradebook, models, clock } = options;
  const { read } = gradebook;
  if (gradebook.readOnly) return;
  const done = new Set(read.recordedImports().map(({ number }) => number));
  const steps = read.importSteps().filter(({ answers, undone }) => answers > 0 && !undone);
  const waiting = steps
    .slice(1)
    .filter(({ number }) => !done.has(number))
    .slice(-MOST_IMPORTS);
  if (waiting.length === 0) return;
  const uses = read.modelUses();
  const students = read.studentsOfImports(waiting[0]!.number - 1);
  const map = read.courseMap();
  const breathe = createBreather(clock);
  let course: { readonly modelId: string | null; readonly then: ThenCourse } | undefined;
  for (const { number } of waiting) {
    const modelId = modelBefore(uses, number);
    const source = models.stored(modelId);
    const before = steps.filter((step) => step.number < number);
    if (source && !(course?.modelId === modelId && servesStill(course.then, before))) {
      const then = courseAsOf(read, source, map, number - 1);
      course = then && { modelId, then };
    }
    const records: ForecastRecord[] = [];
    for (const studentId of source && course ? followed(students.get(number) ?? []) : []) {
      await breathe();
      const record = forecastsOf(course!.then, read, studentId, number);
      if (record.forecasts.length > 0) records.push(record);
    }
    gradebook.recordForecasts(number, modelId, clock(), records);
  }
}

/** Whether hardly anything has come since the difficulties were worked out, and that typed in. */
export function servesStill(course: ThenCourse, before: ReturnType<GradebookReader['importSteps']>): boolean {
  const since = before.filter(({ number }) => number > course.upTo);
  return since.every(({ typed }) => typed) && since.reduce((sum, { answers }) => sum + answers, 0) < NEW_SHARE * course.answers;
}

/** Those of an import's students whose answers are held against forecasts. */
export const followed = (students: readonly string[]): readonly string[] =>
  students.length <= MOST_STUDENTS ? students : students.toSorted((a, b) => hashText(a) - hashText(b)).slice(0, MOST_STUDENTS);

/** What the course's model forecasts of one student's answers of an import, from earlier imports alone. */
export function forecastsOf(course: ThenCourse, read: GradebookReader, studentId: string, importNumber: number): ForecastRecord {
  const history = read.history(studentId);
  const state = adaptAsOf(course, read, studentId, history, importNumber - 1);
  const asked = history.responses
    .filter(({ weight }, index) => history.importNumbers[index] === importNumber && weight !== 0)
    .slice(0, JUDGED_ANSWERS);
  return {
    importNumber,
    studentId,
    known: state.answers,
    forecasts: asked.map((response) => [keyOf(response), Number(state.forecastQuestion(response).value.toFixed(4))]),
  };
}
