import type {
  GlancedFile,
  ImportChoices,
  ImportRecord,
  ImportResult,
  PreviewedFile,
  UndoResult,
} from '../../shared/contract/imports.ts';
import type { School } from '../../shared/contract/plans.ts';
import type { CourseReader } from './course/ports.ts';
import type { TeacherReader, TeacherWriter } from './teacher/ports.ts';
import type { HandedOutReader, HandedOutWriter, StepResult } from './results/ports.ts';
import type { ModelUse, TrustReader, TrustWriter } from './trust/ports.ts';
import type { QuestionEffort, ResponseColumns, ResponseEvent, ResponseSequence, StudentProfile } from '../../shared/domain.ts';

/** Milliseconds since 1970 UTC. */
export type Clock = () => number;

export interface Counts {
  readonly students: number;
  readonly questions: number;
  readonly answers: number;
  readonly marks: number;
}

/** A file on its way into the gradebook. */
export interface StagedFile {
  readonly fileId: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A file to import: its bytes, or where it lies; and what the person says about it. */
export type ImportSource = (StagedFile | { readonly fileId: string; readonly name: string; readonly path: string }) & {
  readonly choices?: ImportChoices | undefined;
};

export interface ProgressReport {
  readonly fraction: number;
  readonly stage: string;
}

export interface JobHooks {
  readonly onProgress?: ((progress: ProgressReport) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface StudentRecord {
  /** The roster's stable id. */
  readonly id: string;
  readonly name: string;
  readonly classId: string | null;
  readonly className: string | null;
  readonly grade: string | null;
  readonly profile: StudentProfile;
  readonly answers: number;
  readonly lastAnswerAt: number | null;
}

export interface AnswerRecord {
  readonly order: number;
  readonly question: string;
  readonly skills: readonly string[];
  readonly correct: number;
  readonly timestamp: number | null;
  readonly importId: string;
  /** False where the question was taken out. */
  readonly counts: boolean;
}

export interface ModelRecord {
  readonly id: string;
  readonly trainedAt: number;
  readonly learner: string;
  /** Folder with model.json and weights.bin, relative to the data folder. */
  readonly folder: string;
  /** Highest answer count at training time; the difference to now is what is new. */
  readonly answers: number;
  /** When its files were deleted; null or left out while they are kept. */
  readonly removedAt?: number | null | undefined;
}

/** Which answers are read. */
export interface AnswerSelection {
  /** Only those that imports up to this number brought; all where left out. */
  readonly upTo?: number | undefined;
  /** Only those of these students, by id; everybody's where left out. */
  readonly wanted?: ((student: string) => boolean) | undefined;
}

/** One student's answers in order. */
export interface StudentHistory {
  readonly responses: readonly ResponseEvent[];
  /** [responses], number of the import that brought each. */
  readonly importNumbers: readonly number[];
  /** Another one whenever imports of typed-in answers, or their undoing, have changed the answers. */
  readonly mark: string;
}

/** An import as far as it decides what the answers are. */
export interface ImportStep {
  readonly number: number;
  /** Typed in, not from a file. */
  readonly typed: boolean;
  readonly answers: number;
  readonly undone: boolean;
}

/** Everything the other services read from the gradebook. Synchronous: better-sqlite3 answers in microseconds. */
export interface GradebookReader extends CourseReader, TeacherReader, TrustReader, HandedOutReader {
  counts(): Counts;
  classes(): readonly { readonly id: string; readonly name: string; readonly students: number }[];
  /** The class of the newest answer (by time where it is known); null without classes. */
  currentClass(): string | null;
  /** classId null: everyone; ordered by name (locale-independent, stable). */
  students(classId: string | null): readonly StudentRecord[];
  /** Undefined where there is none. */
  student(id: string): StudentRecord | undefined;
  /** Students whose name or id holds the text, in any case. */
  findStudents(
    text: string,
    limit: number,
  ): readonly { readonly id: string; readonly name: string; readonly className: string | null }[];
  /** Answers in order, of the given students or of all; students without answers have an empty sequence. */
  sequences(studentIds?: readonly string[]): readonly ResponseSequence[];
  /** The same as columns, students in the order of their ids: no object for an answer. */
  columns(selection?: AnswerSelection): ResponseColumns;
  /** One student's answers; none where there is no such student. */
  history(studentId: string): StudentHistory;
  /** The mark of that history, without reading it. */
  historyMark(studentId: string): string;
  /** What the roster says of each student, by id; those of whom it says nothing are missing. */
  profiles(): ReadonlyMap<string, StudentProfile>;
  profile(studentId: string): StudentProfile | undefined;
  /** What answers to each question took of everybody, by the question's id: looks at every answer. Questions without hints, tries or times are missing. */
  effort(): ReadonlyMap<string, QuestionEffort>;
  /** Number of answers of each student who has any, by id. */
  answerCounts(): ReadonlyMap<string, number>;
  /** All imports in their order. */
  importSteps(): readonly ImportStep[];
  /** Newest first. */
  answersOf(studentId: string): readonly AnswerRecord[];
  searchQuestions(
    text: string,
    limit: number,
  ): readonly { readonly id: string; readonly skills: readonly string[]; readonly answers: number }[];
  /** All that were ever trained here, oldest first. */
  models(): readonly ModelRecord[];
  /** Rises with every commit of any process. */
  dataVersion(): number;
  /** When the content changed last; null where nothing was ever imported. */
  changedAt(): number | null;
  school(): School;
}

export interface Gradebook extends TeacherWriter, TrustWriter, HandedOutWriter {
  /** True where the system allows reading only: every write fails with the code `read-only`. */
  readonly readOnly: boolean;
  readonly read: GradebookReader;
  /** Keeps a model and takes it into use, in one transaction. */
  recordModel(model: ModelRecord, reason?: ModelUse['reason']): void;
  setSchool(school: School): void;
  /** What a person should know, told once: work whose process died before it ended (interrupted-import, interrupted-undo, interrupted-train), damaged-log, read-only. */
  takeInterruptions(): readonly { readonly code: string; readonly detail: Readonly<Record<string, string | number>> }[];
  /** Marks that work has begun; call the result when it is over. A mark that outlives its process becomes an interruption. */
  markInterruptible(kind: 'train'): () => void;
  close(): void;
}

export interface NewAnswer {
  /** Empty: an id is made. */
  readonly question: string;
  readonly skills: readonly string[];
  readonly correct: number;
}

export interface Importing {
  /** What the files are by their first rows, without counting; files of which only the whole can tell are left out. */
  glance(files: readonly ImportSource[]): Promise<readonly GlancedFile[]>;
  preview(files: readonly ImportSource[], hooks?: JobHooks): Promise<readonly PreviewedFile[]>;
  /** All files in one transaction, in a worker thread. Refused as a whole: PathlightError. Cancelled: CancelledError, nothing written. */
  commit(files: readonly ImportSource[], hooks: JobHooks): Promise<ImportResult>;
  list(): readonly ImportRecord[];
  undo(importId: string, hooks: JobHooks): Promise<UndoResult>;
  /** Students whose names were typed in: an import of format `manual`, at once; their ids in the names' order. */
  addStudents(names: readonly string[], className: string): { readonly importId: string; readonly students: readonly string[] };
  /** Typed-in answers: an import of format `manual`, in one transaction, at once. @param results of a plan's steps that the answers come from, kept with them */
  addAnswers(
    studentId: string,
    answers: readonly NewAnswer[],
    results?: { readonly plan: number; readonly steps: readonly StepResult[] },
  ): { readonly importId: string };
  close(): Promise<void>;
}
