import type { Database } from 'better-sqlite3';
import type { CheckedRows, PrerequisiteRow, ResponseRow, RosterRow, SkillRow } from './import-rows.ts';

/** One file's rows and what is recorded about it. */
export interface ImportFile {
  readonly id: string;
  readonly file: string;
  readonly hash: string;
  readonly format: string;
  readonly encoding: string;
  readonly delimiter: string;
  readonly content: CheckedRows;
}

export interface WrittenImport {
  readonly students: number;
  readonly questions: number;
  readonly answers: number;
  readonly marks: number;
  readonly changes: { readonly added: number; readonly changed: number; readonly unchanged: number };
}

export interface WriteOptions {
  readonly at: number;
  /** Called every thousand rows with their number so far; may throw to stop. */
  readonly onRows?: ((done: number) => void) | undefined;
}

/**
 * Writes one file's rows. The caller holds the transaction: a throw anywhere leaves nothing behind. New rows carry the import's number; a
 * value that was there and differs is journalled before and after.
 */
export function writeImport(database: Database, file: ImportFile, options: WriteOptions): WrittenImport {
  const number = Number(
    database
      .prepare(
        `INSERT INTO imports (id, file, hash, format, encoding, delimiter, students, questions, answers, marks, refused, created_at)
         VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?, ?)`,
      )
      .run(
        file.id,
        file.file,
        file.hash,
        file.format,
        file.encoding,
        file.delimiter,
        JSON.stringify(file.content.refused),
        options.at,
      ).lastInsertRowid,
  );
  const writer = new ImportWriter(database, number, options);
  const counts = writer.write(file.content);
  database
    .prepare('UPDATE imports SET students = ?, questions = ?, answers = ?, marks = ? WHERE number = ?')
    .run(counts.students, counts.questions, counts.answers, counts.marks, number);
  return { ...counts, changes: { added: writer.added, changed: writer.changed, unchanged: writer.unchanged } };
}

type Values = Record<string, string | number | null>;

class ImportWriter {
  added = 0;
  changed = 0;
  unchanged = 0;
  private readonly database: Database;
  private readonly number: number;
  private readonly options: WriteOptions;
  private readonly ids = {
    students: new Map<string, number>(),
    skills: new Map<string, number>(),
    questions: new Map<string, number>(),
    sets: new Map<string, number>(),
    classes: new Map<string, number>(),
  };

  constructor(database: Database, number: number, options: WriteOptions) {
    this.database = database;
    this.number = number;
    this.options = options;
  }

  write(content: CheckedRows): { students: number; questions: number; answers: number; marks: number } {
    const none = { students: 0, questions: 0, answers: 0, marks: 0 };
    switch (content.format) {
      case 'pathlight-roster':
        this.roster(content.rows);
        return { ...none, students: content.rows.length };
      case 'pathlight-responses':
        this.responses(content.rows);
        return {
          ...none,
          students: new Set(content.rows.map((row) => row.student)).size,
          questions: new Set(content.rows.map((row) => row.question)).size,
          answers: content.rows.length,
        };
      case 'pathlight-skills':
        this.skills(content.rows);
        return none;
      case 'pathlight-prerequisites':
        this.prerequisites(content.rows);
        return none;
    }
  }

  private tick(index: number): void {
    if (index % 1000 === 0) this.options.onRows?.(index);
  }

  private journal(entity: string, key: readonly (string | number)[], before: Values, after: Values): void {
    this.database
      .prepare('INSERT INTO journal (import_number, entity, key, before, after, created_at) VALUES (?, ?, ?, ?, ?, ?)')
      .run(this.number, entity, JSON.stringify(key), JSON.stringify(before), JSON.stringify(after), this.options.at);
    this.changed++;
  }

