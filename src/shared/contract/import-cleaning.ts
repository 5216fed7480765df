import { z } from 'zod';

/**
 * What is looked for in a file, in the order in which it is done; words `importReview.cleaning.<step>`.
 * moments: dates that cannot be · times: implausible response times · duplicates: an answer that stands twice · order: moments that go back
 * within a student · constant: a column that says the same of everybody · fields: spellings and units of profile fields.
 */
export const CLEANING_STEPS = ['moments', 'times', 'duplicates', 'order', 'constant', 'fields'] as const;
export type CleaningStep = (typeof CLEANING_STEPS)[number];

/** On where what is dropped is surely wrong or stands twice; off where somebody who knows the file must say so. */
export const CLEANING_DEFAULTS: Readonly<Record<CleaningStep, boolean>> = {
  moments: true,
  times: true,
  duplicates: true,
  order: false,
  constant: false,
  fields: true,
};

export const cleaningChoices = z.object({
  moments: z.boolean().optional(),
  times: z.boolean().optional(),
  duplicates: z.boolean().optional(),
  order: z.boolean().optional(),
  constant: z.boolean().optional(),
  fields: z.boolean().optional(),
});
export type CleaningChoices = z.infer<typeof cleaningChoices>;

export const cleaningExample = z.object({
  file: z.string(),
  /** Line of the file; null where it is about a whole column. */
  line: z.number().nullable(),
  /** What it is about: question, assignment or field. */
  about: z.string(),
  /** As the file has it. `kind` says how to write it: a moment and a duration are milliseconds. */
  value: z.union([z.string(), z.number()]),
  kind: z.enum(['text', 'moment', 'duration']),
  /** What it becomes while the step is on; null: it is left out. */
  becomes: z.union([z.string(), z.number()]).nullable(),
});
export type CleaningExample = z.infer<typeof cleaningExample>;

/** What a step found, and whether it was done: kept with the import. */
export const cleaned = z.object({ step: z.enum(CLEANING_STEPS), on: z.boolean(), count: z.number() });
export type Cleaned = z.infer<typeof cleaned>;

export const cleaningReport = z.array(cleaned.extend({ examples: z.array(cleaningExample) }));
export type CleaningReport = z.infer<typeof cleaningReport>;
