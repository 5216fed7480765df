import { z } from 'zod';
import { nothing } from './common.ts';
import { route } from './route.ts';

/** Marks of assignments, or answers to questions: two grids with a row a student. */
export const gridView = z.enum(['marks', 'answers']);
export type GridView = z.infer<typeof gridView>;

/** Which of several answers to one question a cell shows and changes. */
export const whichAnswer = z.enum(['first', 'latest']);
export type WhichAnswer = z.infer<typeof whichAnswer>;

/** One letter for each state that a mark has: scored, late, excused, missing. */
export const STATUS_LETTERS = { scored: 's', late: 'l', excused: 'e', missing: 'm' } as const;

/** A window of this many students at most. */
export const MOST_ROWS = 200;
/** A pasted block of this many cells at most. */
export const MOST_CELLS = 20_000;

/**
 * A window of rows with all columns: what is as long as the cells is a column of numbers, never a list of objects. C cells that hold something, by
 * row (within the window) and column.
 */
export const gridWindow = z.object({
  view: gridView,
  classId: z.string().nullable(),
  /** Of the gradebook: windows of one version fit together. */
  version: z.number(),
  /** Students of the class. */
  total: z.number(),
  first: z.number(),
  /** [rows] */
  studentIds: z.array(z.string()),
  studentNames: z.array(z.string()),
  columns: z.object({
    ids: z.array(z.string()),
    titles: z.array(z.string()),
    /** Names of the skills that it asks, joined; empty where nobody has said. */
    skills: z.array(z.string()),
    /** True where it was taken out: it counts nothing. */
    voided: z.array(z.boolean()),
    /** Points that can be had; null for questions. */
    possible: z.array(z.number().nullable()),
    /** True where the maximum was guessed from the marks. */
    guessed: z.array(z.boolean()),
    dueAt: z.array(z.number().nullable()),
  }),
  cells: z.object({
    /** [C] */
    row: z.array(z.number()),
    column: z.array(z.number()),
    /** Points, or how right the latest answer is (0 to 1); null for excused and missing. */
    value: z.array(z.number().nullable()),
    /** [C] letters of `STATUS_LETTERS`; of marks only. */
    status: z.string(),
    /** How right the first answer is, and how many there are; of answers only, else empty. */
    first: z.array(z.number()),
    count: z.array(z.number()),
  }),
});
export type GridWindow = z.infer<typeof gridWindow>;

/** What an edit did, without names: enough to say it in any language. */
export const editNote = z.object({ view: gridView, cells: z.number(), at: z.number() });
export type EditNote = z.infer<typeof editNote>;

/** A cell that was not taken, by its place in the block; words `gradebook.refused.<code>`. */
export const refusedCell = z.object({
  row: z.number(),
  column: z.number(),
  text: z.string(),
  code: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type RefusedCell = z.infer<typeof refusedCell>;

export const editOutcome = z.discriminatedUnion('outcome', [
  /** `changed` 0: every cell said so already, and nothing was written. */
  z.object({
    outcome: z.literal('done'),
    changed: z.number(),
    /** Of the gradebook that holds the edit. */
    version: z.number(),
  }),
  /** Nothing was written. The first cells are named, `count` says how many there are. */
  z.object({ outcome: z.literal('refused'), count: z.number(), cells: z.array(refusedCell) }),
]);
export type EditOutcome = z.infer<typeof editOutcome>;

/** Of undo and redo. */
export const stepOutcome = z.object({
  /** Null where there is nothing to undo or redo. */
  note: editNote.nullable(),
  /** Where the first changed cell is: student and assignment or question. */
  cell: z.object({ student: z.string(), column: z.string() }).nullable(),
  changed: z.number(),
  /** Cells that something later has changed: they stay. `reason`: words `gradebook.keptReason.<reason>`. */
  kept: z.array(z.object({ student: z.string(), column: z.string(), reason: z.string() })),
});
export type StepOutcome = z.infer<typeof stepOutcome>;

/** What a cell held; null: nothing. Of answers how right they are, with no status. */
export const editedValue = z
  .object({ value: z.number().nullable(), status: z.enum(['scored', 'late', 'excused', 'missing']).nullable() })
  .nullable();
export type EditedValue = z.infer<typeof editedValue>;

/** One edit of the grid. */
export const pastEdit = z.object({
  id: z.string(),
  at: z.number(),
  undone: z.boolean(),
  view: gridView,
  /** Title of the column that was added; null where cells were changed. */
  column: z.string().nullable(),
  /** How many cells it changed; the first are named. */
  cells: z.number(),
  changes: z.array(
    z.object({
      student: z.object({ id: z.string(), name: z.string() }),
      column: z.string(),
      before: editedValue,
      after: editedValue,
    }),
  ),
});
export type PastEdit = z.infer<typeof pastEdit>;
/** So many of the newest edits are listed. */
export const MOST_EDITS = 300;

const id = z.string().min(1).max(500);

export const EXPORTS = [
  'grid-csv',
  'grid-xlsx',
  'oneroster-1.1',
  'oneroster-1.2',
  'responses',
  'question-skills',
  'questions',
  'roster',
] as const;
export type ExportKind = (typeof EXPORTS)[number];

export const gradebookRoutes = {
  /** classId null: everyone; left out: the current class. */
  'gradebook.read': route(
    z.object({
      view: gridView,
      classId: z.string().nullable().optional(),
      first: z.number().int().nonnegative(),
      count: z.number().int().min(1).max(MOST_ROWS),
    }),
    gridWindow,
  ),
  'gradebook.steps': route(nothing, z.object({ undo: editNote.nullable(), redo: editNote.nullable() })),
  /**
   * Sets a block of cells as if each text had been typed in: all of them or none, in one transaction. Texts are read as in imported files: `7,5`,
   * `80%`, `7/10`, `excused`, `missing`, `7 late`; of answers `right`, `wrong` or 0 to 1. Empty clears.
   */
  'gradebook.edit': route(
    z.object({
      view: gridView,
      which: whichAnswer.optional(),
      students: z.array(id).min(1).max(MOST_CELLS),
      columns: z.array(id).min(1).max(MOST_CELLS),
      /** [students][columns] */
      texts: z.array(z.array(z.string().max(500))).min(1),
    }),
    editOutcome,
  ),
  /** A new column of marks. */
  'gradebook.addAssignment': route(
    z.object({ title: z.string().trim().min(1).max(200), possible: z.number().positive().max(1e6) }),
    z.object({ id: z.string() }),
  ),
  /** Takes back the newest edit that stands; nothing that came later is overwritten. */
  'gradebook.undo': route(nothing, stepOutcome),
  /** Edits so far, newest first. */
  'gradebook.edits': route(nothing, z.object({ edits: z.array(pastEdit), total: z.number() })),
  /** Takes one edit back, also when others came after it: what they changed stays and is named. */
  'gradebook.undoEdit': route(z.object({ id }), stepOutcome),
  /** Makes the edit again that was taken back last. */
  'gradebook.redo': route(nothing, stepOutcome),
  /** A file to save; classId as in `gradebook.read`. */
  'gradebook.export': route(
    z.object({ kind: z.enum(EXPORTS), classId: z.string().nullable().optional() }),
    z.object({ fileId: z.string(), name: z.string(), mime: z.string() }),
  ),
};
