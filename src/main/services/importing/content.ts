import { AnswerColumns } from '../../database/new-answers.ts';
import type { NewAnswerRow } from '../../database/new-answers.ts';
import type {
  Enrolment,
  ImportContent,
  ImportNote,
  IncomingAssignment,
  IncomingClass,
  IncomingMark,
  IncomingStudent,
  ItemSkillsRow,
  MarkStatus,
  PrerequisiteRow,
  RefusedRow,
  SkillRow,
  StudentKey,
} from '../../database/import-rows.ts';

type Detail = Readonly<Record<string, string | number>>;

/** Why a row is refused; thrown while it is read and caught by `row`, so that the others go on. */
export class Refusal extends Error {
  readonly code: string;
  readonly detail: Detail;

  constructor(code: string, reason: string, detail: Detail = {}) {
    super(reason);
    this.code = code;
    this.detail = detail;
  }
}

/** A column that is not kept, and why: sensitive (never), total, feedback, unused. */
export interface IgnoredColumn {
  readonly column: string;
  readonly why: string;
}

const LONGEST_ID = 200;
/** Beyond this the reasons repeat themselves; the rest is counted. */
const MOST_REFUSED = 10_000;

/** Gathers a file's content while a format reads its rows. */
export class ContentBuilder {
  readonly students: IncomingStudent[] = [];
  readonly classes: IncomingClass[] = [];
  readonly enrolments: Enrolment[] = [];
  readonly skills: SkillRow[] = [];
  readonly prerequisites: PrerequisiteRow[] = [];
  readonly assignments: IncomingAssignment[] = [];
  readonly marks: IncomingMark[] = [];
  readonly itemSkills: ItemSkillsRow[] = [];
  readonly answers = new AnswerColumns();
  readonly refused: RefusedRow[] = [];
  readonly ignored: IgnoredColumn[] = [];
  private readonly notes = new Map<string, Record<string, string | number>>();
  private readonly byKey = new Map<string, number>();
  private readonly assignmentsBy = new Map<string, number>();
  private readonly classSeen = new Set<string>();
  private readonly enrolled = new Set<string>();
  private readonly markSeen = new Map<number, Set<number>>();
  private lastId = '';
  private lastKind = '';
  private lastStudent = -1;

  /** Index of the student with these keys; one that is new is added, one that is known gains what the row adds. */
  student(line: number, keys: readonly StudentKey[], more: Partial<Omit<IncomingStudent, 'line' | 'keys'>> = {}): number {
    const known = keys.filter(({ value }) => value !== '');
    const first = known[0];
    if (!first) throw new Refusal('no-student', 'the row does not say whose it is');
    for (const { value } of known) checkId(value, 'student');
    const id = `${first.kind}\u001f${first.value}`;
    const index = this.byKey.get(id);
    if (index !== undefined) return index;
    const added =
      this.students.push({
        line,
        keys: known,
        givenName: more.givenName ?? '',
        familyName: more.familyName ?? '',
        className: more.className ?? '',
        grade: more.grade ?? '',
        profile: more.profile ?? [],
      }) - 1;
    this.byKey.set(id, added);
    return added;
  }

  /** The same for one key, quickly: files of answers name the same student row after row. */
  studentByKey(line: number, kind: StudentKey['kind'], value: string): number {
    if (value === this.lastId && kind === this.lastKind) return this.lastStudent;
    this.lastStudent = this.student(line, [{ kind, value }]);
    this.lastId = value;
    this.lastKind = kind;
    return this.lastStudent;
  }

  /** Gives the students of a table, from one index to before another, its name as their class where they have none. */
  nameClass(from: number, to: number, className: string): void {
    for (let at = from; at < to; at++)
      if (this.students[at]!.className === '') this.students[at] = { ...this.students[at]!, className };
  }

  /** Line on which a student with this key stands already. */
  lineOf(key: StudentKey): number | undefined {
    const index = this.byKey.get(`${key.kind}\u001f${key.value}`);
    return index === undefined ? undefined : this.students[index]!.line;
  }

