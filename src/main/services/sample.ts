import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PathlightError } from '../../shared/errors.ts';
import type { ImportResult } from '../../shared/contract/imports.ts';
import type { Gradebook, Importing, JobHooks } from './ports.ts';

const FILES = ['skills.csv', 'prerequisites.csv', 'roster.csv', 'answers.csv'];

/**
 * Imports the shipped class of simulated students.
 * @throws PathlightError `not-empty` where the gradebook holds something already: a teacher's own students are not mixed with invented ones
 */
export async function loadSample(options: {
  readonly resources: string;
  /** What its skills are called in. */
  readonly language: 'en' | 'zh';
  readonly gradebook: Gradebook;
  readonly importing: Importing;
  readonly hooks: JobHooks;
}): Promise<ImportResult> {
  if (options.gradebook.read.counts().students > 0)
    throw new PathlightError(
      'not-empty',
      'The sample class goes into an empty gradebook only; this one has students. Undo their import first, or use another data folder.',
    );
  const files = FILES.map((name) => ({
    fileId: `sample-${name}`,
    name,
    bytes: readFileSync(
      path.join(options.resources, 'sample', options.language === 'zh' && name === 'skills.csv' ? 'skills.zh.csv' : name),
    ),
  }));
  return options.importing.commit(files, options.hooks);
}
