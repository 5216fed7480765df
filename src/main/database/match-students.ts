import type { Database } from 'better-sqlite3';
import type { ImportContent, IncomingStudent, StudentKey } from './import-rows.ts';

/** How a file's student became one of the gradebook's. */
export type MatchedBy = 'key' | 'name' | 'decision' | 'new';

export interface MatchedStudent {
  readonly id: number;
  readonly by: MatchedBy;
}

/** Two keys of one row that belong to two students: the surer one counts, and the row is named. */
export interface KeyConflict {
  readonly line: number;
  readonly code: string;
  readonly detail: Readonly<Record<string, string>>;
  /** Row numbers of the student who counts and of the other one. */
  readonly kept: number;
  readonly other: number;
}

/** What the teacher said: `kind:value` of a key → the student's code; kept by keeping the key. */
export type MatchDecisions = Readonly<Record<string, string>>;

/** Keys that hold within the school or the system: a student has one of each kind. Two addresses or nicknames may be one person's. */
const ONE_OF_A_KIND = new Set(['id', 'canvas', 'oneroster', 'clever', 'schoology', 'assistments', 'datashop']);

/**
 * Finds each of the file's students in the gradebook, or makes a new one: by stable key, then by name within the class, where that name
 * belongs to one student only on either side and no key speaks against it. The caller holds the transaction.
 */
export function matchStudents(
  database: Database,
  content: ImportContent,
  number: number,
  decisions: MatchDecisions = {},
): { students: MatchedStudent[]; conflicts: KeyConflict[] } {
  const byKey = database.prepare('SELECT student_id FROM student_keys WHERE kind = ? AND value = ?').pluck();
  const byCode = database.prepare('SELECT id FROM students WHERE code = ?').pluck();
  const addKey = database.prepare(
    'INSERT OR IGNORE INTO student_keys (kind, value, student_id, import_number) VALUES (?, ?, ?, ?)',
  );
  const insert = database.prepare(
    'INSERT INTO students (code, given_name, family_name, grade, import_number) VALUES (?, ?, ?, ?, ?)',
  );
  // Pathlight's own files name students by the gradebook's code, whatever system gave it.
  const ownCodes = content.format.startsWith('pathlight-') || content.format === 'manual';
  const names = new NameIndex(database, content.students);
  const conflicts: KeyConflict[] = [];
  const lookup = ({ kind, value }: StudentKey): number | undefined =>
    (byKey.get(kind, kind === 'name' ? nameKey(value) : value) as number | undefined) ??
    (ownCodes && kind === 'id' ? (byCode.get(value) as number | undefined) : undefined);

  const zeros = new LostZeros(database, content.students);

  const find = (student: IncomingStudent): MatchedStudent | undefined => {
    for (const { kind, value } of student.keys) {
      const decided = decisions[`${kind}:${value}`];
      const id = decided === undefined ? undefined : (byCode.get(decided) as number | undefined);
      if (id !== undefined) return { id, by: 'decision' };
    }
    let found: number | undefined;
    for (const key of student.keys) {
      const id = lookup(key);
      if (id === undefined) continue;
      found ??= id;
      if (id !== found)
        conflicts.push({ line: student.line, code: 'two-students', detail: { kind: key.kind }, kept: found, other: id });
    }
    if (found !== undefined) return { id: found, by: 'key' };
    const shortened = zeros.find(student);
    if (shortened !== undefined) return { id: shortened, by: 'key' };
    const named = names.find(student);
    return named === undefined ? undefined : { id: named, by: 'name' };
  };

  const students = content.students.map((student): MatchedStudent => {
    let matched = find(student);
    if (!matched) {
      const { kind, value } = student.keys[0]!;
      let code = value;
      if (byCode.get(code) !== undefined) code = `${kind}:${value}`;
      for (let again = 2; byCode.get(code) !== undefined; again++) code = `${kind}:${value}#${again}`;
      const id = Number(insert.run(code, student.givenName, student.familyName, student.grade || null, number).lastInsertRowid);
      matched = { id, by: 'new' };
    }
    for (const { kind, value } of student.keys) addKey.run(kind, kind === 'name' ? nameKey(value) : value, matched.id, number);
    return matched;
  });
  return { students, conflicts };
}