  /** The row's id by its code; a new row carries this import's number. */
  private idOf(table: 'students' | 'skills' | 'questions', code: string): { id: number; isNew: boolean } {
    const known = this.ids[table].get(code);
    if (known !== undefined) return { id: known, isNew: false };
    const found = this.database.prepare(`SELECT id FROM ${table} WHERE code = ?`).pluck().get(code) as number | undefined;
    const insert = (): number =>
      Number(
        (table === 'skills'
          ? this.database.prepare('INSERT INTO skills (code, name, import_number) VALUES (?, ?, ?)').run(code, code, this.number)
          : this.database.prepare(`INSERT INTO ${table} (code, import_number) VALUES (?, ?)`).run(code, this.number)
        ).lastInsertRowid,
      );
    const id = found ?? insert();
    this.ids[table].set(code, id);
    return { id, isNew: found === undefined };
  }

  private classOf(name: string): number | null {
    if (name === '') return null;
    let id =
      this.ids.classes.get(name) ??
      (this.database.prepare('SELECT id FROM classes WHERE name = ?').pluck().get(name) as number | undefined);
    id ??= Number(
      this.database.prepare('INSERT INTO classes (name, import_number) VALUES (?, ?)').run(name, this.number).lastInsertRowid,
    );
    this.ids.classes.set(name, id);
    return id;
  }

  private roster(rows: readonly RosterRow[]): void {
    const read = this.database.prepare(
      'SELECT s.given_name, s.family_name, c.name AS class, s.grade FROM students s LEFT JOIN classes c ON c.id = s.class_id WHERE s.id = ?',
    );
    const update = this.database.prepare(
      'UPDATE students SET given_name = ?, family_name = ?, class_id = ?, grade = ? WHERE id = ?',
    );
    const readField = this.database
      .prepare('SELECT value FROM profile_fields WHERE student_id = ? AND area = ? AND field = ?')
      .pluck();
    const addField = this.database.prepare(
      'INSERT INTO profile_fields (student_id, area, field, value, import_number) VALUES (?, ?, ?, ?, ?)',
    );
    const changeField = this.database.prepare(
      'UPDATE profile_fields SET value = ? WHERE student_id = ? AND area = ? AND field = ?',
    );
    rows.forEach((row, index) => {
      this.tick(index);
      const { id, isNew } = this.idOf('students', row.student);
      const before = read.get(id) as Values;
      // An empty cell says nothing: it does not wipe what is known.
      const after: Values = {
        given_name: row.givenName || before['given_name']!,
        family_name: row.familyName || before['family_name']!,
        class: row.className || before['class']!,
        grade: row.grade || before['grade']!,
      };
      const same = Object.keys(after).every((name) => after[name] === before[name]);
      if (!same)
        update.run(after['given_name'], after['family_name'], this.classOf(String(after['class'] ?? '')), after['grade'], id);
      if (isNew) this.added++;
      else if (same) this.unchanged++;
      else this.journal('student', [row.student], before, after);
      for (const { area, field, value } of row.profile) {
        const known = readField.get(id, area, field) as string | number | undefined;
        if (known === undefined) addField.run(id, area, field, value, this.number);
        else if (known !== value) {
          changeField.run(value, id, area, field);
          this.journal('profile', [row.student, area, field], { value: known }, { value });
        }
      }
    });
  }

  private skills(rows: readonly SkillRow[]): void {
    const read = this.database.prepare('SELECT name FROM skills WHERE id = ?').pluck();
    const rename = this.database.prepare('UPDATE skills SET name = ? WHERE id = ?');
    rows.forEach((row, index) => {
      this.tick(index);
      const { id, isNew } = this.idOf('skills', row.skill);
      const before = read.get(id) as string;
      if (before !== row.name) rename.run(row.name, id);
      if (isNew) this.added++;
      else if (before === row.name) this.unchanged++;
      else this.journal('skill', [row.skill], { name: before }, { name: row.name });
    });
  }

