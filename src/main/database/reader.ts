import type { Database } from 'better-sqlite3';
import type { ProfileValue, StudentProfile } from '../../shared/domain.ts';
import type { Counts, GradebookReader, ModelRecord, StudentRecord } from '../services/ports.ts';
import { createAnswerReader } from './answer-reader.ts';
import { readEdits, standingSkills } from './course-edits.ts';
import { readEffort } from './effort-reader.ts';
import { createCourseReader } from './course-reader.ts';
import { createHandedOutReader } from './handed-out-store.ts';
import { newestClassReader } from './newest-class.ts';
import { readSchool } from './school.ts';
import { statementsOf } from './statements.ts';
import { createTeacherReader } from './teacher-store.ts';
import { createTrustReader } from './trust-store.ts';

interface StudentRow {
  id: number;
  code: string;
  given_name: string;
  family_name: string;
  class_name: string | null;
  grade: string | null;
  answers: number;
  last_answer_at: number | null;
}

/** Family name first and without a space where the name is written so. */
export function displayName(code: string, givenName: string, familyName: string): string {
  if (!givenName && !familyName) return code;
  const together = familyName + givenName;
  if (/^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}·]+$/u.test(together)) return together;
  return `${givenName} ${familyName}`.trim();
}

const STUDENT_COLUMNS = `s.id, s.code, s.given_name, s.family_name, c.name AS class_name, s.grade,
  (SELECT count(*) FROM answers a WHERE a.student_id = s.id) AS answers,
  (SELECT max(answered_at) FROM answers a WHERE a.student_id = s.id) AS last_answer_at`;

/** Row numbers of a class's students, to be given its name twice: those who sit in it, and those who are enrolled in it beside another. */
const IN_CLASS = `SELECT o.id FROM students o JOIN classes k ON k.id = o.class_id WHERE k.name = ?
  UNION SELECT e.student_id FROM enrolments e JOIN classes k ON k.id = e.class_id WHERE k.name = ?`;

