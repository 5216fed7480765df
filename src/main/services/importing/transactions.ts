import type { Database } from 'better-sqlite3';
import { writeImport } from '../../database/import-writer.ts';
import type { WrittenImport } from '../../database/import-writer.ts';
import { findByHash } from '../../database/import-list.ts';
import { raiseRevision, write } from '../../database/open.ts';
import { readEdits } from '../../database/course-edits.ts';
import { standingPairs } from '../../database/course-reader.ts';
import { createReader } from '../../database/reader.ts';
import { clearRunning, markRunning } from '../../database/running.ts';
import { undoImport } from '../../database/undo-import.ts';
import type { CleaningReport } from '../../../shared/contract/import-cleaning.ts';
import type { ImportResult, PreviewedFile, UndoResult } from '../../../shared/contract/imports.ts';
import { PathlightError } from '../../../shared/errors.ts';
import { separateCircles } from '../../../learning/planning/skill-graph.ts';
import type { ImportContent, RefusedRow } from '../../database/import-rows.ts';
import { itemFinder, ruleOffers } from '../../database/item-skills.ts';
import { keepPreset } from '../../database/import-presets.ts';
import { nameKey } from '../../database/match-students.ts';
import type { ReadFile } from './read-file.ts';

export interface Progress {
  /** May throw to stop; then nothing is written. */
  report(fraction: number, stage: string): void;
}

/** Skills and people before answers and marks, whatever the order of the files: these then find what they name. */
function rank({ content }: ReadFile): number {
  if (content.itemSkills.length > 0) return 5;
  if (content.answers.length > 0) return 4;
  if (content.marks.length > 0) return 3;
  if (content.students.length === 0) return 0;
  // Mere enrolments name people and classes that other files describe.
  return content.students.every(({ givenName, familyName }) => givenName === '' && familyName === '') ? 2 : 1;
}

const size = ({ content }: ReadFile): number =>
  content.students.length + content.skills.length + content.prerequisites.length + content.marks.length + content.answers.length;

/** A file that is not taken as it is, and its first rows where it is a table. */
export interface RefusedFile {
  readonly error: PathlightError;
  readonly table: { headerLine: number; header: string[]; sample: string[][] } | null;
}

type Written = WrittenImport & { readonly refused: RefusedRow[] };

function writeAll(
  database: Database,
  files: readonly { readonly id: string; readonly read: ReadFile }[],
  at: number,
  progress: Progress,
  countOnly = false,
): Map<string, Written> {
  const total = files.reduce((sum, { read }) => sum + size(read), 0);
  let done = 0;
  const written = new Map<string, Written>();
  for (const { id, read } of [...files].sort((a, b) => rank(a.read) - rank(b.read))) {
    const content = withKnownItems(database, withoutCircles(database, read.content));
    const { file, hash, encoding, delimiter, choices, mapping } = read;
    const cleaning = read.cleaning.map(({ step, on, count }) => ({ step, on, count }));
    const result = writeImport(
      database,
      { id, file, hash, format: content.format, encoding, delimiter, cleaning, content },
      {
        at,
        onRows: (rows) => progress.report((done + rows) / Math.max(1, total), 'writing'),
        countOnly,
        decisions: choices.matches,
        rules: choices.rules,
      },
    );
    if (mapping && !countOnly)
      keepPreset(database, { columns: mapping, file, clean: choices.clean, decimal: choices.decimal }, at);
    written.set(id, { ...result, refused: [...content.refused] });
    done += size(read);
    progress.report(done / Math.max(1, total), 'writing');
  }
  return written;
}

/** Prerequisites that would close a circle, with what stands already or with rows before them, are refused like any other bad row. */
function withoutCircles(database: Database, content: ImportContent): ImportContent {
  if (content.prerequisites.length === 0) return content;
  // Pairs are compared as they will stand: the teacher may have said that one skill stands for another.
  const edits = readEdits((sql) => database.prepare(sql));
  const standing = createReader(database).courseMap().prerequisites;
  const { refused } = separateCircles(standingPairs(content.prerequisites, edits), standing);
  const lines = new Set(refused.map(({ pair }) => pair.line));
  const kept = content.prerequisites.filter(({ line }) => !lines.has(line));
  const rows = refused.map(({ pair, circle }) => {
    const cycle = circle.join(' → ');
    return {
      line: pair.line,
      reason: `with the prerequisites before it, it goes round in a circle: ${cycle}`,
      code: 'prerequisite-cycle',
      detail: { cycle },
    };
  });
  return { ...content, prerequisites: kept, refused: [...content.refused, ...rows].sort((a, b) => a.line - b.line) };
}

