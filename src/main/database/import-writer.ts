import type { Database } from 'better-sqlite3';
import { AnswerWriter } from './answer-writer.ts';
import type { Cleaned } from '../../shared/contract/import-cleaning.ts';
import type { ImportDiff } from '../../shared/contract/import-diff.ts';
import type { Changes } from './values.ts';
import { Journal } from './changes.ts';
import { describeDiff } from './describe-diff.ts';
import type { ImportContent } from './import-rows.ts';
import { applyRules, writeItemSkills } from './item-skills.ts';
import { MarkWriter } from './mark-writer.ts';
import { matchStudents } from './match-students.ts';
import type { KeyConflict, MatchDecisions, MatchedBy } from './match-students.ts';
import { displayName } from './reader.ts';
import { checkReferences } from './references.ts';
import { RosterWriter } from './roster-writer.ts';

/** One file's content and what is recorded about it. */
export interface ImportFile {
  readonly id: string;
  readonly file: string;
  readonly hash: string;
  readonly format: string;
  readonly encoding: string;
  readonly delimiter: string;
  /** What cleaning found and did. */
  readonly cleaning: readonly Cleaned[];
  readonly content: ImportContent;
}

export interface WrittenImport {
  readonly students: number;
  readonly questions: number;
  readonly answers: number;
  readonly marks: number;
  readonly skills: number;
  readonly prerequisites: number;
  readonly changes: Changes;
  /** What changes by kind; with examples in a preview only. */
  readonly diff: ImportDiff;
  readonly conflicts: readonly Pick<KeyConflict, 'line' | 'code' | 'detail'>[];
  /** Students known by a nickname or a name alone who were not found, each by that key. */
  readonly unmatched: readonly { readonly key: string; readonly name: string }[];
  /** Row numbers of the students that the file names. */
  readonly studentIds: readonly number[];
  /** How many of the file's students were found how. */
  readonly matched: Readonly<Record<MatchedBy, number>>;
}

export interface WriteOptions {
  readonly at: number;
  /** Called every few thousand rows with their number so far; may throw to stop. */
  readonly onRows?: ((done: number) => void) | undefined;
  /** True for a preview: fresh answers are counted and not written, for the transaction is rolled back anyway. */
  readonly countOnly?: boolean | undefined;
  readonly decisions?: MatchDecisions | undefined;
  /** Rules on titles to apply to what has no skill by then. */
  readonly rules?: readonly number[] | undefined;
}

/**
 * Writes one file's content. The caller holds the transaction: a throw anywhere leaves nothing behind. New rows carry the import's
 * number; a value that was there and differs is journalled before and after.
 */
export function writeImport(database: Database, file: ImportFile, options: WriteOptions): WrittenImport {
  const { content } = file;
  const number = Number(
    database
      .prepare(
        `INSERT INTO imports (id, file, hash, format, encoding, delimiter, students, questions, answers, marks, refused, created_at, cleaning)
         VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?, ?, ?)`,
      )
      .run(
        ...[file.id, file.file, file.hash, file.format, file.encoding, file.delimiter],
        ...[JSON.stringify(content.refused), options.at, JSON.stringify(file.cleaning)],
      ).lastInsertRowid,
  );
  const journal = new Journal(database, number, options.at, options.countOnly);
  const { students, conflicts } = matchStudents(database, content, number, options.decisions);
  noteConflicts(database, conflicts, journal);
  const roster = new RosterWriter(database, number, journal);
  roster.skills(content.skills);
  roster.prerequisites(content.prerequisites);
  roster.students(content, students);
  new MarkWriter(database, number, journal).write(content, students);
  if (content.format === 'manual') {
    const typed = database.prepare('INSERT INTO typed_students (import_number, student_id) VALUES (?, ?)');
    for (const { id } of students) typed.run(number, id);
  }
  const questions = new AnswerWriter(database, number, journal, options).write(content.answers, students);
  writeItemSkills(database, content.itemSkills, number, journal);
  if (options.rules && !options.countOnly) applyRules(database, options.rules, number, journal);
  const counts = {
    students: content.students.length,
    questions: content.answers.questions.length,
    answers: content.answers.length,
    marks: content.marks.length,
    skills: content.skills.length,
    prerequisites: content.prerequisites.length,
  };
  database
    .prepare('UPDATE imports SET students = ?, questions = ?, answers = ?, marks = ? WHERE number = ?')
    .run(counts.students, counts.questions, counts.answers, counts.marks, number);
  if (database.pragma('foreign_keys', { simple: true }) === 0)
    checkReferences(
      database,
      students.map(({ id }) => id),
      questions,
    );
  const matched = { key: 0, name: 0, decision: 0, new: 0 };
  for (const { by } of students) matched[by]++;
  const unmatched = content.students.flatMap(({ keys }, index) => {
    const { kind, value } = keys[0]!;
    return students[index]!.by === 'new' && (kind === 'nickname' || kind === 'name')
      ? [{ key: `${kind}:${value}`, name: value }]
      : [];
  });
  return {
    ...counts,
    unmatched,
    studentIds: students.map(({ id }) => id),
    changes: journal.book.total(),
    diff: describeDiff(database, journal.book),
    conflicts: conflicts.map(({ line, code, detail }) => ({ line, code, detail })),
    matched,
  };
}

function noteConflicts(database: Database, conflicts: readonly KeyConflict[], journal: Journal): void {
  const code = database.prepare('SELECT code FROM students WHERE id = ?').pluck();
  const name = database.prepare('SELECT code, given_name AS given, family_name AS family FROM students WHERE id = ?');
  const shown = (id: number): string => {
    const row = name.get(id) as { code: string; given: string; family: string };
    return displayName(row.code, row.given, row.family);
  };
  for (const { line, code: why, kept, other } of conflicts)
    journal.book.conflict('student', line, [code.get(kept) as string], why, { student: shown(kept) }, { student: shown(other) });
}
