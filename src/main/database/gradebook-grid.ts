import type { Database, Statement } from 'better-sqlite3';
import { STATUS_LETTERS } from '../../shared/contract/gradebook.ts';
import type { GridView, GridWindow } from '../../shared/contract/gradebook.ts';
import { skillsOfKey } from '../../learning/responses.ts';
import { readEdits, skillsAsked } from './course-edits.ts';
import { displayName } from './reader.ts';
import { statementsOf } from './statements.ts';

/** Which rows of which grid. */
export interface GridRequest {
  readonly view: GridView;
  /** Null: everyone. */
  readonly classId: string | null;
  readonly first: number;
  readonly count: number;
}

type Member = [id: number, code: string, givenName: string, familyName: string];
type Column = [
  id: number,
  code: string,
  title: string,
  /** Codes as files said them. */
  skills: string | null,
  possible: number | null,
  guessed: number,
  dueAt: number | null,
];

/** Rows and columns of a class, in their order. */
interface Frame {
  readonly key: string;
  readonly members: readonly Member[];
  readonly columns: readonly Column[];
  /** By column: names of its skills, and whether its teacher took it out. */
  readonly skills: readonly string[];
  readonly voided: readonly boolean[];
  /** Row number of an assignment or a question → its column. */
  readonly columnOf: ReadonlyMap<number, number>;
}

/** Students of a class, by row number, its name given as @class; everyone where that is null. */
export const MEMBERS = `SELECT s.id FROM students s WHERE @class IS NULL OR s.class_id = (SELECT id FROM classes WHERE name = @class)
  UNION SELECT e.student_id FROM enrolments e WHERE e.class_id = (SELECT id FROM classes WHERE name = @class)`;

/** An assignment belongs to the classes whose students have marks for it; one without any mark, to all. */
export const ASSIGNMENTS = `SELECT a.id, a.code, a.title, (SELECT group_concat(k.code, char(31)) FROM assignment_skills g JOIN skills k ON k.id = g.skill_id
    WHERE g.assignment_id = a.id), a.possible, a.guessed, a.due_at FROM assignments a
  WHERE @class IS NULL OR EXISTS (SELECT 1 FROM marks m WHERE m.assignment_id = a.id AND m.student_id IN (${MEMBERS}))
    OR NOT EXISTS (SELECT 1 FROM marks m WHERE m.assignment_id = a.id)
  ORDER BY a.due_at IS NULL, a.due_at, a.id`;

const QUESTIONS = `SELECT q.id, q.code, q.code, (SELECT group_concat(k.code, char(31)) FROM question_skills g JOIN skills k ON k.id = g.skill_id
    WHERE g.question_id = q.id), NULL, 0, NULL FROM questions q
  WHERE q.id IN (SELECT DISTINCT a.question_id FROM answers a WHERE a.student_id IN (${MEMBERS})) ORDER BY q.id`;

/** Reads windows of the two grids. What rows and columns there are is looked at once for each version of the data and class. */
export function createGridReader(database: Database): (request: GridRequest) => GridWindow {
  const prepare = statementsOf(database);
  const frames = new Map<GridView, Frame>();
  const frameOf = (view: GridView, classId: string | null, version: number): Frame => {
    const key = JSON.stringify([version, classId]);
    const known = frames.get(view);
    if (known?.key === key) return known;
    const members = prepare(
      `SELECT s.id, s.code, s.given_name, s.family_name FROM students s WHERE s.id IN (${MEMBERS}) ORDER BY s.family_name, s.given_name, s.code`,
    )
      .raw()
      .all({ class: classId }) as Member[];
    const columns = prepare(view === 'marks' ? ASSIGNMENTS : QUESTIONS)
      .raw()
      .all({ class: classId }) as Column[];
    const edits = readEdits(prepare);
    const names = new Map(prepare('SELECT code, name FROM skills').raw().all() as [string, string][]);
    const editOf = ([id, code]: Column) => (view === 'marks' ? edits.assignments.get(id) : edits.questions.get(code));
    const frame: Frame = {
      key,
      members,
      columns,
      skills: columns.map((column) =>
        skillsAsked(edits, editOf(column), skillsOfKey(column[3] ?? ''))
          .map((code) => names.get(code) ?? code)
          .join(', '),
      ),
      voided: columns.map((column) => editOf(column)?.voided ?? false),
      columnOf: new Map(columns.map(([id], index) => [id, index])),
    };
    frames.set(view, frame);
    return frame;
  };

  return ({ view, classId, first, count }) =>
    database
      .transaction((): GridWindow => {
        const version = prepare("SELECT value FROM settings WHERE name = 'revision'").pluck().get() as number;
        const frame = frameOf(view, classId, version);
        const rows = frame.members.slice(first, first + count);
        const { columns } = frame;
        return {
          view,
          classId,
          version,
          total: frame.members.length,
          first,
          studentIds: rows.map(([, code]) => code),
          studentNames: rows.map(([, code, given, family]) => displayName(code, given, family)),
          columns: {
            ids: columns.map(([, code]) => code),
            titles: columns.map(([, , title]) => title),
            skills: [...frame.skills],
            voided: [...frame.voided],
            possible: columns.map(([, , , , possible]) => possible),
            guessed: columns.map(([, , , , , guessed]) => guessed === 1),
            dueAt: columns.map((column) => column[6]),
          },
          cells: (view === 'marks' ? marksOf : answersOf)(prepare, rows, frame.columnOf),
        };
      })
      .deferred();
}

function marksOf(
  prepare: (sql: string) => Statement,
  rows: readonly Member[],
  columnOf: ReadonlyMap<number, number>,
): GridWindow['cells'] {
  const cells: GridWindow['cells'] = { row: [], column: [], value: [], status: '', first: [], count: [] };
  const read = prepare('SELECT assignment_id, points, status FROM marks WHERE student_id = ?').raw();
  const letters: string[] = [];
  rows.forEach(([id], row) => {
    for (const [assignment, points, status] of read.all(id) as [number, number | null, keyof typeof STATUS_LETTERS][]) {
      const column = columnOf.get(assignment);
      if (column === undefined) continue;
      cells.row.push(row);
      cells.column.push(column);
      cells.value.push(points);
      letters.push(STATUS_LETTERS[status]);
    }
  });
  return { ...cells, status: letters.join('') };
}

function answersOf(
  prepare: (sql: string) => Statement,
  rows: readonly Member[],
  columnOf: ReadonlyMap<number, number>,
): GridWindow['cells'] {
  const cells: GridWindow['cells'] = { row: [], column: [], value: [], status: '', first: [], count: [] };
  const read = prepare('SELECT question_id, correct FROM answers WHERE student_id = ? ORDER BY position').raw();
  rows.forEach(([id], row) => {
    const seen = new Map<number, number>();
    for (const [question, correct] of read.all(id) as [number, number][]) {
      const known = seen.get(question);
      if (known !== undefined) {
        cells.value[known] = correct;
        cells.count[known]!++;
        continue;
      }
      const column = columnOf.get(question);
      if (column === undefined) continue;
      seen.set(question, cells.row.length);
      cells.row.push(row);
      cells.column.push(column);
      cells.value.push(correct);
      cells.first.push(correct);
      cells.count.push(1);
    }
  });
  return cells;
}
