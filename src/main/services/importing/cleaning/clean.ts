import { CLEANING_DEFAULTS, CLEANING_STEPS } from '../../../../shared/contract/import-cleaning.ts';
import type { CleaningChoices, CleaningReport, CleaningStep } from '../../../../shared/contract/import-cleaning.ts';
import type { ImportContent } from '../../../database/import-rows.ts';
import { cleanMoments, cleanTimes } from './answer-times.ts';
import { findDuplicates, putInOrder } from './answer-order.ts';
import { constantColumns } from './constant-columns.ts';
import { Findings } from './findings.ts';
import { standardiseFields } from './profile-fields.ts';
import type { KnownValues } from './profile-fields.ts';

export interface CleanOptions {
  readonly file: string;
  /** What the person said; the rest is as usual. */
  readonly choices?: CleaningChoices | undefined;
  /** When the file is looked at, in milliseconds since 1970 UTC: nothing was answered after it. */
  readonly at: number;
  /** What the gradebook's profile fields hold: its spellings stay. */
  readonly known?: KnownValues | undefined;
}

/**
 * Looks for what cannot be or says nothing, and mends it where the step is on; off, it is counted all the same. The columns of answers
 * are changed in place: a file has millions.
 */
export function cleanContent<Content extends ImportContent>(
  content: Content,
  { file, choices = {}, at, known }: CleanOptions,
): { readonly content: Content; readonly report: CleaningReport } {
  const findings = new Map(
    CLEANING_STEPS.map((step): [CleaningStep, Findings] => [step, new Findings(file, choices[step] ?? CLEANING_DEFAULTS[step])]),
  );
  const of = (step: CleaningStep): Findings => findings.get(step)!;
  const { answers } = content;
  const marks = cleanMoments(content, of('moments'), at);
  cleanTimes(answers, of('times'));
  findDuplicates(answers, content.students.length, of('duplicates'));
  putInOrder(answers, content.students.length, of('order'));
  const students = standardiseFields(constantColumns({ ...content, marks }, of('constant')), of('fields'), known);
  return {
    content: { ...content, marks, students },
    report: CLEANING_STEPS.map((step) => {
      const { on, count, examples } = of(step);
      return { step, on, count, examples: [...examples] };
    }),
  };
}
