import type { z } from 'zod';
import type { refusedRow } from '../../shared/contract/imports.ts';
import type { ProfileValue } from '../../shared/domain.ts';

/** What the gradebook takes in: checked rows of one file. */

export type RefusedRow = z.infer<typeof refusedRow>;

export interface RosterRow {
  readonly line: number;
  readonly student: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly className: string;
  readonly grade: string;
  readonly profile: readonly { readonly area: string; readonly field: string; readonly value: ProfileValue }[];
}

export interface ResponseRow {
  readonly line: number;
  readonly student: string;
  readonly order: number;
  readonly question: string;
  readonly skills: readonly string[];
  readonly correct: number;
  readonly timestamp: number | null;
  readonly responseTimeMs: number | null;
  readonly attempt: number | null;
  readonly hint: number | null;
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

export type CheckedRows =
  | { readonly format: 'pathlight-roster'; readonly rows: readonly RosterRow[]; readonly refused: readonly RefusedRow[] }
  | { readonly format: 'pathlight-responses'; readonly rows: readonly ResponseRow[]; readonly refused: readonly RefusedRow[] }
  | { readonly format: 'pathlight-skills'; readonly rows: readonly SkillRow[]; readonly refused: readonly RefusedRow[] }
  | {
      readonly format: 'pathlight-prerequisites';
      readonly rows: readonly PrerequisiteRow[];
      readonly refused: readonly RefusedRow[];
    };
