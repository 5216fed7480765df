import type { Database } from 'better-sqlite3';
import { writeImport } from '../../database/import-writer.ts';
import type { WrittenImport } from '../../database/import-writer.ts';
import { findByHash } from '../../database/import-list.ts';
import { raiseRevision, write } from '../../database/open.ts';
import { createReader } from '../../database/reader.ts';
import { clearRunning, markRunning } from '../../database/running.ts';
import { undoImport } from '../../database/undo-import.ts';
import type { ImportResult, PreviewedFile, UndoResult } from '../../../shared/contract/imports.ts';
import { PathlightError } from '../../../shared/errors.ts';
import { separateCircles } from '../../../learning/planning/skill-graph.ts';
import type { CheckedRows, RefusedRow } from '../../database/import-rows.ts';
import type { ReadFile } from './read-file.ts';

export interface Progress {
  /** May throw to stop; then nothing is written. */
  report(fraction: number, stage: string): void;
}

/** Skills and rosters before answers, whatever the order of the files: answers then find names that are there. */
const ORDER = ['pathlight-skills', 'pathlight-prerequisites', 'pathlight-roster', 'pathlight-responses'];

function inOrder<File extends { readonly read: ReadFile }>(files: readonly File[]): File[] {
  return [...files].sort((a, b) => ORDER.indexOf(a.read.content.format) - ORDER.indexOf(b.read.content.format));
}

function writeAll(
  database: Database,
  files: readonly { readonly id: string; readonly read: ReadFile }[],
  at: number,
  progress: Progress,
): Map<string, Written> {
  const total = files.reduce((sum, { read }) => sum + read.content.rows.length, 0);
  let done = 0;
  const written = new Map<string, Written>();
  for (const { id, read } of inOrder(files)) {
    const content = withoutCircles(database, read.content);
    const { file, hash, encoding, delimiter } = read;
    const result = writeImport(
      database,
      { id, file, hash, format: content.format, encoding, delimiter, content },
      { at, onRows: (rows) => progress.report((done + rows) / Math.max(1, total), 'writing') },
    );
    written.set(id, { ...result, refused: [...content.refused] });
    done += read.content.rows.length;
  }
  return written;
}

type Written = WrittenImport & { readonly refused: RefusedRow[] };

/** Prerequisites that would close a circle, with what stands already or with rows before them, are refused like any other bad row. */
function withoutCircles(database: Database, content: CheckedRows): CheckedRows {
  if (content.format !== 'pathlight-prerequisites') return content;
  const { kept, refused } = separateCircles(content.rows, createReader(database).courseMap().prerequisites);
  const rows = refused.map(({ pair, circle }) => {
    const cycle = circle.join(' → ');
    return {
      line: pair.line,
      reason: `with the prerequisites before it, it goes round in a circle: ${cycle}`,
      code: 'prerequisite-cycle',
      detail: { cycle },
    };
  });
  return { ...content, rows: kept, refused: [...content.refused, ...rows].sort((a, b) => a.line - b.line) };
}

/** Writes all files in one transaction, or none. @throws PathlightError `same-file-twice`; whatever `report` throws */
export function commitFiles(
  database: Database,
  files: readonly { readonly id: string; readonly read: ReadFile }[],
  at: number,
  progress: Progress,
): ImportResult {
  const hashes = new Map<string, string>();
  for (const { read } of files) {
    const twin = hashes.get(read.hash);
    if (twin !== undefined)
      throw new PathlightError(
        'same-file-twice',
        `${read.file} and ${twin} are the same file. Choose it once; nothing was changed.`,
        { file: read.file },
      );
    hashes.set(read.hash, read.file);
  }
  const mark = write(database, () =>
    markRunning(database, 'import', { file: files.map(({ read }) => read.file).join(', ') }, at),
  );
  try {
    return write(database, () => {
      for (const { read } of files) {
        const before = findByHash(database, read.hash);
        if (before)
          throw new PathlightError(
            'same-file-twice',
            `${read.file} was imported on ${new Date(before.at).toISOString().slice(0, 10)} already (import ${before.importId}); nothing was changed. Undo that import first to import it again.`,
            { file: read.file, at: before.at, import: before.importId },
          );
      }
      const written = writeAll(database, files, at, progress);
      raiseRevision(database);
      clearRunning(database, mark);
      return {
        files: files.map(({ id, read }) => {
          const { students, questions, answers, marks, refused } = written.get(id)!;
          return {
            id,
            file: read.file,
            format: read.content.format,
            encoding: read.encoding,
            delimiter: read.delimiter,
            students,
            questions,
            answers,
            marks,
            refused,
          };
        }),
        gradebook: createReader(database).counts(),
      };
    });
  } catch (error) {
    write(database, () => clearRunning(database, mark));
    throw error;
  }
}

class RolledBack extends Error {}

/** What an import would do: it is done, counted and rolled back, so that the preview can never differ from the import. */
export function previewFiles(
  database: Database,
  files: readonly { readonly fileId: string; readonly name: string; readonly read: ReadFile | PathlightError }[],
  at: number,
): PreviewedFile[] {
  const readable = files.flatMap(({ fileId, read }) =>
    read instanceof PathlightError ? [] : [{ id: `preview-${fileId}`, fileId, read }],
  );
  let written = new Map<string, Written>();
  let notes: { code: string; detail: Record<string, string | number> }[] = [];
  try {
    write(database, () => {
      written = writeAll(database, readable, at, { report: () => undefined });
      const counts = database
        .prepare(
          'SELECT (SELECT count(*) FROM students) AS students, (SELECT count(*) FROM students s WHERE NOT EXISTS (SELECT 1 FROM answers a WHERE a.student_id = s.id)) AS silent',
        )
        .get() as { students: number; silent: number };
      if (counts.students === 1) notes = [...notes, { code: 'single-student', detail: {} }];
      if (counts.silent > 0) notes = [...notes, { code: 'students-without-answers', detail: { students: counts.silent } }];
      throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
  return files.map(({ fileId, name, read }) => {
    if (read instanceof PathlightError)
      return { outcome: 'refused', fileId, file: name, code: read.code, message: read.message, detail: { ...read.detail } };
    const counts = written.get(`preview-${fileId}`)!;
    return {
      outcome: 'recognised',
      id: null,
      fileId,
      file: read.file,
      format: read.content.format,
      encoding: read.encoding,
      delimiter: read.delimiter,
      students: counts.students,
      questions: counts.questions,
      answers: counts.answers,
      marks: counts.marks,
      refused: counts.refused,
      header: [...read.header],
      sample: read.sample.map((row) => [...row]),
      columns: read.columns.map((column) => ({ ...column })),
      changes: { ...counts.changes },
      importedBefore: findByHash(database, read.hash) ?? null,
      // Said once, though the files are looked at together.
      notes: fileId === readable[0]?.fileId ? notes : [],
    };
  });
}

/** Takes one import back in one transaction. */
export function undoInOneTransaction(database: Database, importId: string, at: number, progress: Progress): UndoResult {
  const mark = write(database, () => markRunning(database, 'undo', { import: importId }, at));
  try {
    return write(database, () => {
      const undone = undoImport(database, importId, at, () => progress.report(0.3, 'undoing'));
      progress.report(0.95, 'undoing');
      raiseRevision(database);
      clearRunning(database, mark);
      return {
        importId,
        removed: undone.removed,
        restored: undone.restored,
        kept: [...undone.kept],
        gradebook: createReader(database).counts(),
      };
    });
  } catch (error) {
    write(database, () => clearRunning(database, mark));
    throw error;
  }
}
