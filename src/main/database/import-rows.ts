import type { z } from 'zod';
import type { refusedRow } from '../../shared/contract/imports.ts';
import type { AnswerKey, ProfileValue } from '../../shared/domain.ts';
import type { AnswerColumns } from './new-answers.ts';

/** What the gradebook takes in: the checked content of one file, whatever system wrote it. */

export type RefusedRow = z.infer<typeof refusedRow>;

/**
 * Under what a student is known. `id` is the school's own number; `email` and `login` are shared by systems; the others hold within
 * one system only. `nickname` is what somebody called themselves in a game.
 */
export type KeyKind =
  'id' | 'email' | 'login' | 'nickname' | 'canvas' | 'oneroster' | 'clever' | 'schoology' | 'assistments' | 'datashop' | 'name';

export interface StudentKey {
  readonly kind: KeyKind;
  readonly value: string;
}

export interface IncomingStudent {
  readonly line: number;
  /** The surest first; at least one. */
  readonly keys: readonly StudentKey[];
  /** Empty where the file does not say. */
  readonly givenName: string;
  readonly familyName: string;
  readonly className: string;
  readonly grade: string;
  readonly profile: readonly { readonly area: string; readonly field: string; readonly value: ProfileValue }[];
}

export interface IncomingClass {
  /** The system's id of the class; empty where only its name is known. */
  readonly code: string;
  readonly name: string;
}

export interface Enrolment {
  /** Index into `students`. */
  readonly student: number;
  /** The class's code, or its name. */
  readonly classCode: string;
}

export interface SkillRow {
  readonly line: number;
  readonly skill: string;
  readonly name: string;
}

export interface PrerequisiteRow {
  readonly line: number;
  readonly skill: string;
  readonly prerequisite: string;
}

/** Which skills a question or assignment asks, as a table says it. */
export interface ItemSkillsRow {
  readonly line: number;
  /** Its id or title. */
  readonly item: string;
  /** Ids or names. */
  readonly skills: readonly string[];
  /** Where a question and an assignment are called the same. */
  readonly kind?: 'question' | 'assignment' | undefined;
  /** How it counts, where the table says that too; then no skills means that it asks none. */
  readonly counting?: ItemCounting | undefined;
}

export interface ItemCounting {
  readonly voided: boolean;
  readonly key: AnswerKey | null;
  /** 0.25 to 4. */
  readonly weight: number;
  readonly reason: string;
}

export interface IncomingAssignment {
  /** The system's own id, which alone tells two of one title apart; empty where there is none. */
  readonly sourceId: string;
  readonly title: string;
  /** Null where the file does not say; it is then guessed from the marks. */
  readonly possible: number | null;
  /** True where the maximum that is said was once guessed. */
  readonly guessed?: boolean | undefined;
  readonly dueAt: number | null;
  readonly skills: readonly string[];
}

/** What became of a piece of work. Only `scored` and `late` carry points; `excused` never counts, `missing` is not taken for zero. */
export type MarkStatus = 'scored' | 'excused' | 'missing' | 'late';

export interface IncomingMark {
  readonly line: number;
  /** Index into `students`. */
  readonly student: number;
  /** Index into `assignments`. */
  readonly assignment: number;
  readonly points: number | null;
  readonly status: MarkStatus;
  readonly markedAt: number | null;
}

/** Something worth saying about a file before it is imported; words are `imports.notes.<code>`. */
export interface ImportNote {
  readonly code: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

export interface ImportContent {
  readonly format: string;
  readonly students: readonly IncomingStudent[];
  readonly classes: readonly IncomingClass[];
  readonly enrolments: readonly Enrolment[];
  readonly skills: readonly SkillRow[];
  readonly prerequisites: readonly PrerequisiteRow[];
  readonly assignments: readonly IncomingAssignment[];
  readonly marks: readonly IncomingMark[];
  readonly itemSkills: readonly ItemSkillsRow[];
  readonly answers: AnswerColumns;
  readonly refused: readonly RefusedRow[];
  readonly notes: readonly ImportNote[];
}

export const noContent = (): Omit<ImportContent, 'format' | 'answers'> => ({
  students: [],
  classes: [],
  enrolments: [],
  skills: [],
  prerequisites: [],
  assignments: [],
  marks: [],
  itemSkills: [],
  refused: [],
  notes: [],
});
