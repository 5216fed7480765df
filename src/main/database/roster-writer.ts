import type { Database } from 'better-sqlite3';
import { Ids, sameValues } from './changes.ts';
import type { Journal } from './changes.ts';
import type { Values } from './values.ts';
import type { ImportContent, IncomingStudent, PrerequisiteRow, SkillRow } from './import-rows.ts';
import { nameKey } from './match-students.ts';
import type { MatchedStudent } from './match-students.ts';
import { partsOfWhole } from './whole-name.ts';

/** Names in these were typed by students: they fill a gap and never replace what the school says. */
const TYPED_BY_STUDENTS = new Set(['google-forms', 'kahoot']);

/** Writes who is there, in which classes, and what can be learned. */
export class RosterWriter {
  private readonly database: Database;
  private readonly number: number;
  private readonly journal: Journal;
  private readonly skillIds: Ids;
  private readonly classes = new Map<string, number>();

  constructor(database: Database, number: number, journal: Journal) {
    this.database = database;
    this.number = number;
    this.journal = journal;
    this.skillIds = new Ids(database, 'skills', number);
  }

  students(content: ImportContent, matched: readonly MatchedStudent[]): void {
    for (const { code, name } of content.classes) this.classOf(code, name);
    // A first class among those that a student is enrolled in, for lists that show one.
    const first = new Map<number, string>();
    for (const { student, classCode } of content.enrolments) if (!first.has(student)) first.set(student, classCode);
    const read = this.database.prepare(
      `SELECT s.code, s.given_name, s.family_name, s.class_id, c.name AS class, s.grade, i.format AS class_from FROM students s
       LEFT JOIN classes c ON c.id = s.class_id LEFT JOIN imports i ON i.number = c.import_number WHERE s.id = ?`,
    );
    const update = this.database.prepare(
      'UPDATE students SET given_name = ?, family_name = ?, class_id = ?, grade = ? WHERE id = ?',
    );
    const enrol = this.database.prepare(
      'INSERT OR IGNORE INTO enrolments (student_id, class_id, import_number) VALUES (?, ?, ?)',
    );
    const answersOnly = content.answers.length > 0 && content.format === 'pathlight-responses';
    content.students.forEach((row, index) => {
      const { id, by } = matched[index]!;
      if (answersOnly && saysNothing(row) && !first.has(index)) return;
      const before = read.get(id) as Values & { code: string; class_id: number | null };
      const fillOnly = TYPED_BY_STUDENTS.has(content.format) && by !== 'new';
      const take = (incoming: string, known: string | number | null): string | number | null =>
        incoming === '' || (fillOnly && known !== '' && known !== null) ? known : incoming;
      const named = row.className !== '';
      const className = named ? row.className : (first.get(index) ?? '');
      const classId = className === '' ? null : this.classOf(named ? '' : className, className);
      // A class from another system is one more class; only the roster, or the system that said it first, moves a student.
      const moves =
        before.class_id === null ||
        content.format === 'pathlight-roster' ||
        content.format === 'mapped' ||
        before['class_from'] === content.format;
      const toClass = classId !== null && moves ? classId : before.class_id;
      if (classId !== null && classId !== toClass) enrol.run(id, classId, this.number);
      const was: Values = {
        given_name: before['given_name']!,
        family_name: before['family_name']!,
        class: before['class']!,
        grade: before['grade']!,
      };
      const known = { givenName: String(before['given_name']), familyName: String(before['family_name']) };
      const name = partsOfWhole(row, known);
      const wholeChanged = !fillOnly && name.familyName === '' && name.givenName.includes(' ') && known.familyName !== '';
      const said: Values = {
        given_name: take(name.givenName, before['given_name']!),
        family_name: wholeChanged ? '' : take(name.familyName, before['family_name']!),
        class: toClass === before.class_id ? before['class']! : this.nameOf(toClass!),
        grade: take(row.grade, before['grade']!),
      };
      const after = by === 'new' ? said : this.journal.respect('student', [before.code], was, said, row.line);
      const classNow = after['class'] === was['class'] ? before.class_id : toClass;
      const same = sameValues(after, was);
      if (!same) update.run(after['given_name'], after['family_name'], classNow, after['grade'], id);
      if (fillOnly) this.typedName(row, before.code, was);
      const { book } = this.journal;
      if (by === 'new') {
        if (!answersOnly) book.added('student', row.line, [before.code], after);
      } else if (!same) this.journal.change('student', [before.code], was, after, row.line);
      else if (!answersOnly) book.unchanged('student');
      this.profile(id, before.code, row.profile, row.line);
    });
    // The first class is the student's own; enrolments are the further ones.
    const own = this.database.prepare('SELECT class_id FROM students WHERE id = ?').pluck();
    for (const { student, classCode } of content.enrolments) {
      const classId = this.classOf(classCode, classCode);
      if (own.get(matched[student]!.id) !== classId) enrol.run(matched[student]!.id, classId, this.number);
    }
  }