  private prerequisites(rows: readonly PrerequisiteRow[]): void {
    const insert = this.database.prepare(
      'INSERT OR IGNORE INTO prerequisites (skill_id, prerequisite_id, import_number) VALUES (?, ?, ?)',
    );
    rows.forEach((row, index) => {
      this.tick(index);
      const { changes } = insert.run(this.idOf('skills', row.skill).id, this.idOf('skills', row.prerequisite).id, this.number);
      if (changes > 0) this.added++;
      else this.unchanged++;
    });
  }

  /** Id of a set of skills; the set is named by its members' codes. */
  private setOf(skills: readonly string[]): number {
    const code = skills.join('\u001f');
    let id =
      this.ids.sets.get(code) ??
      (this.database.prepare('SELECT id FROM skill_sets WHERE code = ?').pluck().get(code) as number | undefined);
    if (id === undefined) {
      id = Number(this.database.prepare('INSERT INTO skill_sets (code) VALUES (?)').run(code).lastInsertRowid);
      const add = this.database.prepare('INSERT INTO skill_set_members (set_id, skill_id) VALUES (?, ?)');
      for (const skill of skills) add.run(id, this.idOf('skills', skill).id);
    }
    this.ids.sets.set(code, id);
    return id;
  }

  private responses(rows: readonly ResponseRow[]): void {
    const columns = 'question_id, set_id, correct, answered_at, response_time_ms, attempt, hint';
    const read = this.database.prepare(
      `SELECT a.id, q.code AS question, s.code AS skills, a.correct, a.answered_at, a.response_time_ms, a.attempt, a.hint
       FROM answers a JOIN questions q ON q.id = a.question_id JOIN skill_sets s ON s.id = a.set_id WHERE a.student_id = ? AND a.position = ?`,
    );
    const insert = this.database.prepare(
      `INSERT INTO answers (student_id, position, ${columns}, import_number) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const update = this.database.prepare(
      'UPDATE answers SET question_id = ?, set_id = ?, correct = ?, answered_at = ?, response_time_ms = ?, attempt = ?, hint = ? WHERE id = ?',
    );
    const link = this.database.prepare(
      'INSERT OR IGNORE INTO question_skills (question_id, skill_id, import_number) VALUES (?, ?, ?)',
    );
    const hadAnswers = this.database.prepare('SELECT 1 FROM answers WHERE student_id = ? LIMIT 1').pluck();
    const mayHave = new Map<number, boolean>();
    const linked = new Set<string>();
    rows.forEach((row, index) => {
      this.tick(index);
      const student = this.idOf('students', row.student).id;
      const question = this.idOf('questions', row.question).id;
      const set = this.setOf(row.skills);
      const pair = `${question}:${set}`;
      if (!linked.has(pair)) {
        linked.add(pair);
        for (const skill of row.skills) link.run(question, this.idOf('skills', skill).id, this.number);
      }
      if (!mayHave.has(student)) mayHave.set(student, hadAnswers.get(student) !== undefined);
      const before = mayHave.get(student) ? (read.get(student, row.order) as (Values & { id: number }) | undefined) : undefined;
      if (!before) {
        insert.run(
          student,
          row.order,
          question,
          set,
          row.correct,
          row.timestamp,
          row.responseTimeMs,
          row.attempt,
          row.hint,
          this.number,
        );
        this.added++;
        return;
      }
      const { id, ...known } = before;
      const after: Values = {
        question: row.question,
        skills: row.skills.join('\u001f'),
        correct: row.correct,
        answered_at: row.timestamp,
        response_time_ms: row.responseTimeMs,
        attempt: row.attempt,
        hint: row.hint,
      };
      if (Object.keys(after).every((name) => after[name] === known[name])) {
        this.unchanged++;
        return;
      }
      update.run(question, set, row.correct, row.timestamp, row.responseTimeMs, row.attempt, row.hint, id);
      this.journal('answer', [row.student, row.order], known, after);
    });
    this.options.onRows?.(rows.length);
  }
}
