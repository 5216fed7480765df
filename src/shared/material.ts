import type { Strategy } from './strategy.ts';

/** What a teacher has for a skill: a web page or a file. */
export interface Material {
  readonly id: string;
  readonly title: string;
  /** http or https; null for a file. */
  readonly address: string | null;
  /** Null for a web page. */
  readonly fileName: string | null;
  /** The way of working that it is for; null: any. */
  readonly strategy: Strategy | null;
}

/** Why a row of a table of material is not taken. */
export const MATERIAL_REFUSALS = ['no-such-skill', 'bad-address', 'bad-strategy'] as const;
export type MaterialRefusal = (typeof MATERIAL_REFUSALS)[number];
