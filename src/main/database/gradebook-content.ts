import type { Database } from 'better-sqlite3';
import { skillsOfKey } from '../../learning/responses.ts';
import { readEdits, skillsAsked } from './course-edits.ts';
import type { ProfileValue } from '../../shared/domain.ts';
import { ASSIGNMENTS, MEMBERS } from './gradebook-grid.ts';
import type { MarkStatus } from './import-rows.ts';

export interface ContentStudent {
  readonly code: string;
  readonly givenName: string;
  readonly familyName: string;
  /** Names of the student's classes, the student's own first. */
  readonly classes: readonly string[];
  readonly grade: string;
  /** Kind of key → the first of that kind. */
  readonly keys: ReadonlyMap<string, string>;
  readonly profile: readonly { readonly area: string; readonly field: string; readonly value: ProfileValue }[];
}

export interface ContentAssignment {
  readonly code: string;
  readonly source: string;
  readonly sourceId: string;
  readonly title: string;
  readonly possible: number;
  readonly guessed: boolean;
  /** Milliseconds since 1970 UTC. */
  readonly dueAt: number | null;
  readonly skills: readonly string[];
}

export interface ContentMark {
  /** Indexes into students and assignments. */
  readonly student: number;
  readonly assignment: number;
  readonly points: number | null;
  readonly status: MarkStatus;
  readonly markedAt: number | null;
}

/** All of a class but the answers: what goes out as files. */
export interface GradebookContent {
  readonly students: readonly ContentStudent[];
  readonly classes: readonly { readonly code: string; readonly name: string }[];
  readonly assignments: readonly ContentAssignment[];
  readonly marks: readonly ContentMark[];
}

export type ContentAnswer = [
  student: string,
  position: number,
  question: string,
  skills: readonly string[],
  correct: number,
  answeredAt: number | null,
  responseTimeMs: number | null,
  attempt: number | null,
  hint: number | null,
];

/** Reads it all in one state of the gradebook. @param classId null: everyone */
export function readContent(database: Database, classId: string | null): GradebookContent {
  return database
    .transaction((): GradebookContent => {
      const all = <Row>(sql: string, ...values: unknown[]): Row[] =>
        database
          .prepare(sql)
          .raw()
          .all(...values) as Row[];
      const of = { class: classId };
      const rows = all<[number, string, string, string, string | null, string | null]>(
        `SELECT s.id, s.code, s.given_name, s.family_name, c.name, s.grade FROM students s LEFT JOIN classes c ON c.id = s.class_id
         WHERE s.id IN (${MEMBERS}) ORDER BY s.family_name, s.given_name, s.code`,
        of,
      );
      const indexOf = new Map(rows.map(([id], index) => [id, index]));
      const further = grouped(
        all<[number, string]>(
          `SELECT e.student_id, c.name FROM enrolments e JOIN classes c ON c.id = e.class_id WHERE e.student_id IN (${MEMBERS}) ORDER BY c.id`,
          of,
        ),
      );
      const keys = grouped(
        all<[number, string, string]>(
          `SELECT k.student_id, k.kind, k.value FROM student_keys k WHERE k.student_id IN (${MEMBERS}) ORDER BY k.import_number DESC, k.value DESC`,
          of,
        ).map(([id, kind, value]): [number, [string, string]] => [id, [kind, value]]),
      );
      const profiles = grouped(
        all<[number, string, string, ProfileValue]>(
          `SELECT f.student_id, f.area, f.field, f.value FROM profile_fields f WHERE f.student_id IN (${MEMBERS}) ORDER BY f.area, f.field`,
          of,
        ).map(([id, area, field, value]): [number, { area: string; field: string; value: ProfileValue }] => [
          id,
          { area, field, value },
        ]),
      );
      const students = rows.map(([id, code, givenName, familyName, className, grade]) => ({
        code,
        givenName,
        familyName,
        classes: [...new Set([...(className === null ? [] : [className]), ...(further.get(id) ?? [])])],
        grade: grade ?? '',
        keys: new Map(keys.get(id)),
        profile: profiles.get(id) ?? [],
      }));
      const columns = all<[number]>(ASSIGNMENTS, of).map(([id]) => id);
      const columnOf = new Map(columns.map((id, index) => [id, index]));
      const detail = database
        .prepare('SELECT code, source, source_id, title, possible, guessed, due_at FROM assignments WHERE id = ?')
        .raw();
      const edits = readEdits((sql) => database.prepare(sql));
      const skills = database
        .prepare(
          'SELECT k.code FROM assignment_skills g JOIN skills k ON k.id = g.skill_id WHERE g.assignment_id = ? ORDER BY k.code',
        )
        .pluck();
      const assignments = columns.map((id): ContentAssignment => {
        const [code, source, sourceId, title, possible, guessed, dueAt] = detail.get(id) as [
          string,
          string,
          string,
          string,
          number,
          number,
          number | null,
        ];
        return {
          code,
          source,
          sourceId,
          title,
          possible,
          guessed: guessed === 1,
          dueAt,
          skills: skillsAsked(edits, edits.assignments.get(id), skills.all(id) as string[]),
        };
      });
      const marks = all<[number, number, number | null, MarkStatus, number | null]>(
        `SELECT m.student_id, m.assignment_id, m.points, m.status, m.marked_at FROM marks m WHERE m.student_id IN (${MEMBERS})
         ORDER BY m.student_id, m.assignment_id`,
        of,
      ).flatMap(([student, assignment, points, status, markedAt]) => {
        const column = columnOf.get(assignment);
        return column === undefined ? [] : [{ student: indexOf.get(student)!, assignment: column, points, status, markedAt }];
      });
      const used = new Set(students.flatMap((student) => student.classes));
      const classes = all<[string, string | null]>('SELECT name, code FROM classes ORDER BY id')
        .filter(([name]) => classId === null || used.has(name))
        .map(([name, code]) => ({ name, code: code ?? name }));
      return { students, classes, assignments, marks };
    })
    .deferred();
}

/** Every answer, each student's in order, one at a time: there may be millions. */
export function eachAnswer(database: Database, classId: string | null, visit: (answer: ContentAnswer) => void): void {
  const sets = new Map<string, readonly string[]>();
  const rows = database
    .prepare(
      `SELECT s.code, a.position, q.code, k.code, a.correct, a.answered_at, a.response_time_ms, a.attempt, a.hint FROM students s
       CROSS JOIN answers a ON a.student_id = s.id JOIN questions q ON q.id = a.question_id JOIN skill_sets k ON k.id = a.set_id
       WHERE s.id IN (${MEMBERS}) ORDER BY s.id, a.position`,
    )
    .raw()
    .iterate({ class: classId }) as IterableIterator<
    [string, number, string, string, number, number | null, number | null, number | null, number | null]
  >;
  for (const [student, position, question, key, ...rest] of rows) {
    let skills = sets.get(key);
    if (!skills) sets.set(key, (skills = skillsOfKey(key)));
    visit([student, position, question, skills, ...rest]);
  }
}

function grouped<Value>(rows: readonly [number, Value][]): Map<number, Value[]> {
  const groups = new Map<number, Value[]>();
  for (const [id, value] of rows) {
    const known = groups.get(id);
    if (known) known.push(value);
    else groups.set(id, [value]);
  }
  return groups;
}
