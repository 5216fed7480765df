import { hashText } from '../random.ts';
import type { Random } from '../random.ts';
import type { ResponseTable } from '../responses.ts';
import { covariatesOf } from '../student-model/adaptation.ts';
import { knowledgeColumns, knowledgeRoom, learnCourse } from '../student-model/course.ts';
import type { CourseKnowledge, KnowledgeColumns } from '../student-model/course.ts';
import { noHistory, offsetOf, summariseHistory, writeFeatures } from '../student-model/features.ts';
import type { HistorySummary, SupportAnswer, Target } from '../student-model/features.ts';
import { skillWidth } from '../student-model/parameters.ts';
import type { ModelParameters, ModelShape } from '../student-model/parameters.ts';
import { strengthOn } from '../student-model/standing.ts';
import type { ShrinkageStrengths } from '../student-model/statistics.ts';
import type { AnswerRows, MetaBatch } from './meta-loss.ts';

/** A course as past students show it: whose answers give the difficulties, and whose are forecast. */
export interface Episode {
  readonly table: ResponseTable;
  readonly course: CourseKnowledge;
  readonly knowledge: KnowledgeColumns;
  /** Students with enough answers to be a task. */
  readonly tasks: readonly number[];
  /** Row offset of this course's skills among the model's; −1 where its skills have no factors (a simulated course). */
  readonly factorOffset: number;
  /** Standardised profile of each student, [C − 1]. */
  readonly profiles?: readonly ArrayLike<number>[] | undefined;
  /** Students are drawn in proportion to their answers, up to FULL_TASK; all alike where left out. */
  readonly inProportion?: boolean | undefined;
}

/** Fewer answers than this make no task. */
export const SHORTEST_TASK = 5;

/** Students with enough answers to be a task, as indexes. */
export const trainableStudents = (table: ResponseTable): number[] =>
  table.students.flatMap((_, student) => (table.start[student + 1]! - table.start[student]! >= SHORTEST_TASK ? [student] : []));

/**
 * @param known students whose answers give the difficulties (each is left out of their own)
 * @param asked students who become tasks
 */
export function createEpisode(
  table: ResponseTable,
  known: (student: number) => boolean,
  asked: (student: number) => boolean,
  factorOffset: number,
  strengths?: ShrinkageStrengths,
  profiles?: readonly ArrayLike<number>[],
): Episode {
  const course = learnCourse(table, known, strengths);
  const knowledge = knowledgeColumns(table, course, known);
  const tasks = trainableStudents(table).filter(asked);
  return { table, course, knowledge, tasks, factorOffset, profiles };
}

/**
 * Course episodes of one table: in each, the difficulties come from some of the students and are asked of the others, so that what is
 * learned is how to read a difficulty that the student had no part in. (Leaving a student's own answers out of a difficulty tells a little about
 * them: the same question is harder by exactly what they got right.)
 * @param known whose answers may be used at all
 */
export function foldEpisodes(whole: Episode, known: (student: number) => boolean, folds: number): Episode[] {
  const { table, course, factorOffset, profiles } = whole;
  const room = knowledgeRoom(table);
  const foldOf = Int32Array.from(table.students, (student) => hashText(student) % folds);
  return Array.from({ length: folds }, (_, fold) => {
    const asked = new Set(whole.tasks.filter((student) => foldOf[student] === fold));
    const outside = learnCourse(table, (student) => known(student) && foldOf[student] !== fold, course.strengths);
    const knowledge = knowledgeColumns(
      table,
      outside,
      () => false,
      (student) => asked.has(student),
      room,
    );
    return { table, course: outside, knowledge, tasks: [...asked], factorOffset, profiles };
  }).filter(({ tasks }) => tasks.length > 0);
}

/** @param ahead see Target */
export function supportAnswer(table: ResponseTable, knowledge: KnowledgeColumns, row: number, ahead = 0): SupportAnswer & Target {
  return {
    ahead,
    question: table.question[row]!,
    skills: table.skillSets[table.skillSet[row]!]!,
    knowledge: knowledge.at(row),
    correct: table.correct[row]!,
    weight: table.weight[row]!,
  };
}

export interface BatchSettings {
  readonly students: number;
  readonly support: number;
  readonly query: number;
  /** Support sizes to draw from. */
  readonly after: readonly number[];
  /** Query answers lie within this many positions of the window's begin. */
  readonly window: number;
}

export const SHORT_BATCH: BatchSettings = {
  students: 128,
  support: 20,
  query: 16,
  after: [0, 1, 2, 3, 4, 5, 7, 10, 14, 20],
  window: 40,
};
export const LONG_BATCH: BatchSettings = { students: 32, support: 80, query: 16, after: [30, 45, 60, 80], window: 110 };

