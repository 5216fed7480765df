/** What an import does to what is there: each student, profile field, class, skill, prerequisite, assignment, mark and answer counts one. */
export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly conflicts: number;
}

export type Values = Readonly<Record<string, string | number | null>>;