/** Rows that give skills to what is not in the gradebook, nor in the files before, are refused. */
function withKnownItems(database: Database, content: ImportContent): ImportContent {
  if (content.itemSkills.length === 0) return content;
  const find = itemFinder(database);
  const unknown = content.itemSkills.filter(({ item }) => find(item).length === 0);
  const rows = unknown.map(({ line, item }) => ({
    line,
    reason: `no question or assignment is called "${item}"`,
    code: 'unknown-item',
    detail: { item },
  }));
  return {
    ...content,
    itemSkills: content.itemSkills.filter((row) => !unknown.includes(row)),
    refused: [...content.refused, ...rows].sort((a, b) => a.line - b.line),
  };
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
          const { students, questions, answers, marks, skills, prerequisites, refused } = written.get(id)!;
          return {
            id,
            file: read.file,
            format: read.content.format,
            encoding: read.encoding,
            delimiter: read.delimiter,
            students,
            questions,
            skills,
            prerequisites,
            answers,
            marks,
            refused,
            cleaning: read.cleaning.map(({ step, on, count }) => ({ step, on, count })),
          };
        }),
        students: new Set([...written.values()].flatMap(({ studentIds }) => studentIds)).size,
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
  files: readonly { readonly fileId: string; readonly name: string; readonly read: ReadFile | RefusedFile }[],
  at: number,
  progress: Progress = { report: () => undefined },
): PreviewedFile[] {
  const readable = files.flatMap(({ fileId, read }) => ('error' in read ? [] : [{ id: `preview-${fileId}`, fileId, read }]));
  let written = new Map<string, Written>();
  let offers: ReturnType<typeof ruleOffers> = [];
  let notes: { code: string; detail: Record<string, string | number> }[] = [];
  try {
    write(database, () => {
      written = writeAll(database, readable, at, progress, true);
      const counts = database
        .prepare(
          `SELECT (SELECT count(*) FROM students) AS students, (SELECT count(*) FROM students s WHERE NOT EXISTS (SELECT 1 FROM answers a WHERE a.student_id = s.id)
             AND NOT EXISTS (SELECT 1 FROM marks m WHERE m.student_id = s.id)) AS silent`,
        )
        .get() as { students: number; silent: number };
      if (counts.students === 1) notes = [...notes, { code: 'single-student', detail: {} }];
      // Fresh answers are counted and not written in a preview: whose they are, the files say.
      const silent = counts.silent - newlyAnswering(database, readable);
      if (silent > 0) notes = [...notes, { code: 'students-without-answers', detail: { students: silent } }];
      offers = ruleOffers(database);
      throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
  return files.map(({ fileId, name, read }) => {
    if ('error' in read) {
      const { code, message, detail } = read.error;
      return { outcome: 'refused', fileId, file: name, code, message, detail: { ...detail }, table: read.table };
    }
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
      skills: counts.skills,
      prerequisites: counts.prerequisites,
      refused: counts.refused,
      header: [...read.header],
      sample: read.sample.map((row) => [...row]),
      columns: read.columns.map((column) => ({ ...column })),
      certainty: read.certainty,
      because: { code: read.because.code, detail: { ...read.because.detail } },
      others: read.others.map(({ format }) => format),
      headerLine: read.headerLine,
      ignored: read.ignored.map((each) => ({ ...each })),
      assignments: read.content.assignments.length,
      changes: { ...counts.changes },
      diff: structuredClone(counts.diff),
      cleaning: structuredClone(read.cleaning) as CleaningReport,
      decimal: read.decimal,
      conflicts: counts.conflicts.map((each) => ({ ...each, detail: { ...each.detail } })),
      matched: { ...counts.matched },
      unmatched: counts.unmatched.map((each) => ({ ...each })),
      importedBefore: findByHash(database, read.hash) ?? null,
      rules:
        fileId === readable[0]?.fileId
          ? offers.map(({ rule, items }) => ({ ...rule, skills: [...rule.skills], fills: items.length }))
          : [],
      // Said once, though the files are looked at together.
      notes: [
        ...read.content.notes.map(({ code, detail }) => ({ code, detail: { ...detail } })),
        ...(fileId === readable[0]?.fileId ? notes : []),
      ],
    };
  });
}

/** How many students without a stored answer or mark have one in these files. */
function newlyAnswering(database: Database, files: readonly { readonly read: ReadFile }[]): number {
  const id = database.prepare('SELECT student_id FROM student_keys WHERE kind = ? AND value = ?').pluck();
  const silent = database
    .prepare(
      'SELECT NOT EXISTS (SELECT 1 FROM answers WHERE student_id = s.id) AND NOT EXISTS (SELECT 1 FROM marks WHERE student_id = s.id) FROM students s WHERE s.id = ?',
    )
    .pluck();
  const found = new Set<number>();
  for (const { read } of files) {
    const { answers, students } = read.content;
    const seen = new Uint8Array(students.length);
    for (let at = 0; at < answers.length; at++) seen[answers.student[at]!] = 1;
    students.forEach(({ keys }, index) => {
      if (seen[index] === 0) return;
      const { kind, value } = keys[0]!;
      const student = id.get(kind, kind === 'name' ? nameKey(value) : value) as number | undefined;
      if (student !== undefined && silent.get(student) === 1) found.add(student);
    });
  }
  return found.size;
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