  schoolClass(code: string, name: string): void {
    const key = code || name;
    if (key === '' || this.classSeen.has(key)) return;
    this.classSeen.add(key);
    this.classes.push({ code, name: name || code });
  }

  enrol(student: number, classCode: string): void {
    const key = `${student}\u001f${classCode}`;
    if (classCode === '' || this.enrolled.has(key)) return;
    this.enrolled.add(key);
    this.enrolments.push({ student, classCode });
  }

  assignment(assignment: Omit<IncomingAssignment, 'skills'> & { readonly skills?: readonly string[] }): number {
    const key =
      assignment.sourceId === ''
        ? `t\u001f${assignment.title}\u001f${assignment.possible ?? ''}`
        : `i\u001f${assignment.sourceId}`;
    const known = this.assignmentsBy.get(key);
    if (known !== undefined) return known;
    const index =
      this.assignments.push({ ...assignment, title: assignment.title.slice(0, LONGEST_ID), skills: assignment.skills ?? [] }) - 1;
    this.assignmentsBy.set(key, index);
    return index;
  }

  /** @throws Refusal `duplicate-mark` where the student has a mark for the assignment already */
  mark(
    line: number,
    student: number,
    assignment: number,
    points: number | null,
    status: MarkStatus,
    markedAt: number | null = null,
  ): void {
    let seen = this.markSeen.get(assignment);
    if (!seen) this.markSeen.set(assignment, (seen = new Set()));
    if (seen.has(student))
      throw new Refusal('duplicate-mark', 'the student has a mark for this assignment on an earlier line already');
    seen.add(student);
    this.marks.push({ line, student, assignment, points, status, markedAt });
  }

  answer(row: NewAnswerRow): void {
    this.answers.push(row);
  }

  /** Runs the reading of one row; a refusal is written down with its line. */
  row(line: number, read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.refuse(line, error);
    }
  }

  refuse(line: number, { code, message, detail }: Refusal): void {
    if (this.refused.length < MOST_REFUSED) this.refused.push({ line, reason: message, code, detail: { ...detail } });
    else this.count('more-refused', 'rows');
  }

  /** Notes something, or counts it up where `detail[field]` is a number. */
  note(code: string, detail: Record<string, string | number> = {}): void {
    if (!this.notes.has(code)) this.notes.set(code, detail);
  }

  count(code: string, field: string): void {
    const known = this.notes.get(code);
    if (known) known[field] = Number(known[field] ?? 0) + 1;
    else this.notes.set(code, { [field]: 1 });
  }

  ignore(column: string, why: string): void {
    if (column.trim() !== '' && !this.ignored.some((each) => each.column === column)) this.ignored.push({ column, why });
  }

  build(format: string): ImportContent {
    const guessed = this.assignments.filter(({ possible }) => possible === null).length;
    if (
      [this.students, this.classes, this.skills, this.prerequisites, this.itemSkills, this.refused].every(
        ({ length }) => length === 0,
      )
    )
      this.note('no-rows');
    if (guessed > 0) this.note('guessed-maximum', { assignments: guessed });
    return {
      format,
      students: this.students,
      classes: this.classes,
      enrolments: this.enrolments,
      skills: this.skills,
      prerequisites: this.prerequisites,
      assignments: this.assignments,
      marks: this.marks,
      itemSkills: this.itemSkills,
      answers: this.answers,
      refused: this.refused.sort((a, b) => a.line - b.line),
      notes: [...this.notes].map(([code, detail]): ImportNote => ({ code, detail })),
    };
  }
}

/** @throws Refusal where a text cannot be an id */
export function checkId(value: string, column: string): string {
  if (value === '') throw new Refusal('missing-value', `${column} is empty`, { column });
  if (value.charCodeAt(0) === 61) throw new Refusal('formula', `${column} begins with "=": a formula is not an id`, { column });
  if (value.length > LONGEST_ID) throw new Refusal('too-long', `${column} is longer than ${LONGEST_ID} characters`, { column });
  return value;
}
