import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/learning/random.ts';
import { readImportFile } from '../../src/main/services/importing/read-file.ts';
import { PathlightError } from '../../src/shared/errors.ts';
import { dump, openTestGradebook, staged } from '../support/gradebook.ts';
import { bomb, mutate } from '../support/mutate.ts';

const folder = path.join(import.meta.dirname, '..', 'fixtures', 'imports');
const names = readdirSync(folder).filter((name) => !name.endsWith('.expected.json'));
/** 20,000 in the long run (npm run test:long). */
const FILES = Number(process.env['MUTATED_FILES'] ?? 1500);
const SEED = Number(process.env['MUTATED_SEED'] ?? 7);

describe('broken files', () => {
  it(
    `${FILES} mutations: each is read or refused in a sentence, quickly`,
    async () => {
      const random = createRandom(SEED).uniform;
      const originals = names.map((name) => readFileSync(path.join(folder, name)));
      const slow: string[] = [];
      let read = 0;
      for (let index = 0; index < FILES; index++) {
        const which = index % names.length;
        const bytes = mutate(originals[which]!, random);
        const begun = performance.now();
        try {
          const { content } = await readImportFile(names[which]!, bytes);
          for (const mark of content.marks) expect(mark.points === null || Number.isFinite(mark.points)).toBe(true);
          const { answers } = content;
          for (let at = 0; at < answers.length; at++) expect(answers.correct[at]! >= 0 && answers.correct[at]! <= 1).toBe(true);
          read++;
        } catch (error) {
          if (!(error instanceof PathlightError))
            throw new Error(`mutation ${index} of ${names[which]} (seed ${SEED})`, { cause: error });
        }
        if (performance.now() - begun > 2000) slow.push(`${index} of ${names[which]}`);
      }
      expect(slow).toEqual([]);
      // Most damage is local: a test in which every file is refused would show nothing.
      expect(read).toBeGreaterThan(FILES * 0.3);
    },
    FILES * 40 + 30_000,
  );

  it(
    'what is read can be written and taken back, and what is refused leaves nothing',
    async () => {
      const random = createRandom(SEED + 1).uniform;
      const { importing, file } = openTestGradebook();
      const before = dump(file);
      for (let index = 0; index < FILES / 200; index++) {
        const name = names[(index * 7) % names.length]!;
        const bytes = mutate(readFileSync(path.join(folder, name)), random);
        const result = await importing.commit(staged({ [name]: bytes }), {}).catch((error: unknown) => {
          expect(error, name).toMatchObject({ code: expect.not.stringMatching(/^unexpected$/) });
        });
        if (result) await importing.undo(result.files[0]!.id!, {});
        expect(dump(file), name).toBe(before);
      }
    },
    FILES * 20 + 60_000,
  );

  it.each([
    ['a zip of tables', ['users.csv', 'classes.csv']],
    ['a workbook', ['xl/workbook.xml', 'xl/worksheets/sheet1.xml']],
  ])('%s that unpacks to a thousand times its size is refused before it is unpacked', async (_what, entries) => {
    const bytes = bomb(entries, 20);
    expect(bytes.length).toBeLessThan(200_000);
    const before = process.memoryUsage().arrayBuffers;
    await expect(readImportFile('bomb.zip', bytes)).rejects.toMatchObject({ code: 'zip-too-large' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30 * 1024 * 1024);
  });
});