/** A name as it is compared: case, accents' form, order of the parts and punctuation do not count. */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLocaleLowerCase('en')
    .replaceAll(/[.,'’\-\s]+/g, ' ')
    .trim()
    .split(' ')
    .sort()
    .join(' ');
}

/** Who in the gradebook has which name. */
class NameIndex {
  private readonly students = new Map<string, { id: number; className: string | null }[]>();
  private readonly kinds: (id: number) => Set<string>;
  private readonly inFile = new Map<string, number>();
  private readonly taken = new Set<number>();

  constructor(database: Database, incoming: readonly IncomingStudent[]) {
    for (const student of incoming) {
      const key = this.keyOf(student);
      this.inFile.set(key, (this.inFile.get(key) ?? 0) + 1);
    }
    const ofStudent = database.prepare('SELECT kind FROM student_keys WHERE student_id = ?').pluck();
    this.kinds = (id) => new Set(ofStudent.all(id) as string[]);
    // Most files of answers name nobody.
    this.inFile.delete('');
    if (this.inFile.size === 0) return;
    const rows = database
      .prepare('SELECT s.id, s.given_name, s.family_name, c.name FROM students s LEFT JOIN classes c ON c.id = s.class_id')
      .raw()
      .iterate() as IterableIterator<[number, string, string, string | null]>;
    for (const [id, given, family, className] of rows) {
      const key = nameKey(`${given} ${family}`);
      if (!this.inFile.has(key)) continue;
      const known = this.students.get(key);
      if (known) known.push({ id, className });
      else this.students.set(key, [{ id, className }]);
    }
  }

  private keyOf(student: IncomingStudent): string {
    const nickname = student.keys[0]!.kind === 'nickname' ? student.keys[0]!.value : '';
    return nameKey(nickname || `${student.givenName} ${student.familyName}`);
  }

  find(student: IncomingStudent): number | undefined {
    const key = this.keyOf(student);
    if (this.inFile.get(key) !== 1) return undefined;
    // One word may be anybody's.
    if (!key.includes(' ') && !/\p{Script=Han}{2,}/u.test(key)) return undefined;
    const known = this.students.get(key) ?? [];
    if (known.length !== 1) return undefined;
    const { id, className } = known[0]!;
    if (this.taken.has(id)) return undefined;
    if (
      className !== null &&
      student.className !== '' &&
      className !== student.className &&
      !student.keys.some(({ kind }) => kind === 'name')
    )
      return undefined;
    const theirs = this.kinds(id);
    if (student.keys.some(({ kind }) => ONE_OF_A_KIND.has(kind) && theirs.has(kind))) return undefined;
    this.taken.add(id);
    return id;
  }
}

const withoutZeros = (id: string): string | undefined => (/^\d+$/.test(id) ? id.replace(/^0+(?=\d)/, '') : undefined);

/**
 * Numbers whose leading zeros a spreadsheet has lost, or that it never had: 00417 and 417 are one student where no third number comes down to
 * the same, on either side, and the names agree.
 */
class LostZeros {
  private readonly database: Database;
  private readonly inFile = new Map<string, number>();
  private known: Map<string, { id: number; name: string } | null> | undefined;

  constructor(database: Database, incoming: readonly IncomingStudent[]) {
    this.database = database;
    for (const { keys } of incoming) {
      const short = withoutZeros(idOf(keys));
      if (short !== undefined) this.inFile.set(short, (this.inFile.get(short) ?? 0) + 1);
    }
  }

  find({ keys, givenName, familyName }: IncomingStudent): number | undefined {
    const short = withoutZeros(idOf(keys));
    if (short === undefined || this.inFile.get(short) !== 1) return undefined;
    // The gradebook as it stood before the file, read once and only where a number is new.
    const found = (this.known ??= this.read()).get(short);
    if (!found) return undefined;
    const name = nameKey(`${givenName} ${familyName}`);
    return name === '' || found.name === '' || name === found.name ? found.id : undefined;
  }

  private read(): Map<string, { id: number; name: string } | null> {
    const known = new Map<string, { id: number; name: string } | null>();
    const rows = this.database
      .prepare(
        "SELECT k.value, s.id, s.given_name, s.family_name FROM student_keys k JOIN students s ON s.id = k.student_id WHERE k.kind = 'id' AND k.value NOT GLOB '*[^0-9]*'",
      )
      .raw()
      .all() as [string, number, string, string][];
    for (const [value, id, given, family] of rows) {
      const short = withoutZeros(value)!;
      const before = known.get(short);
      known.set(short, before === undefined || before?.id === id ? { id, name: nameKey(`${given} ${family}`) } : null);
    }
    return known;
  }
}

const idOf = (keys: readonly StudentKey[]): string => keys.find(({ kind }) => kind === 'id')?.value ?? '';
