import { existsSync } from 'node:fs';
import path from 'node:path';
import type { HeldDecision } from '../shared/decisions.ts';
import type { School } from '../shared/contract/plans.ts';
import type { CourseMap, Estimate, ResponseSequence, StudentProfile } from '../shared/domain.ts';
import type { Material } from '../shared/material.ts';
import { planMaterial } from '../main/services/teacher/material.ts';
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
  /** What the teacher has for each skill. */
  readonly material: ReadonlyMap<string, readonly Material[]>;
  /** What the teacher decided about each student and did not take back, newest first. */
  readonly decisions: ReadonlyMap<string, readonly HeldDecision[]>;
  readonly profiles: ReadonlyMap<string, StudentProfile>;
  /** What expected gains are multiplied by, because of what came of earlier plans; null: nothing. */
  readonly gainFactor: Estimate | null;
  /** By student's id. */
  readonly names: ReadonlyMap<string, string>;
  readonly school: School;
  readonly modelId: string | null;
  /** When its content changed last. */
  readonly dataAt: number | null;
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
    const sequences = gradebook.read.sequences();
    return {
      sequences,
      material: planMaterial(gradebook.read.material()),
      decisions: new Map(
        sequences.map(({ student }) => [student, gradebook.read.decisions(student).filter(({ stands }) => stands)]),
      ),
      courseMap: gradebook.read.courseMap(),
      model: inUse && path.join(folder, inUse.folder),
      profiles: gradebook.read.profiles(),
      gainFactor: gradebook.read.gainFactor(),
      names: new Map(gradebook.read.students(null).map(({ id, name }) => [id, name])),
      school: gradebook.read.school(),
      modelId: inUse?.id ?? null,
      dataAt: gradebook.read.changedAt(),
    };
  } finally {
    gradebook.close();
  }
}
