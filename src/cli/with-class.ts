import { randomUUID } from 'node:crypto';
import { createModels } from '../main/services/models.ts';
import type { Gradebook } from '../main/services/ports.ts';
import { createProfiles } from '../main/services/profiles.ts';
import type { Profiles } from '../main/services/profiles.ts';
import { forkTrainer } from '../main/trainer/fork.ts';
import { PathlightError } from '../shared/errors.ts';
import { withGradebook } from './gradebook-commands.ts';
import { resolveTyped, resources } from './paths.ts';

export interface ClassCommandOptions {
  readonly data: string;
  readonly class?: string;
  readonly json?: boolean;
}

/** @throws PathlightError `no-such-class` */
export async function withClass(
  { data, class: named }: ClassCommandOptions,
  work: (gradebook: Gradebook, profiles: Profiles, classId: string | null) => Promise<void>,
): Promise<void> {
  await withGradebook(data, async (gradebook) => {
    const classes = gradebook.read.classes().map(({ name }) => name);
    if (named !== undefined && !classes.includes(named))
      throw new PathlightError(
        'no-such-class',
        `There is no class "${named}" in the gradebook. It has: ${classes.join(', ') || 'no class'}.`,
        { class: named },
      );
    const clock = (): number => Date.now();
    const models = createModels({
      folder: resolveTyped(data),
      resources,
      gradebook,
      clock,
      newId: randomUUID,
      spawnTrainer: forkTrainer,
    });
    await work(gradebook, createProfiles({ gradebook, models, clock }), named ?? gradebook.read.currentClass());
  });
}
