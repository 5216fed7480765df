import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createMaterial } from '../main/services/teacher/material.ts';
import type { MaterialImport } from '../main/services/teacher/material.ts';
import type { Strategy } from '../shared/strategy.ts';
import { skillFinder } from './decision-commands.ts';
import { plural, withGradebook } from './gradebook-commands.ts';
import { readTyped, resolveTyped } from './paths.ts';

export interface MaterialOptions {
  readonly data: string;
  readonly add?: string;
  readonly url?: string;
  readonly file?: string;
  readonly title?: string;
  readonly strategy?: Strategy;
  readonly delete?: string;
  readonly import?: string;
  readonly export?: string;
  readonly json?: boolean;
}

const REFUSALS: Readonly<Record<MaterialImport['refused'][number]['reason'], string>> = {
  'no-such-skill': 'there is no such skill',
  'bad-address': 'this is no web address',
  'bad-strategy': 'there is no such strategy',
};

/** What there is for skills: lists it, adds to it, takes away. @throws PathlightError `no-such-skill`, `bad-address`, `material-too-large`, `not-material` */
export function materialCommand(options: MaterialOptions): Promise<void> {
  return withGradebook(options.data, (gradebook) => {
    const material = createMaterial({ gradebook, clock: () => Date.now(), newId: randomUUID });
    const say = (data: object, words: string): void => console.log(options.json ? JSON.stringify(data, undefined, 1) : words);
    if (options.add !== undefined) {
      const skill = skillFinder(gradebook.read)(options.add);
      const held = options.file === undefined ? undefined : readTyped(options.file);
      const source = held ? { fileName: held.name, bytes: held.bytes } : { address: options.url! };
      const title = options.title ?? held?.name ?? options.url!;
      const { materialId } = material.add(skill, title.slice(0, 200), options.strategy ?? null, source);
      say({ material: materialId }, `Added (${materialId}).`);
    } else if (options.delete !== undefined) {
      gradebook.deleteMaterial(options.delete, true, Date.now());
      say({ material: options.delete }, 'Deleted.');
    } else if (options.import !== undefined) {
      const { name, bytes } = readTyped(options.import);
      const result = material.fromCsv(name, bytes);
      say(result, `${plural(result.added, 'link')} added, ${result.known} there already.`);
      for (const { line, reason, text } of result.refused)
        console.error(`${name}, line ${line} refused: ${REFUSALS[reason]}: "${text}"`);
    } else if (options.export !== undefined) {
      writeFileSync(resolveTyped(options.export), material.toCsv());
    } else {
      const all = [...gradebook.read.material().values()].flat();
      say(
        { material: all },
        all.length === 0
          ? 'There is no material.'
          : all
              .map(({ id, skill, title, address, fileName, strategy }) =>
                [`${skill}: ${title}`, address ?? fileName, strategy ?? 'any way of working', `[${id}]`].join(' · '),
              )
              .join('\n'),
      );
    }
    return Promise.resolve();
  });
}
