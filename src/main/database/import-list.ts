import type { Database } from 'better-sqlite3';
import { COURSE_EDIT } from './course-entities.ts';
import { EDIT_FORMAT } from './grid-journal.ts';
import type { ImportRecord } from '../../shared/contract/imports.ts';

interface ImportRow {
  number: number;
  id: string;
  file: string;
  hash: string;
  format: string;
  encoding: string;
  delimiter: string;
  students: number;
  questions: number;
  answers: number;
  marks: number;
  refused: string;
  cleaning: string;
  created_at: number;
  undone_at: number | null;
}

/** How many rows of a table each import brought that still stand. */
function standingOf(database: Database, table: 'skills' | 'prerequisites'): ReadonlyMap<number, number> {
  const rows = database
    .prepare(`SELECT import_number AS number, count(*) AS count FROM ${table} WHERE import_number IS NOT NULL GROUP BY import_number`)
    .all() as { number: number; count: number }[];
  return new Map(rows.map(({ number, count }) => [number, count]));
}

/** All imports, newest first; edits of the grid, of which there are many, have their own way back there. */
export function listImports(database: Database): ImportRecord[] {
  const rows = database
    .prepare('SELECT * FROM imports WHERE format NOT IN (?, ?) ORDER BY number DESC')
    .all(EDIT_FORMAT, COURSE_EDIT) as ImportRow[];
  const skills = standingOf(database, 'skills');
  const prerequisites = standingOf(database, 'prerequisites');
  return rows.map((row) => ({
    id: row.id,
    file: row.file,
    hash: row.hash,
    format: row.format as ImportRecord['format'],
    encoding: row.encoding,
    delimiter: row.delimiter,
    students: row.students,
    questions: row.questions,
    answers: row.answers,
    marks: row.marks,
    skills: skills.get(row.number) ?? 0,
    prerequisites: prerequisites.get(row.number) ?? 0,
    refused: JSON.parse(row.refused) as ImportRecord['refused'],
    cleaning: JSON.parse(row.cleaning) as ImportRecord['cleaning'],
    at: row.created_at,
    undone: row.undone_at !== null,
  }));
}

/** The standing import of a file with this hash. */
export function findByHash(database: Database, hash: string): { readonly importId: string; readonly at: number } | undefined {
  return database
    .prepare('SELECT id AS importId, created_at AS at FROM imports WHERE hash = ? AND undone_at IS NULL ORDER BY number DESC')
    .get(hash) as { importId: string; at: number } | undefined;
}
