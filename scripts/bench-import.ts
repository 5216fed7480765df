// `npm run bench:import [ROWS]`: preview, import and undo of a large file of answers, end to end, beside what better-sqlite3 inserts bare.
import { randomUUID } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { openGradebook } from '../src/main/database/gradebook.ts';
import { createImporting } from '../src/main/services/importing/importing.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const QUESTIONS = 5000;
const folder = mkdtempSync(path.join(tmpdir(), 'pathlight-bench-'));
const clock = (): number => Date.now();

/** One answer as a line of the file. */
function line(row: number): string {
  const question = (row * 7919) % QUESTIONS;
  const skill = `skill-${question % 110}${row % 9 === 0 ? `~skill-${110 + (question % 31)}` : ''}`;
  const time = 1_700_000_000_000 + row * 1000;
  return `stu-${10_000 + Math.floor(row / 200)},${row % 200},item-${question},${skill},${row % 3 ? 1 : 0},${time},${2000 + ((row * 37) % 30_000)},1,${row % 11 ? 0 : 1}`;
}

async function measured<Result>(name: string, work: () => Result | Promise<Result>): Promise<Result> {
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(watch);
  console.log(
    `${name.padEnd(34)} ${seconds.toFixed(2).padStart(7)} s  ${((user + system) / 1e6).toFixed(2).padStart(6)} s of CPU  ${Math.round(
      rows / seconds,
    )
      .toLocaleString('en')
      .padStart(9)} rows/s  peak ${Math.round(peak / 1e6)} MB`,
  );
  return result;
}

/** The same ten columns, one prepared statement run once a row, no index and no foreign key: what most programs would do. */
function bare(): void {
  const database = new Sqlite(path.join(folder, 'bare.sqlite'));
  database.pragma('journal_mode = WAL');
  database.exec(
    'CREATE TABLE answers (a INTEGER, b INTEGER, c INTEGER, d INTEGER, e REAL, f INTEGER, g REAL, h INTEGER, i INTEGER, j INTEGER) STRICT',
  );
  const insert = database.prepare('INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  database.transaction(() => {
    for (let row = 0; row < rows; row++)
      insert.run(
        Math.floor(row / 200),
        row % 200,
        (row * 7919) % QUESTIONS,
        row % 110,
        row & 1,
        1.7e12 + row * 1000,
        2000,
        1,
        0,
        1,
      );
  })();
  database.close();
}

try {
  const file = path.join(folder, 'answers.csv');
  const handle = openSync(file, 'w');
  writeSync(handle, 'student,order,item,skill,correct,timestamp,response_time_ms,attempt,hint\n');
  for (let row = 0; row < rows; row += 1000)
    writeSync(handle, `${Array.from({ length: Math.min(1000, rows - row) }, (_, index) => line(row + index)).join('\n')}\n`);
  closeSync(handle);
  console.log(`${rows.toLocaleString('en')} answers, ${Math.round(statSync(file).size / 1e6)} MB, Node ${process.version}`);
  const gradebookFile = path.join(folder, 'gradebook.sqlite');
  const gradebook = openGradebook({ file: gradebookFile, clock });
  const importing = createImporting({ gradebookFile, gradebook, clock, newId: randomUUID });
  const source = [{ fileId: '1', name: 'answers.csv', path: file }];
  await measured('better-sqlite3, a row at a time', bare);
  await measured('preview', () => importing.preview(source));
  const { files } = await measured('import into an empty gradebook', () => importing.commit(source, {}));
  await measured('undo', () => importing.undo(files[0]!.id!, {}));
  await importing.close();
  gradebook.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
