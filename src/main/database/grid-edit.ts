import type { Database } from 'better-sqlite3';
import { MOST_CELLS } from '../../shared/contract/gradebook.ts';
import type { GridView, RefusedCell, WhichAnswer } from '../../shared/contract/gradebook.ts';
import { PathlightError } from '../../shared/errors.ts';
import { skillSetKey } from '../../learning/responses.ts';
import type { Values } from './values.ts';
import { EDIT_FORMAT, gridValues, stillSo } from './grid-journal.ts';
import type { GridEntity, GridKey } from './grid-journal.ts';
import type { MarkStatus } from './import-rows.ts';

export interface MarkNow {
  readonly points: number | null;
  readonly status: MarkStatus;
}

/** What becomes of a cell: a value, nothing (null), or a reason why its text is not taken. */
export type Decided<Value> = { readonly value: Value | null } | { readonly refused: Pick<RefusedCell, 'code' | 'detail'> };

export interface Block {
  readonly students: readonly string[];
  readonly columns: readonly string[];
  /** [students][columns] */
  readonly texts: readonly (readonly string[])[];
}

export interface EditRecord {
  readonly id: string;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}

export type BlockOutcome = { readonly changed: number } | { readonly refused: readonly RefusedCell[] };

interface Change {
  readonly entity: GridEntity;
  readonly key: GridKey;
  readonly before: Values | undefined;
  readonly after: Values | null;
}

/**
 * Sets a block of marks: all cells or none. The caller holds the transaction.
 * @param decide what a text means, given the mark that stands and the points that can be had
 * @throws PathlightError `no-such-student`, `no-such-assignment`, `uneven-block`, `block-too-large`, `cell-twice`
 */
export function editMarks(
  database: Database,
  edit: EditRecord,
  block: Block,
  decide: (text: string, now: MarkNow | null, possible: number) => Decided<MarkNow>,
): BlockOutcome {
  check(database, block);
  const { mark } = gridValues(database);
  const find = database.prepare('SELECT possible, due_at FROM assignments WHERE code = ?');
  const assignments = block.columns.map((code) => {
    const found = find.get(code) as { possible: number; due_at: number | null } | undefined;
    if (!found)
      throw new PathlightError('no-such-assignment', `There is no assignment "${code}" in the gradebook any more.`, {
        assignment: code,
      });
    return found;
  });
  return write(database, edit, block, (student, column, text) => {
    const key = [student, block.columns[column]!];
    const before = mark.read(key);
    const now = before ? { points: before['points'] as number | null, status: before['status'] as MarkStatus } : null;
    const { possible, due_at } = assignments[column]!;
    const decided = decide(text, now, possible);
    if ('refused' in decided) return decided;
    const { value } = decided;
    // Work that is marked by hand was done when it was due, where that is known.
    const markedAt = before ? before['marked_at']! : due_at === null ? edit.at : null;
    const after = value && { points: value.points, status: value.status, marked_at: markedAt };
    return { entity: 'mark', key, before, after };
  });
}

/**
 * Sets a block of answers: the first or the latest answer of each student to each question; a new one after all others where there is none. Null
 * takes that answer away. The caller holds the transaction.
 * @throws PathlightError `no-such-student`, `no-such-question`, `uneven-block`, `block-too-large`, `cell-twice`
 */
export function editAnswers(
  database: Database,
  edit: EditRecord,
  block: Block,
  which: WhichAnswer,
  decide: (text: string, now: number | null) => Decided<number>,
): BlockOutcome {
  check(database, block);
  const { answer } = gridValues(database);
  const skills = database
    .prepare('SELECT k.code FROM question_skills g JOIN skills k ON k.id = g.skill_id WHERE g.question_id = ?')
    .pluck();
  const findQuestion = database.prepare('SELECT id FROM questions WHERE code = ?').pluck();
  const questions = block.columns.map((code) => {
    const id = findQuestion.get(code) as number | undefined;
    if (id === undefined)
      throw new PathlightError('no-such-question', `There is no question "${code}" in the gradebook any more.`, {
        question: code,
      });
    return { id, skills: skillSetKey((skills.all(id) as string[]).sort()) };
  });
  const position = database
    .prepare(
      `SELECT ${which === 'first' ? 'min' : 'max'}(position) FROM answers
       WHERE student_id = (SELECT id FROM students WHERE code = ?) AND question_id = ?`,
    )
    .pluck();
  const last = database
    .prepare('SELECT max(position) FROM answers WHERE student_id = (SELECT id FROM students WHERE code = ?)')
    .pluck();
  const next = new Map<string, number>();
  return write(database, edit, block, (student, column, text) => {
    const { id, skills: set } = questions[column]!;
    const known = position.get(student, id) as number | null;
    const before = known === null ? undefined : answer.read([student, known]);
    const decided = decide(text, before ? (before['correct'] as number) : null);
    if ('refused' in decided) return decided;
    const { value } = decided;
    if (before)
      return { entity: 'answer', key: [student, known!], before, after: value === null ? null : { ...before, correct: value } };
    if (value === null) return undefined;
    const at = next.get(student) ?? ((last.get(student) as number | null) ?? -1) + 1;
    next.set(student, at + 1);
    const question = block.columns[column]!;
    const unknown = { response_time_ms: null, attempt: null, hint: null };
    const after = { question, skills: set, correct: value, answered_at: edit.at, ...unknown };
    return { entity: 'answer', key: [student, at], before: undefined, after };
  });
}