/** All reading of a gradebook. */
export function createReader(database: Database): GradebookReader {
  const prepare = statementsOf(database);

  /** By row number. @param where which students, as SQL over `student_id` */
  const profiles = (where = '', ...values: unknown[]): Map<number, StudentProfile> => {
    const rows = prepare(`SELECT student_id, area, field, value FROM profile_fields ${where}`)
      .raw()
      .all(...values) as [number, keyof StudentProfile, string, ProfileValue][];
    const result = new Map<number, Record<keyof StudentProfile, Record<string, ProfileValue>>>();
    for (const [student, area, field, value] of rows) {
      let profile = result.get(student);
      if (!profile) result.set(student, (profile = { background: {}, preference: {}, behaviour: {} }));
      profile[area][field] = value;
    }
    return result;
  };

  const toStudent = (row: StudentRow, profile: StudentProfile | undefined): StudentRecord => ({
    id: row.code,
    name: displayName(row.code, row.given_name, row.family_name),
    classId: row.class_name,
    className: row.class_name,
    grade: row.grade,
    profile: profile ?? { background: {}, preference: {}, behaviour: {} },
    answers: row.answers,
    lastAnswerAt: row.last_answer_at,
  });

  const dataVersion = (): number =>
    Number((prepare("SELECT value FROM settings WHERE name = 'revision'").get() as { value: number }).value);

  /** What takes a look at every answer is looked at once for each version of the data. */
  const remembered = <Value>(look: () => Value): (() => Value) => {
    let last: { readonly version: number; readonly value: Value } | undefined;
    return () => {
      const version = dataVersion();
      if (last?.version !== version) last = { version, value: look() };
      return last.value;
    };
  };

  const editsNow = remembered(() => readEdits(prepare));

  return {
    ...createAnswerReader(database, prepare, editsNow),
    dataVersion,
    changedAt: () => prepare('SELECT max(max(created_at, coalesce(undone_at, 0))) FROM imports').pluck().get() as number | null,
    school: () => readSchool(database),
    counts: remembered(
      () =>
        prepare(
          'SELECT (SELECT count(*) FROM students) AS students, (SELECT count(*) FROM questions) AS questions, (SELECT count(*) FROM answers) AS answers, (SELECT count(*) FROM marks) AS marks',
        ).get() as Counts,
    ),
    effort: () => readEffort(prepare, editsNow()),
    profiles() {
      const codes = new Map(prepare('SELECT id, code FROM students').raw().all() as [number, string][]);
      return new Map([...profiles()].map(([id, profile]) => [codes.get(id)!, profile]));
    },
    profile(studentId) {
      const [found] = profiles('WHERE student_id = (SELECT id FROM students WHERE code = ?)', studentId).values();
      return found;
    },
    classes() {
      return prepare(
        `SELECT c.name AS id, c.name AS name, (SELECT count(*) FROM (SELECT s.id FROM students s WHERE s.class_id = c.id
           UNION SELECT e.student_id FROM enrolments e WHERE e.class_id = c.id)) AS students FROM classes c ORDER BY c.name`,
      ).all() as { id: string; name: string; students: number }[];
    },
    currentClass: newestClassReader(prepare),
    findStudents(text, limit) {
      const needle = text.trim().toLocaleLowerCase();
      const rows = prepare(
        'SELECT s.code, s.given_name, s.family_name, c.name AS class_name FROM students s LEFT JOIN classes c ON c.id = s.class_id ORDER BY s.family_name, s.given_name, s.code',
      ).all() as Pick<StudentRow, 'code' | 'given_name' | 'family_name' | 'class_name'>[];
      const found: { id: string; name: string; className: string | null }[] = [];
      for (const row of rows) {
        const name = displayName(row.code, row.given_name, row.family_name);
        if (!`${name} ${row.code}`.toLocaleLowerCase().includes(needle)) continue;
        found.push({ id: row.code, name, className: row.class_name });
        if (found.length === limit) break;
      }
      return found;
    },
    students(classId) {
      const where = classId === null ? '' : `WHERE s.id IN (${IN_CLASS})`;
      const statement = prepare(
        `SELECT ${STUDENT_COLUMNS} FROM students s LEFT JOIN classes c ON c.id = s.class_id ${where} ORDER BY s.family_name, s.given_name, s.code`,
      );
      const rows = (classId === null ? statement.all() : statement.all(classId, classId)) as StudentRow[];
      const fields = classId === null ? profiles() : profiles(`WHERE student_id IN (${IN_CLASS})`, classId, classId);
      return rows.map((row) => toStudent(row, fields.get(row.id)));
    },
    student(id) {
      const row = prepare(
        `SELECT ${STUDENT_COLUMNS} FROM students s LEFT JOIN classes c ON c.id = s.class_id WHERE s.code = ?`,
      ).get(id) as StudentRow | undefined;
      return row && toStudent(row, profiles('WHERE student_id = ?', row.id).get(row.id));
    },
    ...createCourseReader(database, prepare, editsNow, remembered),
    ...createHandedOutReader(prepare),
    ...createTeacherReader(prepare, editsNow, remembered),
    searchQuestions(text, limit) {
      const pattern = `%${text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
      const rows = prepare(
        `SELECT q.id, q.code, (SELECT count(*) FROM answers a WHERE a.question_id = q.id) AS answers FROM questions q
           WHERE (q.code LIKE @pattern ESCAPE '\\' OR q.id IN (SELECT qs.question_id FROM question_skills qs JOIN skills s ON s.id = qs.skill_id WHERE s.name LIKE @pattern ESCAPE '\\')
             OR q.id IN (SELECT e.question_id FROM question_edits e JOIN json_each(e.skills) j JOIN skills s ON s.code = j.value WHERE s.name LIKE @pattern ESCAPE '\\'))
             AND q.id NOT IN (SELECT question_id FROM question_edits WHERE voided = 1)
           ORDER BY q.code LIMIT @limit`,
      ).all({ pattern, limit }) as { id: number; code: string; answers: number }[];
      const skills = prepare(
        'SELECT s.code FROM question_skills qs JOIN skills s ON s.id = qs.skill_id WHERE qs.question_id = ? ORDER BY s.code',
      ).pluck();
      const edits = editsNow();
      return rows.map((row) => ({
        id: row.code,
        skills: standingSkills(edits, edits.questions.get(row.code)?.skills ?? (skills.all(row.id) as string[])),
        answers: row.answers,
      }));
    },
    models: () =>
      prepare(
        'SELECT id, trained_at AS trainedAt, learner, folder, answers, removed_at AS removedAt FROM models ORDER BY trained_at',
      ).all() as ModelRecord[],
    ...createTrustReader(prepare),
  };
}
