import { z } from 'zod';
import { jobReference, nothing } from './common.ts';
import { courseRule } from './course.ts';
import { cleaned, cleaningChoices, cleaningReport } from './import-cleaning.ts';
import { importDiff } from './import-diff.ts';
import { route } from './route.ts';

/** Kinds of files that are recognised. */
export const FILE_FORMATS = [
  ...(['oneroster-1.1', 'oneroster-1.2', 'canvas-gradebook', 'moodle-grades', 'moodle-quiz', 'moodle-users', 'clever'] as const),
  ...(['blackboard', 'd2l', 'schoology', 'google-forms', 'kahoot', 'assistments', 'datashop', 'case'] as const),
  ...(['pathlight-gradebook', 'pathlight-roster', 'pathlight-responses', 'mapped'] as const),
] as const;

/** Beside them: answers typed in, and what lists of skills were called in gradebooks of the first version. */
export const IMPORT_FORMATS = [...FILE_FORMATS, 'manual', 'pathlight-skills', 'pathlight-prerequisites'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** What a column may mean in the column mapper; `mark` and `answer` make a column each assignment or question of its own. */
export const COLUMN_MEANINGS = [
  ...(['student', 'name', 'given_name', 'family_name', 'email', 'login', 'class', 'grade'] as const),
  ...(['question', 'skill', 'correct', 'order', 'timestamp', 'response_time_ms', 'attempt', 'hint'] as const),
  ...(['assignment', 'points', 'possible', 'mark', 'answer'] as const),
] as const;

/** What a person says a file is, against what was found; what is left out is found. */
export const importChoices = z.object({
  format: z.enum(FILE_FORMATS).optional(),
  encoding: z.string().optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  decimal: z.enum(['.', ',']).optional(),
  /** Line of the header row, counted from 1. */
  headerLine: z.number().int().positive().optional(),
  /** Header text → meaning: the column mapper. Empty: the column is not kept. */
  mapping: z.record(z.string(), z.enum([...COLUMN_MEANINGS, ''])).optional(),
  /** Key of a student in the file (`kind:value`) → id of the student that it is. */
  matches: z.record(z.string(), z.string()).optional(),
  /** Saved rules on titles to apply with the import. */
  rules: z.array(z.number()).optional(),
  /** Steps of cleaning that are not as usual (`CLEANING_DEFAULTS`). */
  clean: cleaningChoices.optional(),
});
export type ImportChoices = z.infer<typeof importChoices>;

const detail = z.record(z.string(), z.union([z.string(), z.number()]));

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
  /** Skills and prerequisites that the file lists; of an import that was made: those that stand because of it. */
  skills: z.number(),
  prerequisites: z.number(),
  refused: z.array(refusedRow),
  /** What cleaning found and did; steps that found nothing are among them. */
  cleaning: z.array(cleaned),
});
export type ImportedFile = z.infer<typeof importedFile>;

/** What a file is by its first rows, while its rows are still counted; fields as in `previewedFile`. */
export const glancedFile = z.object({
  fileId: z.string(),
  file: z.string(),
  format: z.enum(IMPORT_FORMATS),
  encoding: z.string(),
  delimiter: z.string(),
  decimal: z.enum(['.', ',']),
  certainty: z.number(),
  because: z.object({ code: z.string(), detail }),
  headerLine: z.number(),
  header: z.array(z.string()),
  sample: z.array(z.array(z.string())),
  columns: z.array(z.object({ column: z.string(), meaning: z.string() })),
  rowsAbout: z.number(),
});
export type GlancedFile = z.infer<typeof glancedFile>;

export const previewedFile = z.discriminatedUnion('outcome', [
  importedFile.extend({
    outcome: z.literal('recognised'),
    fileId: z.string(),
    header: z.array(z.string()),
    /** The first rows, as text, unchanged. */
    sample: z.array(z.array(z.string())),
    /** Columns that will be kept, and as what. */
    columns: z.array(z.object({ column: z.string(), meaning: z.string() })),
    /** How sure it is, 0 to 1, and by what: words `imports.because.<code>`. */
    certainty: z.number(),
    because: z.object({ code: z.string(), detail }),
    /** Other kinds that fit too. */
    others: z.array(z.enum(IMPORT_FORMATS)),
    /** Line of the header row, counted from 1; 0 where there is none. */
    headerLine: z.number(),
    /** Columns that are not kept and why: words `imports.ignoredBecause.<why>`; `sensitive.…` never are. */
    ignored: z.array(z.object({ column: z.string(), why: z.string() })),
    assignments: z.number(),
    /** The decimal sign of its numbers. */
    decimal: z.enum(['.', ',']),
    /** What cleaning found, each step whether on or off. */
    cleaning: cleaningReport,
    diff: importDiff,
    changes: z.object({ added: z.number(), changed: z.number(), unchanged: z.number(), conflicts: z.number() }),
    conflicts: z.array(z.object({ line: z.number(), code: z.string(), detail })),
    /** How the file's students were found: by key, by name, by the teacher's decision, or not at all. */
    matched: z.object({ key: z.number(), name: z.number(), decision: z.number(), new: z.number() }),
    /** Students who have only a nickname or a name and were not found: whom the teacher may match. */
    unmatched: z.array(z.object({ key: z.string(), name: z.string() })),
    /** Saved rules that would give skills to what has none once this is imported. */
    rules: z.array(courseRule.extend({ fills: z.number() })),
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
    /** The first rows, where the file is a table: somebody may say what its columns mean. */
    table: z.object({ headerLine: z.number(), header: z.array(z.string()), sample: z.array(z.array(z.string())) }).nullable(),
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

export const importResult = z.object({
  files: z.array(importedFile),
  /** Students whom the files name, each once. */
  students: z.number(),
  gradebook: gradebookCounts,
});
export type ImportResult = z.infer<typeof importResult>;

export const importRoutes = {
  /** The same as a preview for the first rows alone: at once, however long the files are. */
  'imports.glance': route(
    z.object({ fileIds: z.array(z.string()).min(1), choices: z.record(z.string(), importChoices).optional() }),
    z.object({ files: z.array(glancedFile) }),
  ),
  /** Reads staged files and says what they are; writes nothing; events `preview` tell how far it is. A newer one stops it. Takes the files together: answers may refer to a roster beside them. */
  'imports.preview': route(
    z.object({ fileIds: z.array(z.string()).min(1), choices: z.record(z.string(), importChoices).optional() }),
    z.object({ files: z.array(previewedFile) }),
  ),
  /** Starts the import as one transaction; job result (event job.done) is an ImportResult. */
  'imports.commit': route(
    z.object({ fileIds: z.array(z.string()).min(1), choices: z.record(z.string(), importChoices).optional() }),
    jobReference,
  ),
  'imports.list': route(nothing, z.object({ imports: z.array(importRecord) })),
  /** Starts the undo; job result is an UndoResult. */
  'imports.undo': route(z.object({ importId: z.string() }), jobReference),
};
