import { z } from 'zod';

/** Of what an import may bring or change something; in the order in which it is shown. */
export const DIFF_KINDS = ['student', 'profile', 'class', 'assignment', 'mark', 'answer', 'skill', 'prerequisite'] as const;
export type DiffKind = (typeof DIFF_KINDS)[number];

const value = z.union([z.string(), z.number(), z.null()]);

export const diffRow = z.object({
  kind: z.enum(DIFF_KINDS),
  /** conflict: what stands is kept, against the file. */
  outcome: z.enum(['new', 'changed', 'conflict']),
  /** Line of the file; null where it is about no single one. */
  line: z.number().nullable(),
  /** Whom it is about. */
  student: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** What it is about beside the student: assignment, question, skill, class, profile field; empty where the student says it all. */
  about: z.string(),
  /** Why what stands is kept: words `imports.diff.why.<why>`; empty where nothing is in conflict. */
  why: z.string(),
  /** Only what differs. `before`: what stands, null for something new; `after`: what the file says. Words `imports.diff.field.<field>`. */
  values: z.array(z.object({ field: z.string(), before: value, after: value })),
});
export type DiffRow = z.infer<typeof diffRow>;

/** What an import would do: counts of each kind, and the first of each to be looked at. */
export const importDiff = z.object({
  kinds: z.array(
    z.object({
      kind: z.enum(DIFF_KINDS),
      added: z.number(),
      changed: z.number(),
      unchanged: z.number(),
      conflicts: z.number(),
    }),
  ),
  rows: z.array(diffRow),
});
export type ImportDiff = z.infer<typeof importDiff>;
