import type { Database } from 'better-sqlite3';
import { Ids, sameValues } from './changes.ts';
import type { Journal } from './changes.ts';
import type { Values } from './values.ts';
import { replacedByHand } from './grid-journal.ts';
import type { ImportContent, IncomingAssignment } from './import-rows.ts';
import type { MatchedStudent } from './match-students.ts';

/** Format of the gradebook's own table, whose columns go by the assignments' ids here. */
const OWN = 'pathlight-gradebook';

/** Writes assignments and the marks that students have for them. */
export class MarkWriter {
  private readonly database: Database;
  private readonly number: number;
  private readonly journal: Journal;

  constructor(database: Database, number: number, journal: Journal) {
    this.database = database;
    this.number = number;
    this.journal = journal;
  }

  write(content: ImportContent, students: readonly MatchedStudent[]): void {
    if (content.assignments.length === 0) return;
    const source = content.format.replace(/-1\.\d$/, '');
    const top = content.assignments.map(() => 0);
    const members = content.assignments.map((): number[] => []);
    for (const mark of content.marks) {
      top[mark.assignment] = Math.max(top[mark.assignment]!, mark.points ?? 0);
      members[mark.assignment]!.push(students[mark.student]!.id);
    }
    const assignments = content.assignments.map((assignment, index) =>
      this.assignment(source, assignment, top[index]!, members[index]!),
    );
    const codeOf = this.database.prepare('SELECT code FROM students WHERE id = ?').pluck();
    const read = this.database.prepare('SELECT points, status, marked_at FROM marks WHERE student_id = ? AND assignment_id = ?');
    const insert = this.database.prepare(
      'INSERT INTO marks (student_id, assignment_id, points, status, marked_at, import_number) VALUES (?, ?, ?, ?, ?, ?)',
    );
    const update = this.database.prepare(
      'UPDATE marks SET points = ?, status = ?, marked_at = ? WHERE student_id = ? AND assignment_id = ?',
    );
    const byHand = replacedByHand(this.database, 'mark');
    for (const mark of content.marks) {
      const student = students[mark.student]!.id;
      const { id: assignment, code } = assignments[mark.assignment]!;
      const before = read.get(student, assignment) as Values | undefined;
      if (byHand.size > 0) {
        const place = [codeOf.get(student) as string, code];
        if (this.keepByHand(byHand.get(JSON.stringify(place)), place, mark, before)) continue;
      }
      if (!before) {
        insert.run(student, assignment, mark.points, mark.status, mark.markedAt, this.number);
        const { points, status, markedAt } = mark;
        // Undo of this import must not take away what an undo of the edit would bring back.
        if (byHand.size > 0 && byHand.has(JSON.stringify([codeOf.get(student), code])))
          this.journal.record('mark', [codeOf.get(student) as string, code], null, { points, status, marked_at: markedAt });
        if (this.journal.book.wants('mark', 'new'))
          this.journal.book.addedExample('mark', mark.line, [codeOf.get(student) as string, code], { points, status });
        this.journal.book.addedMany('mark', 1);
        continue;
      }
      const after: Values = { points: mark.points, status: mark.status, marked_at: mark.markedAt ?? before['marked_at']! };
      if (sameValues(after, before)) {
        this.journal.book.unchanged('mark');
        continue;
      }
      update.run(after['points'], after['status'], after['marked_at'], student, assignment);
      this.journal.change('mark', [codeOf.get(student) as string, code], before, after, mark.line);
    }
  }

  /** Whether the file only repeats a mark that the teacher has changed or cleared since: then the teacher's word stands, and is named. */
  private keepByHand(
    replaced: readonly (Values | null)[] | undefined,
    key: readonly string[],
    { line, points, status }: ImportContent['marks'][number],
    now: Values | undefined,
  ): boolean {
    const said = { points, status };
    if (!replaced?.some((value) => value !== null && sameValues(said, value)) || (now && sameValues(said, now))) return false;
    const stands = { points: now?.['points'] ?? null, status: now?.['status'] ?? null };
    this.journal.book.conflict('mark', line, key, now ? 'edited-here' : 'cleared-here', stands, said);
    return true;
  }

