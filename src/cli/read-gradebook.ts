import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CourseMap, ResponseSequence } from '../shared/domain.ts';
import { PathlightError } from '../shared/errors.ts';
import { openTyped } from './open-typed.ts';
import { resolveTyped } from './paths.ts';

/**
 * What a gradebook holds for planning: everybody's answers and marks, the course, and the folder of its own model in use if it has one.
 * @throws PathlightError `no-such-file`
 */
export function readGradebook(typed: string): {
  readonly sequences: readonly ResponseSequence[];
  readonly courseMap: CourseMap;
  readonly model: string | undefined;
} {
  const folder = resolveTyped(typed);
  const file = path.join(folder, 'gradebook.sqlite');
  if (!existsSync(file))
    throw new PathlightError('no-such-file', `There is no gradebook in ${typed}. Import something into it first.`, {
      file: typed,
    });
  const gradebook = openTyped(typed, file, () => Date.now());
  try {
    const use = gradebook.read.modelUses().at(-1);
    const inUse = gradebook.read.models().find(({ id, removedAt }) => id === use?.modelId && (removedAt ?? null) === null);
    return {
      sequences: gradebook.read.sequences(),
      courseMap: gradebook.read.courseMap(),
      model: inUse && path.join(folder, inUse.folder),
    };
  } finally {
    gradebook.close();
  }
}
