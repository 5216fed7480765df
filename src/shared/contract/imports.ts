import { z } from 'zod';
import { jobReference, nothing } from './common.ts';
import { route } from './route.ts';

export const IMPORT_FORMATS = [
  'pathlight-roster',
  'pathlight-responses',
  'pathlight-skills',
  'pathlight-prerequisites',
  'manual',
] as const;

export const refusedRow = z.object({
  /** Line in the file, counted from 1, the header included. */
  line: z.number(),
  reason: z.string(),
  /** Stable, with words `imports.refused.<code>`. */
  code: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
});

const counts = { students: z.number(), questions: z.number(), answers: z.number(), marks: z.number() };
export const gradebookCounts = z.object(counts);

/** What a file was taken for; before (preview) or after (import) it was written. */
export const importedFile = z.object({
  /** The import's id; null in a preview. */
  id: z.string().nullable(),
  file: z.string(),
  format: z.enum(IMPORT_FORMATS),
  encoding: z.string(),
  delimiter: z.string(),
  ...counts,
  refused: z.array(refusedRow),
});
export type ImportedFile = z.infer<typeof importedFile>;

export const previewedFile = z.discriminatedUnion('outcome', [
  importedFile.extend({
    outcome: z.literal('recognised'),
    fileId: z.string(),
    header: z.array(z.string()),
    /** The first rows, as text, unchanged. */
    sample: z.array(z.array(z.string())),
    /** Columns that will be kept, and as what. */
    columns: z.array(z.object({ column: z.string(), meaning: z.string() })),
    changes: z.object({ added: z.number(), changed: z.number(), unchanged: z.number() }),
    /** Set where the very same file stands in the gradebook already. */
    importedBefore: z.object({ importId: z.string(), at: z.number() }).nullable(),
    /** Stable codes with words `imports.notes.<code>`: e.g. single-student. */
    notes: z.array(z.object({ code: z.string(), detail: z.record(z.string(), z.union([z.string(), z.number()])) })),
  }),
  z.object({
    outcome: z.literal('refused'),
    fileId: z.string(),
    file: z.string(),
    code: z.string(),
    message: z.string(),
    detail: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
]);
export type PreviewedFile = z.infer<typeof previewedFile>;

export const importRecord = importedFile.extend({
  id: z.string(),
  /** Milliseconds since 1970 UTC. */
  at: z.number(),
  /** SHA-256 of the file, hexadecimal; empty for answers typed in. */
  hash: z.string(),
  undone: z.boolean(),
});
export type ImportRecord = z.infer<typeof importRecord>;

/** `kept`: values that a later import or edit has changed since; they stay, and are named. */
export const undoResult = z.object({
  importId: z.string(),
  removed: z.number(),
  restored: z.number(),
  kept: z.array(z.object({ what: z.string(), reason: z.string() })),
  gradebook: gradebookCounts,
});
export type UndoResult = z.infer<typeof undoResult>;

export const importResult = z.object({ files: z.array(importedFile), gradebook: gradebookCounts });
export type ImportResult = z.infer<typeof importResult>;

export const importRoutes = {
  /** Reads staged files and says what they are; writes nothing. Takes the files together: answers may refer to a roster beside them. */
  'imports.preview': route(z.object({ fileIds: z.array(z.string()).min(1) }), z.object({ files: z.array(previewedFile) })),
  /** Starts the import as one transaction; job result (event job.done) is an ImportResult. */
  'imports.commit': route(z.object({ fileIds: z.array(z.string()).min(1) }), jobReference),
  'imports.list': route(nothing, z.object({ imports: z.array(importRecord) })),
  /** Starts the undo; job result is an UndoResult. */
  'imports.undo': route(z.object({ importId: z.string() }), jobReference),
};