/** @param width of what a row says of its skills, 0 where that does not matter */
export function emptyRows(students: number, length: number, features: number, width: number): AnswerRows {
  const rows = students * length;
  return {
    length,
    features: new Float32Array(rows * features),
    offset: new Float32Array(rows),
    factors: new Float32Array(rows * width),
    correct: new Float32Array(rows),
    weight: new Float32Array(rows),
    skillSet: new Int32Array(rows).fill(-1),
  };
}

/** A window of a student's answers: rows of the table, the first `after` of them known, some of the rest asked. */
export interface DrawnTask {
  readonly student: number;
  readonly first: number;
  readonly after: number;
  /** At most as many as the settings say. */
  readonly asked: readonly number[];
}

/** Students with more answers are drawn alike. */
const FULL_TASK = 80;

export function drawTask({ table, tasks, inProportion }: Episode, settings: BatchSettings, random: Random): DrawnTask {
  const lengthOf = (each: number): number => table.start[each + 1]! - table.start[each]!;
  let student = random.choice(tasks);
  while (inProportion && random.uniform() * FULL_TASK > lengthOf(student)) student = random.choice(tasks);
  const begin = table.start[student]!;
  const length = lengthOf(student);
  // Most windows begin with the first answer: that is where a new student stands.
  const first = begin + (random.uniform() < 0.6 ? 0 : random.integer(Math.max(1, length - SHORTEST_TASK)));
  const last = Math.min(begin + length, first + settings.window);
  const after = Math.min(random.choice(settings.after), last - first - 1);
  const rest = Array.from({ length: last - first - after }, (_, index) => first + after + index);
  return { student, first, after, asked: rest.length > settings.query ? random.shuffle(rest).slice(0, settings.query) : rest };
}

/** Writes the mean of what is learned about each skill of a row's set; nothing where the course's skills are not among the model's. */
export function skillsInto(
  rows: AnswerRows,
  index: number,
  { table, factorOffset }: Episode,
  skillFactors: Float32Array,
  width: number,
  set: number,
): void {
  if (factorOffset < 0) return;
  rows.skillSet[index] = set;
  const skills = table.skillSets[set]!;
  for (let entry = 0; entry < width; entry++) {
    let sum = 0;
    for (const skill of skills) sum += skillFactors[(factorOffset + skill) * width + entry] ?? 0;
    rows.factors[index * width + entry] = skills.length ? sum / skills.length : 0;
  }
}

/** Draws tasks of one episode: for each a window of a student's answers, the first k as support, some of the rest as query. */
export function drawBatch(
  episode: Episode,
  parameters: ModelParameters,
  shape: ModelShape,
  settings: BatchSettings,
  random: Random,
): MetaBatch {
  const { table, knowledge } = episode;
  const { spread } = knowledge;
  const width = skillWidth(shape);
  const before = noHistory(spread);
  const covariates = new Float32Array(settings.students * shape.covariates);
  const variance = new Float32Array(settings.students);
  const support = emptyRows(settings.students, settings.support, shape.features, width);
  const query = emptyRows(settings.students, settings.query, shape.features, width);
  const write = (
    rows: AnswerRows,
    index: number,
    history: HistorySummary,
    offset: number,
    answer: SupportAnswer & Target,
    set: number,
  ): void => {
    writeFeatures(rows.features, index * shape.features, history, answer);
    rows.offset[index] = offset;
    rows.correct[index] = answer.correct;
    rows.weight[index] = answer.weight;
    skillsInto(rows, index, episode, parameters.skillFactors, width, set);
  };
  for (let task = 0; task < settings.students; task++) {
    const { student, first, after, asked } = drawTask(episode, settings, random);
    const answers = Array.from({ length: after }, (_, row) => supportAnswer(table, knowledge, first + row, row));
    const history = summariseHistory(answers, spread);
    answers.forEach((answer, row) => {
      const offset = answer.knowledge.adjusted + strengthOn(history.standing, answer.skills);
      write(support, task * settings.support + row, before, offset, answer, table.skillSet[first + row]!);
    });
    variance[task] = history.variance;
    covariates.set(covariatesOf(shape, history, episode.profiles?.[student]), task * shape.covariates);
    asked.forEach((row, index) => {
      const answer = supportAnswer(table, knowledge, row, row - first - after);
      write(query, task * settings.query + index, history, offsetOf(history, answer), answer, table.skillSet[row]!);
    });
  }
  return { students: settings.students, support, query, covariates, variance };
}
