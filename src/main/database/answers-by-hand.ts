import type { Database } from 'better-sqlite3';
import type { KnownAnswer } from './known-answer.ts';
import type { Journal } from './changes.ts';
import type { Values } from './values.ts';
import { replacedByHand } from './grid-journal.ts';

/** Answers that a teacher added or took away in the grid; those that were changed are journalled like any value. */
export class AnswersByHand {
  private readonly keys: ReadonlyMap<string, readonly (Values | null)[]>;
  private readonly database: Database;
  private readonly journal: Journal;
  /** By student's row and position, those that are no longer there. */
  private readonly gone = new Map<number, Map<number, KnownAnswer>>();
  private readonly codes = new Map<number, string>();

  /** Undefined where nothing was edited: a million rows need not be looked up. */
  static of(database: Database, journal: Journal): AnswersByHand | undefined {
    const keys = replacedByHand(database, 'answer');
    return keys.size === 0 ? undefined : new AnswersByHand(database, journal, keys);
  }

  private constructor(database: Database, journal: Journal, keys: ReadonlyMap<string, readonly (Values | null)[]>) {
    this.keys = keys;
    this.database = database;
    this.journal = journal;
    const student = database.prepare('SELECT id FROM students WHERE code = ?').pluck();
    const question = database.prepare('SELECT id FROM questions WHERE code = ?').pluck();
    const there = database.prepare('SELECT 1 FROM answers WHERE student_id = ? AND position = ?').pluck();
    for (const [key, [before]] of keys) {
      const [code, position] = JSON.parse(key) as [string, number];
      const id = student.get(code) as number | undefined;
      const asked = before ? (question.get(before['question']) as number | undefined) : undefined;
      if (id === undefined || !before || asked === undefined || there.get(id, position) === 1) continue;
      const { correct, answered_at, response_time_ms, attempt, hint } = before as unknown as KnownAnswer;
      const answer = { position, question: asked, set: 0, correct, answered_at, response_time_ms, attempt, hint };
      const known = this.gone.get(id);
      if (known) known.set(position, answer);
      else this.gone.set(id, new Map([[position, answer]]));
    }
  }

  /** The student's answers that were taken away, as they came: a file's rows are to find their places. */
  removed(student: number): KnownAnswer[] {
    return [...(this.gone.get(student)?.values() ?? [])].sort((a, b) => a.position - b.position);
  }

  isRemoved(student: number, position: number): boolean {
    return this.gone.get(student)?.has(position) ?? false;
  }

  /** Whether the teacher added this answer: no file ever brought it. */
  added(student: number, position: number): boolean {
    return this.keys.get(JSON.stringify([this.codeOf(student), position]))?.[0] === null;
  }

  /** Whether the file only repeats an answer that was taken away: then it stays away, and is named. Another one in its place is news. */
  staysAway(student: number, { position, question, correct }: KnownAnswer, theirs: number, line: number): boolean {
    if (correct !== theirs) return false;
    const asked = this.database.prepare('SELECT code FROM questions WHERE id = ?').pluck().get(question) as string;
    const key = [this.codeOf(student), position];
    this.journal.book.conflict(
      'answer',
      line,
      key,
      'cleared-here',
      { question: asked, correct: null },
      { question: asked, correct },
    );
    return true;
  }

  private codeOf(student: number): string {
    let code = this.codes.get(student);
    if (code === undefined) {
      code = this.database.prepare('SELECT code FROM students WHERE id = ?').pluck().get(student) as string;
      this.codes.set(student, code);
    }
    return code;
  }
}