  /**
   * The gradebook's assignment by its system's id; without one by its title, where somebody of the file has a mark for it already: two
   * courses may have a "Quiz 1" each.
   */
  private assignment(
    source: string,
    incoming: IncomingAssignment,
    top: number,
    members: readonly number[],
  ): { id: number; code: string } {
    const known = this.find(source, incoming, members);
    const possible = incoming.possible ?? Math.max(likelyMaximum(top), known?.guessed ? known.possible : 0);
    const guessed = incoming.possible === null || incoming.guessed === true ? 1 : 0;
    if (known) {
      const { id, code, ...before } = known;
      const said: Values = {
        title: incoming.title,
        possible: guessed && !known.guessed ? known.possible : possible,
        guessed: guessed && known.guessed ? 1 : 0,
        due_at: incoming.dueAt ?? known.due_at,
      };
      const after = this.journal.respect('assignment', [code], before, said);
      if (sameValues(after, before)) this.journal.book.unchanged('assignment');
      else {
        this.database
          .prepare('UPDATE assignments SET title = ?, possible = ?, guessed = ?, due_at = ? WHERE id = ?')
          .run(after['title'], after['possible'], after['guessed'], after['due_at'], id);
        this.journal.change('assignment', [code], before, after);
      }
      this.link(id, incoming.skills);
      return { id, code };
    }
    const taken = this.database.prepare('SELECT 1 FROM assignments WHERE code = ?').pluck();
    const base =
      incoming.sourceId === ''
        ? incoming.title
        : source === OWN
          ? incoming.sourceId
          : source === 'canvas-gradebook'
            ? `${incoming.title} (${incoming.sourceId})`
            : incoming.title;
    let code = base;
    for (let again = 2; taken.get(code) !== undefined; again++) code = `${base} #${again}`;
    const id = Number(
      this.database
        .prepare(
          'INSERT INTO assignments (code, source, source_id, title, possible, guessed, due_at, import_number) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        )
        .run(code, source, incoming.sourceId, incoming.title, possible, guessed, incoming.dueAt, this.number).lastInsertRowid,
    );
    this.journal.book.added('assignment', null, [code], { title: incoming.title, possible });
    this.link(id, incoming.skills);
    return { id, code };
  }

  private find(source: string, incoming: IncomingAssignment, members: readonly number[]): KnownAssignment | undefined {
    const columns = 'id, code, title, possible, guessed, due_at';
    if (incoming.sourceId !== '') {
      const known = this.database
        .prepare(`SELECT ${columns} FROM assignments WHERE source = ? AND source_id = ?`)
        .get(source, incoming.sourceId) as KnownAssignment | undefined;
      if (known || !(source === OWN || source === 'oneroster')) return known;
      // What this gradebook has given out goes by its own names.
      return this.database
        .prepare(`SELECT ${columns} FROM assignments WHERE code = ? AND title = ?`)
        .get(incoming.sourceId, incoming.title) as KnownAssignment | undefined;
    }
    const rows = this.database
      .prepare(`SELECT ${columns} FROM assignments WHERE source = ? AND title = ? AND source_id = ''`)
      .all(source, incoming.title) as KnownAssignment[];
    const marked = this.database.prepare('SELECT 1 FROM marks WHERE assignment_id = ? AND student_id = ?').pluck();
    return rows.find(({ id }) => members.length === 0 || members.some((student) => marked.get(id, student) !== undefined));
  }

  private link(assignment: number, skills: readonly string[]): void {
    if (skills.length === 0) return;
    const ids = new Ids(this.database, 'skills', this.number);
    const insert = this.database.prepare(
      'INSERT OR IGNORE INTO assignment_skills (assignment_id, skill_id, import_number) VALUES (?, ?, ?)',
    );
    for (const skill of skills) insert.run(assignment, ids.of(skill).id, this.number);
  }
}

interface KnownAssignment {
  readonly id: number;
  readonly code: string;
  readonly title: string;
  readonly possible: number;
  readonly guessed: number;
  readonly due_at: number | null;
}

const USUAL_MAXIMA = [
  1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 80, 100, 120, 150, 200, 250, 300, 400, 500, 1000,
];

/** What could probably be had where the file does not say: the smallest usual maximum that nobody exceeds. */
export function likelyMaximum(top: number): number {
  return USUAL_MAXIMA.find((maximum) => maximum >= top && (top > 1 || maximum >= 1)) ?? top;
}
