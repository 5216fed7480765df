import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { median } from './measurement.ts';
import type { Measurement, Outcome } from './measurement.ts';
import { withTemporaryFolder } from './places.ts';
import { importInto, simulateSchool } from './school.ts';

const STUDENTS = 5000;
const ANSWERS = 50;
const REPEATS = 3;

/** The rows of the answers' table put into an empty table of the same shape by one prepared statement in one transaction. @returns seconds */
function insertBare(from: string, into: string): number {
  const source = new Sqlite(from, { readonly: true });
  const rows = source.prepare('SELECT * FROM answers').raw().all() as unknown[][];
  const made = source
    .prepare("SELECT sql FROM sqlite_master WHERE tbl_name = 'answers' AND sql IS NOT NULL ORDER BY type DESC")
    .pluck()
    .all() as string[];
  source.close();
  const database = new Sqlite(into);
  database.pragma('foreign_keys = OFF');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  for (const sql of made) database.exec(sql);
  const insert = database.prepare(`INSERT INTO answers VALUES (${rows[0]!.map(() => '?').join(', ')})`);
  const began = performance.now();
  database.transaction(() => {
    for (const row of rows) insert.run(row);
  })();
  const seconds = (performance.now() - began) / 1e3;
  database.close();
  return seconds;
}

export const importing: Measurement = {
  key: 'import',
  title: `Import of ${(STUDENTS * ANSWERS).toLocaleString('en-US')} answers from CSV into SQLite`,
  measure: () =>
    withTemporaryFolder(async (folder): Promise<Outcome> => {
      const school = simulateSchool(STUDENTS, ANSWERS);
      const { 'answers.csv': answers, ...before } = school.files;
      const times: number[] = [];
      const bare: number[] = [];
      for (let repeat = 0; repeat < REPEATS; repeat++) {
        const file = path.join(folder, `gradebook-${repeat}.sqlite`);
        await importInto(file, before);
        times.push(await importInto(file, { 'answers.csv': answers! }));
        bare.push(insertBare(file, path.join(folder, `bare-${repeat}.sqlite`)));
      }
      const rowsPerSecond = school.answers / median(times);
      const bareInsertRowsPerSecond = school.answers / median(bare);
      const ratio = rowsPerSecond / bareInsertRowsPerSecond;
      return {
        lines: [
          {
            what: 'From the bytes of the file to the end of the transaction',
            value: rowsPerSecond,
            unit: 'rows/s',
            bar: { value: 200_000, sense: 'at least' },
          },
          {
            what: 'The same rows by one prepared insert of better-sqlite3 into the same table and indexes, nothing checked',
            value: bareInsertRowsPerSecond,
            unit: 'rows/s',
          },
          { what: 'Import beside the bare insert', value: 100 * ratio, unit: '%' },
        ],
        json: { rows: school.answers, rowsPerSecond, bareInsertRowsPerSecond, ratio },
      };
    }),
};
