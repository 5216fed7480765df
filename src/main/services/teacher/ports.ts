import type { Decision, HeldDecision } from '../../../shared/decisions.ts';
import type { Strategy } from '../../../shared/strategy.ts';
import type { Material } from '../../../shared/material.ts';

/** A teacher's note on a student. */
export interface NoteRecord {
  readonly id: string;
  readonly text: string;
  readonly at: number;
  /** When it was changed last; null where it never was. */
  readonly editedAt: number | null;
}

/** A decision with whether it was taken back. */
export interface StoredDecision extends HeldDecision {
  readonly studentId: string;
  readonly stands: boolean;
}

export interface NewDecision {
  readonly id: string;
  readonly studentId: string;
  readonly decision: Decision;
  readonly note: string;
  /** The student's answers on the skill now; 0 for a goal. */
  readonly answers: number;
  readonly at: number;
}

/** A piece of material with the skill that it is for. */
export interface SkillMaterial extends Material {
  readonly skill: string;
  /** Of a file, in bytes; 0 for a web page. */
  readonly size: number;
}

export interface NewMaterial {
  readonly id: string;
  readonly skill: string;
  readonly title: string;
  readonly strategy: Strategy | null;
  readonly at: number;
  readonly source: { readonly address: string } | { readonly fileName: string; readonly bytes: Uint8Array };
}

/** What is read of a teacher's own word. */
export interface TeacherReader {
  /** Decisions about a student, newest first, with those that were taken back. */
  decisions(studentId: string): readonly StoredDecision[];
  decision(id: string): StoredDecision | undefined;
  /** Newest first, without deleted ones. */
  notes(studentId: string): readonly NoteRecord[];
  /** By skill, for those that stand; each skill's in the order in which it came. */
  material(): ReadonlyMap<string, readonly SkillMaterial[]>;
  /** Undefined where it is no file, or deleted. */
  materialFile(id: string): { readonly name: string; readonly bytes: Uint8Array } | undefined;
}

/** What is written of it, each in one transaction. */
export interface TeacherWriter {
  /** @throws PathlightError `no-such-student` */
  addDecision(decision: NewDecision): void;
  /** Takes a decision back, or lets it hold again; false where it is so already. @throws PathlightError `no-such-decision` */
  standDecision(id: string, stands: boolean, at: number): boolean;
  /** @throws PathlightError `no-such-student` */
  addNote(note: { readonly id: string; readonly studentId: string; readonly text: string; readonly at: number }): void;
  /** @throws PathlightError `no-such-note` */
  editNote(id: string, text: string, at: number): void;
  /** Deletes a note, or brings a deleted one back. @throws PathlightError `no-such-note` */
  deleteNote(id: string, deleted: boolean, at: number): void;
  /** All in one transaction. */
  addMaterial(added: readonly NewMaterial[]): void;
  /** Deletes it, or brings it back. @throws PathlightError `no-such-material` */
  deleteMaterial(id: string, deleted: boolean, at: number): void;
}