  /** A name that a student typed and that is not what the school calls them: the school's stays, and it is said. A nickname is no name. */
  private typedName({ line, keys, givenName, familyName }: IncomingStudent, code: string, was: Values): void {
    if (keys.some(({ kind }) => kind === 'nickname')) return;
    const [known, typed] = [`${was['given_name']} ${was['family_name']}`.trim(), `${givenName} ${familyName}`.trim()];
    if (known !== '' && typed !== '' && nameKey(known) !== nameKey(typed))
      this.journal.book.conflict('student', line, [code], 'typed-name', { name: known }, { name: typed });
  }

  private profile(id: number, code: string, profile: IncomingStudent['profile'], line: number): void {
    for (const { area, field, value } of profile) {
      const known = this.database
        .prepare('SELECT value FROM profile_fields WHERE student_id = ? AND area = ? AND field = ?')
        .pluck()
        .get(id, area, field) as string | number | undefined;
      const key = [code, area, field];
      if (known === undefined) {
        this.database
          .prepare('INSERT INTO profile_fields (student_id, area, field, value, import_number) VALUES (?, ?, ?, ?, ?)')
          .run(id, area, field, value, this.number);
        this.journal.book.added('profile', line, key, { value });
        continue;
      }
      const after = this.journal.respect('profile', key, { value: known }, { value }, line);
      if (after.value === known) {
        this.journal.book.unchanged('profile');
        continue;
      }
      this.database
        .prepare('UPDATE profile_fields SET value = ? WHERE student_id = ? AND area = ? AND field = ?')
        .run(value, id, area, field);
      this.journal.change('profile', key, { value: known }, { value }, line);
    }
  }

  /** By code where there is one, else by name; two classes of one name keep apart by their codes. */
  private classOf(code: string, name: string): number {
    const key = code || name;
    const known = this.classes.get(key);
    if (known !== undefined) return known;
    const byCode =
      code === ''
        ? undefined
        : (this.database.prepare('SELECT id FROM classes WHERE code = ?').pluck().get(code) as number | undefined);
    const byName = this.database.prepare('SELECT id, code FROM classes WHERE name = ?').get(name) as
      { id: number; code: string | null } | undefined;
    let id =
      byCode ??
      (byName && (code === '' || code === name || byName.code === null || byName.code === code) ? byName.id : undefined);
    if (id === undefined) {
      const called = byName ? `${name} (${code})` : name;
      id = Number(
        this.database
          .prepare('INSERT INTO classes (name, code, import_number) VALUES (?, ?, ?)')
          .run(called, code === '' ? null : code, this.number).lastInsertRowid,
      );
      this.journal.book.added('class', null, [called], { name: called });
    } else this.journal.book.unchanged('class');
    // Enrolments that came first knew the class by its id only.
    if (byCode !== undefined && name !== code && this.nameOf(byCode) === code && !byName) {
      this.database.prepare('UPDATE classes SET name = ? WHERE id = ?').run(name, byCode);
      this.journal.change('class', [code], { name: code }, { name });
    }
    this.classes.set(key, id);
    return id;
  }

  private nameOf(classId: number): string {
    return this.database.prepare('SELECT name FROM classes WHERE id = ?').pluck().get(classId) as string;
  }

  skills(rows: readonly SkillRow[]): void {
    const read = this.database.prepare('SELECT name FROM skills WHERE id = ?').pluck();
    const rename = this.database.prepare('UPDATE skills SET name = ? WHERE id = ?');
    for (const row of rows) {
      const { id, isNew } = this.skillIds.of(row.skill);
      const before = read.get(id) as string;
      const { name } = isNew ? row : this.journal.respect('skill', [row.skill], { name: before }, { name: row.name }, row.line);
      if (before !== name) rename.run(name, id);
      if (isNew) this.journal.book.added('skill', row.line, [row.skill], { name });
      else if (before === name) this.journal.book.unchanged('skill');
      else this.journal.change('skill', [row.skill], { name: before }, { name }, row.line);
    }
  }

  prerequisites(rows: readonly PrerequisiteRow[]): void {
    const insert = this.database.prepare(
      'INSERT OR IGNORE INTO prerequisites (skill_id, prerequisite_id, import_number) VALUES (?, ?, ?)',
    );
    for (const row of rows) {
      const { changes } = insert.run(this.skillIds.of(row.skill).id, this.skillIds.of(row.prerequisite).id, this.number);
      if (changes > 0) this.journal.book.added('prerequisite', row.line, [row.skill, row.prerequisite], {});
      else this.journal.book.unchanged('prerequisite');
    }
  }
}

/** A student who is only named, by whoever they are: most rows of a file of answers. */
const saysNothing = ({ givenName, familyName, className, grade, profile }: IncomingStudent): boolean =>
  givenName === '' && familyName === '' && className === '' && grade === '' && profile.length === 0;
