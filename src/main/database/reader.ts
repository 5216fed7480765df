import type { Database } from 'better-sqlite3';
import type { ProfileValue, ResponseEvent, ResponseSequence, StudentProfile } from '../../shared/domain.ts';
import { markEvents, provisionalSkills, withMarks } from './mark-evidence.ts';
import type { AnswerRecord, Counts, GradebookReader, ModelRecord, StudentRecord } from '../services/ports.ts';

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

/** All reading of a gradebook. */
export function createReader(database: Database): GradebookReader {
  const skillCodes = (): Map<number, string[]> => {
    const sets = new Map<number, string[]>();
    const rows = database
      .prepare('SELECT m.set_id, s.code FROM skill_set_members m JOIN skills s ON s.id = m.skill_id ORDER BY s.code')
      .raw()
      .all() as [number, string][];
    for (const [set, code] of rows) {
      const list = sets.get(set);
      if (list) list.push(code);
      else sets.set(set, [code]);
    }
    return sets;
  };

  const profiles = (studentIds?: readonly number[]): Map<number, Record<string, Record<string, ProfileValue>>> => {
    const rows = (
      studentIds?.length === 1
        ? database
            .prepare('SELECT student_id, area, field, value FROM profile_fields WHERE student_id = ?')
            .raw()
            .all(studentIds[0])
        : database.prepare('SELECT student_id, area, field, value FROM profile_fields').raw().all()
    ) as [number, string, string, ProfileValue][];
    const result = new Map<number, Record<string, Record<string, ProfileValue>>>();
    for (const [student, area, field, value] of rows) {
      const profile = result.get(student) ?? { background: {}, preference: {}, behaviour: {} };
      (profile[area] ??= {})[field] = value;
      result.set(student, profile);
    }
    return result;
  };

  const toStudent = (row: StudentRow, profile: Record<string, Record<string, ProfileValue>> | undefined): StudentRecord => ({
    id: row.code,
    name: displayName(row.code, row.given_name, row.family_name),
    classId: row.class_name,
    className: row.class_name,
    grade: row.grade,
    profile: (profile ?? { background: {}, preference: {}, behaviour: {} }) as unknown as StudentProfile,
    answers: row.answers,
    lastAnswerAt: row.last_answer_at,
  });

  const codes = (table: 'students' | 'questions'): Map<number, string> =>
    new Map(database.prepare(`SELECT id, code FROM ${table}`).raw().all() as [number, string][]);

  return {
    counts(): Counts {
      return database
        .prepare(
          'SELECT (SELECT count(*) FROM students) AS students, (SELECT count(*) FROM questions) AS questions, (SELECT count(*) FROM answers) AS answers, (SELECT count(*) FROM marks) AS marks',
        )
        .get() as Counts;
    },
    classes() {
      return database
        .prepare(
          `SELECT c.name AS id, c.name AS name, (SELECT count(*) FROM (SELECT s.id FROM students s WHERE s.class_id = c.id
             UNION SELECT e.student_id FROM enrolments e WHERE e.class_id = c.id)) AS students FROM classes c ORDER BY c.name`,
        )
        .all() as { id: string; name: string; students: number }[];
    },
    currentClass() {
      const newest = database
        .prepare(
          `SELECT c.name FROM classes c JOIN students s ON s.class_id = c.id LEFT JOIN answers a ON a.student_id = s.id
           GROUP BY c.id ORDER BY max(coalesce(a.answered_at, 0)) DESC, max(a.import_number) DESC, c.name LIMIT 1`,
        )
        .pluck()
        .get() as string | undefined;
      return newest ?? null;
    },
    findStudents(text, limit) {
      const needle = text.trim().toLocaleLowerCase();
      const rows = database
        .prepare(
          'SELECT s.code, s.given_name, s.family_name, c.name AS class_name FROM students s LEFT JOIN classes c ON c.id = s.class_id ORDER BY s.family_name, s.given_name, s.code',
        )
        .all() as Pick<StudentRow, 'code' | 'given_name' | 'family_name' | 'class_name'>[];
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
      const where =
        classId === null
          ? ''
          : 'WHERE c.name = ? OR s.id IN (SELECT e.student_id FROM enrolments e JOIN classes k ON k.id = e.class_id WHERE k.name = ?)';
      const statement = database.prepare(
        `SELECT ${STUDENT_COLUMNS} FROM students s LEFT JOIN classes c ON c.id = s.class_id ${where} ORDER BY s.family_name, s.given_name, s.code`,
      );
      const rows = (classId === null ? statement.all() : statement.all(classId, classId)) as StudentRow[];
      const fields = profiles();
      return rows.map((row) => toStudent(row, fields.get(row.id)));
    },
    student(id) {
      const row = database
        .prepare(`SELECT ${STUDENT_COLUMNS} FROM students s LEFT JOIN classes c ON c.id = s.class_id WHERE s.code = ?`)
        .get(id) as StudentRow | undefined;
      return row && toStudent(row, profiles([row.id]).get(row.id));
    },
    sequences(studentIds): ResponseSequence[] {
      const students = codes('students');
      const questions = codes('questions');
      const sets = skillCodes();
      const wanted = studentIds && new Set(studentIds);
      const sequences = new Map<number, { student: string; responses: ResponseEvent[] }>();
      for (const [id, code] of students) if (!wanted || wanted.has(code)) sequences.set(id, { student: code, responses: [] });
      const columns = 'student_id, position, question_id, set_id, correct, answered_at, response_time_ms, attempt, hint';
      const few = wanted && wanted.size <= 50;
      const statement = database
        .prepare(
          few
            ? `SELECT ${columns} FROM answers WHERE student_id IN (${[...sequences.keys()].map(() => '?').join(',')}) ORDER BY student_id, position`
            : `SELECT ${columns} FROM answers ORDER BY student_id, position`,
        )
        .raw();
      type Row = [number, number, number, number, number, number | null, number | null, number | null, number | null];
      for (const [student, order, question, set, correct, timestamp, responseTimeMs, attempt, hint] of statement.iterate(
        ...(few ? [...sequences.keys()] : []),
      ) as IterableIterator<Row>) {
        sequences.get(student)?.responses.push({
          order,
          question: questions.get(question) ?? '',
          skills: sets.get(set) ?? [],
          correct,
          ...(timestamp === null ? {} : { timestamp }),
          ...(responseTimeMs === null ? {} : { responseTimeMs }),
          ...(attempt === null ? {} : { attempt }),
          ...(hint === null ? {} : { hint }),
        });
      }
      const marks = markEvents(database, few ? [...sequences.keys()] : undefined);
      return [...sequences].map(([id, { student, responses }]) => ({ student, responses: withMarks(responses, marks.get(id)) }));
    },
    answersOf(studentId) {
      const sets = skillCodes();
      const rows = database
        .prepare(
          `SELECT a.position, q.code AS question, a.set_id, a.correct, a.answered_at, i.id AS import_id FROM answers a
           JOIN students s ON s.id = a.student_id JOIN questions q ON q.id = a.question_id JOIN imports i ON i.number = a.import_number
           WHERE s.code = ? ORDER BY a.position DESC`,
        )
        .all(studentId) as {
        position: number;
        question: string;
        set_id: number;
        correct: number;
        answered_at: number | null;
        import_id: string;
      }[];
      return rows.map((row): AnswerRecord => ({
        order: row.position,
        question: row.question,
        skills: sets.get(row.set_id) ?? [],
        correct: row.correct,
        timestamp: row.answered_at,
        importId: row.import_id,
      }));
    },
    courseMap: () => ({
      skills: [
        ...(database.prepare('SELECT code AS id, name FROM skills ORDER BY skills.id').all() as { id: string; name: string }[]),
        ...provisionalSkills(database),
      ],
      prerequisites: database
        .prepare(
          'SELECT s.code AS skill, p.code AS prerequisite FROM prerequisites r JOIN skills s ON s.id = r.skill_id JOIN skills p ON p.id = r.prerequisite_id ORDER BY r.skill_id, r.prerequisite_id',
        )
        .all() as { skill: string; prerequisite: string }[],
    }),
    skillUse: () =>
      database
        .prepare(
          `SELECT s.code AS id, s.name AS name, (SELECT count(*) FROM question_skills q WHERE q.skill_id = s.id) AS questions,
             (SELECT count(*) FROM skill_set_members m JOIN answers a ON a.set_id = m.set_id WHERE m.skill_id = s.id) AS answers FROM skills s ORDER BY s.id`,
        )
        .all() as { id: string; name: string; questions: number; answers: number }[],
    searchQuestions(text, limit) {
      const pattern = `%${text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
      const rows = database
        .prepare(
          `SELECT q.id, q.code, (SELECT count(*) FROM answers a WHERE a.question_id = q.id) AS answers FROM questions q
           WHERE q.code LIKE ? ESCAPE '\\' OR q.id IN (SELECT qs.question_id FROM question_skills qs JOIN skills s ON s.id = qs.skill_id WHERE s.name LIKE ? ESCAPE '\\')
           ORDER BY q.code LIMIT ?`,
        )
        .all(pattern, pattern, limit) as { id: number; code: string; answers: number }[];
      const skills = database
        .prepare(
          'SELECT s.code FROM question_skills qs JOIN skills s ON s.id = qs.skill_id WHERE qs.question_id = ? ORDER BY s.code',
        )
        .pluck();
      return rows.map((row) => ({ id: row.code, skills: skills.all(row.id) as string[], answers: row.answers }));
    },
    models: () =>
      database
        .prepare('SELECT id, trained_at AS trainedAt, learner, folder, answers FROM models ORDER BY trained_at')
        .all() as ModelRecord[],
    dataVersion: () => Number(database.prepare("SELECT value FROM settings WHERE name = 'revision'").pluck().get()),
  };
}
