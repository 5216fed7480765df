import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inMemory, isUtf8Source, onDisk } from '../../src/main/services/importing/source/byte-source.ts';
import { readImportFile } from '../../src/main/services/importing/read-file.ts';
import { createPreviews } from '../../src/main/services/importing/previews.ts';
import type { JobHooks } from '../../src/main/services/ports.ts';
import { CancelledError } from '../../src/shared/errors.ts';
import { temporaryFolder } from '../support/folders.ts';
import { openTestGradebook, staged } from '../support/gradebook.ts';

const ROWS = 40_000;
const table = `user_id,order_id,problem_id,original,correct,skill_name,note\n${Array.from({ length: ROWS }, (_, row) => `${row % 500},${row},${row % 900},1,${row % 2},Brüche ${row % 30},"a, b: ${'x'.repeat(20)}"`).join('\n')}\n`;

describe('a long file', () => {
  it('is told by its first rows, with about as many rows as it has', async () => {
    const { importing } = openTestGradebook();
    const [seen] = await importing.glance(staged({ 'long.csv': table }));
    expect(seen).toMatchObject({ format: 'assistments', headerLine: 1, delimiter: 'comma', encoding: 'UTF-8' });
    expect(seen!.sample).toHaveLength(5);
    expect(Math.abs(seen!.rowsAbout - ROWS) / ROWS).toBeLessThan(0.1);
  });

  it('of which only the whole can tell is left out', async () => {
    const { importing } = openTestGradebook();
    expect(await importing.glance(staged({ 'odd.csv': 'colour,shape\nred,round\n' }))).toEqual([]);
  });

  it('reads the same from where it lies as from memory', async () => {
    const file = path.join(temporaryFolder(), 'long.csv');
    writeFileSync(file, table);
    const lying = onDisk(file);
    try {
      const [a, b] = [await readImportFile('long.csv', lying), await readImportFile('long.csv', Buffer.from(table))];
      expect(a.hash).toBe(b.hash);
      expect(a.content.answers.length).toBe(ROWS);
      expect(a.content.answers).toEqual(b.content.answers);
      expect({ ...a, content: undefined }).toEqual({ ...b, content: undefined });
    } finally {
      lying.close();
    }
  });

  it('is judged as UTF-8 where a character lies across two pieces, and not where one is broken', () => {
    const piece = 1024 * 1024;
    for (const [character, bytes] of [
      ['é', 2],
      ['中', 3],
      ['😀', 4],
    ] as const)
      for (let before = 0; before < bytes; before++) {
        const text = Buffer.from(`${'a'.repeat(piece - before)}${character}b`);
        expect(isUtf8Source(inMemory(text))).toBe(true);
        expect(isUtf8Source(inMemory(Buffer.concat([text, Buffer.of(0xc3)])))).toBe(false);
      }
    expect(isUtf8Source(inMemory(Buffer.concat([Buffer.alloc(piece - 1, 97), Buffer.of(0xe9, 97)])))).toBe(false);
  });

  it('is previewed once at a time: a newer preview of the same file stops the older one, and progress is told', async () => {
    const told: number[] = [];
    const started: { hooks: JobHooks; end: () => void }[] = [];
    const previews = createPreviews(
      {
        preview: (_files, hooks = {}) =>
          new Promise((resolve, reject) => {
            hooks.signal?.addEventListener('abort', () => reject(new CancelledError()));
            started.push({ hooks, end: () => resolve([]) });
          }),
      },
      (fraction) => told.push(fraction),
    );
    const files = staged({ 'a.csv': 'x' });
    const older = previews.newest(files);
    const other = previews.newest(staged({ 'a.csv': 'x', 'b.csv': 'y' }).slice(1));
    const newer = previews.newest(files);
    await expect(older).rejects.toThrow(CancelledError);
    for (const fraction of [0.1, 0.1001, 0.5]) started[2]!.hooks.onProgress!({ fraction, stage: 'reading' });
    expect(told).toEqual([0.1, 0.5]);
    started[1]!.end();
    started[2]!.end();
    await expect(other).resolves.toEqual([]);
    await expect(newer).resolves.toEqual([]);
  });
});