/** Adds a column of marks; the caller holds the transaction. @returns its id */
export function addAssignment(database: Database, edit: EditRecord, title: string, possible: number): string {
  const taken = database.prepare('SELECT 1 FROM assignments WHERE code = ?').pluck();
  let code = title;
  for (let again = 2; taken.get(code) !== undefined; again++) code = `${title} #${again}`;
  record(database, edit, [{ entity: 'assignment', key: [code], before: undefined, after: { title, possible } }]);
  return code;
}

function check(database: Database, { students, columns, texts }: Block): void {
  const cells = students.length * columns.length;
  if (cells > MOST_CELLS)
    throw new PathlightError('block-too-large', `The block has ${cells} cells; ${MOST_CELLS} go in at once. Paste it in parts.`, {
      cells,
      most: MOST_CELLS,
    });
  if (texts.length !== students.length || texts.some((row) => row.length !== columns.length))
    throw new PathlightError('uneven-block', 'The rows of the block are not of one length. Copy a rectangle of cells.', {});
  if (new Set(students).size < students.length || new Set(columns).size < columns.length)
    throw new PathlightError('cell-twice', 'The block names a cell twice.', {});
  const exists = database.prepare('SELECT 1 FROM students WHERE code = ?').pluck();
  for (const student of students)
    if (exists.get(student) === undefined)
      throw new PathlightError('no-such-student', 'This student is not in the gradebook any more.', {});
}

/** Looks at all cells, then writes those that change, or none where one is refused. */
function write(
  database: Database,
  edit: EditRecord,
  { students, texts }: Block,
  look: (
    student: string,
    column: number,
    text: string,
  ) => Change | { readonly refused: Pick<RefusedCell, 'code' | 'detail'> } | undefined,
): BlockOutcome {
  const changes: Change[] = [];
  const refused: RefusedCell[] = [];
  students.forEach((student, row) =>
    texts[row]!.forEach((text, column) => {
      const seen = look(student, column, text);
      if (seen === undefined) return;
      if ('refused' in seen) refused.push({ row, column, text, ...seen.refused });
      else if (!stillSo(seen.before, seen.after)) changes.push(seen);
    }),
  );
  if (refused.length > 0) return { refused };
  if (changes.length > 0) record(database, edit, changes);
  return { changed: changes.length };
}

/** Writes the changes as one edit, with its journal. */
function record(database: Database, edit: EditRecord, changes: readonly Change[]): void {
  const count = (entity: GridEntity): number => changes.filter((change) => change.entity === entity).length;
  const number = Number(
    database
      .prepare(
        `INSERT INTO imports (id, file, hash, format, encoding, delimiter, students, questions, answers, marks, refused, created_at)
         VALUES (?, '', '', ?, '', '', 0, 0, ?, ?, '[]', ?)`,
      )
      .run(edit.id, EDIT_FORMAT, count('answer'), count('mark'), edit.at).lastInsertRowid,
  );
  const values = gridValues(database);
  const journal = database.prepare(
    'INSERT INTO journal (import_number, entity, key, before, after, created_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const { entity, key, before, after } of changes) {
    const of = values[entity];
    // A row that comes back must carry the number of the import that brought it.
    const was = before && (after === null ? { ...before, import_number: of.importNumber(key)! } : before);
    if (after === null) of.remove(key);
    else if (before) of.update(key, after);
    else of.insert(key, after, number);
    journal.run(
      number,
      entity,
      JSON.stringify(key),
      was === undefined ? null : JSON.stringify(was),
      after === null ? null : JSON.stringify(after),
      edit.at,
    );
  }
}

/** The view that an edit was made in. */
export const viewOf = (entity: string): GridView => (entity === 'answer' ? 'answers' : 'marks');
