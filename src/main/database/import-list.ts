import type { Database } from 'better-sqlite3';
import type { ImportRecord } from '../../shared/contract/imports.ts';

interface ImportRow {
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
  created_at: number;
  undone_at: number | null;
}

/** All imports, newest first. */
export function listImports(database: Database): ImportRecord[] {
  const rows = database.prepare("SELECT * FROM imports WHERE format <> 'course-edit' ORDER BY number DESC").all() as ImportRow[];
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
    refused: JSON.parse(row.refused) as ImportRecord['refused'],
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
