import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { canvasGradebook, TWELVE } from '../support/canvas.ts';
import { temporaryFolder } from '../support/folders.ts';

const entry = path.join(import.meta.dirname, '..', '..', 'src', 'cli', 'index.ts');

describe('pathlight export', () => {
  it('writes files that import again to the same counts, and refuses a class that is not there', () => {
    const folder = temporaryFolder();
    const pathlight = (...args: string[]) =>
      spawnSync(process.execPath, ['--no-deprecation', entry, ...args], {
        encoding: 'utf8',
        env: { ...process.env, INIT_CWD: folder },
      });
    writeFileSync(path.join(folder, 'canvas.csv'), canvasGradebook(5, TWELVE));
    const imported = JSON.parse(pathlight('import', '--data', 'book', 'canvas.csv', '--json').stdout);
    for (const [what, file, format] of [
      ['grid-csv', 'grid.csv', 'pathlight-gradebook'],
      ['grid-xlsx', 'grid.xlsx', 'pathlight-gradebook'],
      ['oneroster-1.1', 'old.zip', 'oneroster-1.1'],
      ['oneroster-1.2', 'new.zip', 'oneroster-1.2'],
    ] as const) {
      const exported = pathlight('export', '--data', 'book', '--what', what, '--out', file, '--json');
      expect(JSON.parse(exported.stdout)).toEqual({
        file: path.join(folder, file),
        what,
        class: null,
        students: 5,
        bytes: readFileSync(path.join(folder, file)).length,
      });
      const again = JSON.parse(pathlight('import', '--data', `book-${what}`, file, '--json').stdout);
      expect(again.files[0]).toMatchObject({ format, refused: [] });
      expect(again.gradebook).toEqual(imported.gradebook);
    }
    const refused = pathlight('export', '--data', 'book', '--out', 'x.csv', '--class', '9Z');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('There is no class "9Z" in the gradebook. It has: 6B Mathematics.');
    expect(pathlight('export', '--data', 'nowhere', '--out', 'x.csv').status).toBe(1);
    expect(pathlight('export', '--data', 'book', '--what', 'poem', '--out', 'x.csv').status).toBe(2);
  });
});
