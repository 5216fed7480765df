import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openGradebook } from '../main/database/gradebook.ts';
import { openGrid } from '../main/database/grid.ts';
import { exportGradebook } from '../main/services/gradebook/export-gradebook.ts';
import type { ExportKind } from '../shared/contract/gradebook.ts';
import { PathlightError } from '../shared/errors.ts';
import { resolveTyped } from './paths.ts';

export interface ExportOptions {
  readonly data: string;
  readonly what: ExportKind;
  readonly class?: string;
  readonly out: string;
  readonly json?: boolean;
}

/** @throws PathlightError `no-such-file`, `no-such-class` */
export async function exportCommand(options: ExportOptions): Promise<void> {
  const file = path.join(resolveTyped(options.data), 'gradebook.sqlite');
  if (!existsSync(file))
    throw new PathlightError('no-such-file', `There is no gradebook in ${options.data}. Import something into it first.`, {
      file: options.data,
    });
  const clock = (): number => Date.now();
  const gradebook = openGradebook({ file, clock });
  const grid = openGrid(file);
  try {
    const classes = gradebook.read.classes().map(({ name }) => name);
    const chosen = options.class ?? null;
    if (chosen !== null && !classes.includes(chosen))
      throw new PathlightError(
        'no-such-class',
        `There is no class "${chosen}" in the gradebook. It has: ${classes.join(', ') || 'no class'}.`,
        { class: chosen },
      );
    const { bytes } = await exportGradebook(grid, options.what, chosen, clock());
    const out = resolveTyped(options.out);
    writeFileSync(out, bytes);
    const students = gradebook.read.students(chosen).length;
    if (options.json)
      console.log(JSON.stringify({ file: out, what: options.what, class: chosen, students, bytes: bytes.length }, undefined, 1));
    else console.log(`${options.what} of ${students} ${students === 1 ? 'student' : 'students'} written to ${options.out}.`);
  } finally {
    grid.close();
    gradebook.close();
  }
}
