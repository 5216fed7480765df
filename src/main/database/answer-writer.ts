import type { Database } from 'better-sqlite3';
import { DAY_MS } from '../../shared/time.ts';
import { skillSetKey, skillsOfKey } from '../../learning/responses.ts';
import type { AnswerColumns } from './new-answers.ts';
import { Ids } from './changes.ts';
import type { Journal } from './changes.ts';
import type { Values } from './values.ts';
import { AnswersByHand } from './answers-by-hand.ts';
import type { MatchedStudent } from './match-students.ts';
import { skillSets } from './skill-sets.ts';
import type { KnownAnswer } from './known-answer.ts';

/** Rows of one INSERT: fewer, larger statements cross into SQLite a third as often. */
const ROWS_AT_ONCE = 100;
/** Beyond this many new rows the index by question is cheaper made anew than kept row by row. */
const MANY = 50_000;
const PROGRESS_EVERY = 8192;

/** Writes answers, each student's in order. What is there already is compared and changed only where it differs. */
export class AnswerWriter {
  private readonly database: Database;
  private readonly number: number;
  private readonly journal: Journal;
  private readonly countOnly: boolean;
  private readonly onRows: ((done: number) => void) | undefined;
  private buffer: (number | null)[] = [];

  constructor(
    database: Database,
    number: number,
    journal: Journal,
    options: { readonly countOnly?: boolean | undefined; readonly onRows?: ((done: number) => void) | undefined },
  ) {
    this.database = database;
    this.number = number;
    this.journal = journal;
    this.countOnly = options.countOnly ?? false;
    this.onRows = options.onRows;
  }

  /** @returns row numbers of the file's questions */
  write(answers: AnswerColumns, students: readonly MatchedStudent[]): Int32Array {
    if (answers.length === 0) return new Int32Array(0);
    this.onRows?.(0);
    const questions = this.questions(answers);
    const sets = this.sets(answers, questions);
    const order = answers.sorted(students.length);
    const rebuild = !this.countOnly && answers.length > MANY && this.fewerThan(answers.length * 4);
    if (rebuild) this.database.exec('DROP INDEX answers_by_question');
    const [hasTime, hasDuration] = [answers.answeredAt, answers.responseTimeMs].map((column) => anyKnown(column, answers.length));
    const [hasAttempt, hasHint] = [answers.attempt, answers.hint].map((column) => anyKnown(column, answers.length));
    const { flush, full } = this.flusher([hasTime!, hasDuration!, hasAttempt!, hasHint!]);
    const ofStudent = this.database.prepare(
      `SELECT position, question_id AS question, set_id AS "set", correct, answered_at, response_time_ms, attempt, hint FROM answers
       WHERE student_id = ? ORDER BY position`,
    );
    const { book } = this.journal;
    let fresh = 0;
    let shows = book.wants('answer', 'new');
    let begin = 0;
    // A gradebook without answers is not asked for each student's.
    const empty = this.database.prepare('SELECT 1 FROM answers LIMIT 1').get() === undefined;
    const byHand = AnswersByHand.of(this.database, this.journal);
    while (begin < order.length) {
      const student = answers.student[order[begin]!]!;
      let end = begin;
      while (end < order.length && answers.student[order[end]!] === student) end++;
      const { id, by } = students[student]!;
      const known =
        by === 'new' || (empty && byHand === undefined)
          ? undefined
          : index([...(ofStudent.all(id) as KnownAnswer[]), ...(byHand?.removed(id) ?? [])]);
      let last = -1;
      for (let at = begin; at < end; at++) {
        const row = order[at]!;
        const question = questions[answers.question[row]!]!;
        const set = sets.of(row);
        let position = answers.position[row]!;
        let before: KnownAnswer | undefined;
        if (position < 0) {
          before = known?.next(question);
          position = before?.position ?? Math.max(last, known?.last ?? -1) + 1;
          if (!before) last = position;
        } else {
          // Two answers of one moment: the later row comes behind.
          if (position <= last) position = last + 1;
          before = known?.at(position);
          // Where only the day is known, two quizzes of one day claim the same places.
          if (answers.answeredAt[row]! % DAY_MS === 0 && position >= answers.answeredAt[row]!)
            while (before && before.question !== question) before = known?.at(++position);
          // An answer typed into the grid keeps its place.
          while (before && before.question !== question && byHand?.added(id, position)) before = known?.at(++position);
          last = position;
        }
        if (before && byHand?.isRemoved(id, position)) {
          if (byHand.staysAway(id, before, answers.correct[row]!, answers.line[row]!)) continue;
          // Undo of this import must not take away what an undo of the edit would bring back.
          this.journal.record('answer', [this.codeOf(id), position], null, this.named(said(answers, row, question, set)));
          before = undefined;
        }
        if (before) this.compare(id, before, answers, row, question, set);
        else {
          fresh++;
          if (shows) {
            book.addedExample('answer', answers.line[row]!, [this.codeOf(id), position], {
              question: answers.questions[answers.question[row]!]!,
              correct: answers.correct[row]!,
            });
            shows = book.wants('answer', 'new');
          }
          if (!this.countOnly) {
            const { buffer } = this;
            buffer.push(id, position, question, set, answers.correct[row]!);
            if (hasTime) {
              const time = answers.answeredAt[row]!;
              buffer.push(time === time ? time : null);
            }
            if (hasDuration) {
              const duration = answers.responseTimeMs[row]!;
              buffer.push(duration === duration ? duration : null);
            }
            if (hasAttempt) buffer.push(answers.attempt[row]! < 0 ? null : answers.attempt[row]!);
            if (hasHint) buffer.push(answers.hint[row]! < 0 ? null : answers.hint[row]!);
            if (buffer.length === full) flush();
          }
        }
        if (at % PROGRESS_EVERY === 0) this.onRows?.(at);
      }
      begin = end;
    }
    flush();
    book.addedMany('answer', fresh);
    this.onRows?.(answers.length);
    if (rebuild) this.database.exec('CREATE INDEX answers_by_question ON answers (question_id)');
    return questions;
  }

  /** Whether the gradebook holds fewer answers; looks at no more of them than it must. */
  private fewerThan(count: number): boolean {
    const held = this.database.prepare('SELECT count(*) FROM (SELECT 1 FROM answers LIMIT ?)').pluck().get(count) as number;
    return held < count;
  }

  /** @param given which of time, duration, attempt and hint any row has: what none has is not bound for each */
  private flusher(given: readonly boolean[]): { readonly flush: () => void; readonly full: number } {
    const row = ['?', '?', '?', '?', '?', ...given.map((is) => (is ? '?' : 'NULL')), String(this.number)].join(', ');
    const width = 5 + given.filter(Boolean).length;
    const insert = (rows: number) =>
      this.database.prepare(
        `INSERT INTO answers (student_id, position, question_id, set_id, correct, answered_at, response_time_ms, attempt, hint, import_number)
         VALUES ${Array.from({ length: rows }, () => `(${row})`).join(', ')}`,
      );
    const many = insert(ROWS_AT_ONCE);
    return {
      full: ROWS_AT_ONCE * width,
      flush: () => {
        const rows = this.buffer.length / width;
        if (rows === ROWS_AT_ONCE) many.run(this.buffer);
        else if (rows > 0) insert(rows).run(this.buffer);
        this.buffer.length = 0;
      },
    };
  }

  private questions(answers: AnswerColumns): Int32Array {
    const ids = new Ids(this.database, 'questions', this.number);
    return Int32Array.from(answers.questions, (code) => ids.of(code).id);
  }

  /** The set of each row. An answer whose file names no skill is asked under the skills that its question has by now. */
  private sets(answers: AnswerColumns, questions: Int32Array): { of(row: number): number } {
    const skills = new Ids(this.database, 'skills', this.number);
    const sets = skillSets(this.database);
    const setOf = (code: string): number => sets.of(code, this.number);
    const ids = Int32Array.from(answers.skillSets, setOf);
    const link = this.database.prepare(
      'INSERT OR IGNORE INTO question_skills (question_id, skill_id, import_number) VALUES (?, ?, ?)',
    );
    const linked = new Set<number>();
    /** The set of each question that was linked last: most questions have one. */
    const lastLinked = new Int32Array(answers.questions.length).fill(-1);
    const known = this.database
      .prepare('SELECT k.code FROM question_skills q JOIN skills k ON k.id = q.skill_id WHERE q.question_id = ? ORDER BY k.code')
      .pluck();
    const ofQuestion = new Map<number, number>();
    const width = answers.skillSets.length;
    const none = answers.skillSets.indexOf('');
    return {
      of: (row) => {
        const local = answers.skillSet[row]!;
        const question = answers.question[row]!;
        if (local === none) {
          let set = ofQuestion.get(question);
          if (set === undefined) {
            const codes = known.all(questions[question]!) as string[];
            ofQuestion.set(question, (set = setOf(skillSetKey(codes))));
          }
          return set;
        }
        if (lastLinked[question] === local) return ids[local]!;
        lastLinked[question] = local;
        const pair = question * width + local;
        if (!linked.has(pair)) {
          linked.add(pair);
          for (const skill of skillsOfKey(answers.skillSets[local]!))
            link.run(questions[question]!, skills.of(skill).id, this.number);
        }
        return ids[local]!;
      },
    };
  }

  private compare(
    student: number,
    before: KnownAnswer,
    answers: AnswerColumns,
    row: number,
    question: number,
    set: number,
  ): void {
    const nothing = answers.skillSets[answers.skillSet[row]!] === '';
    const { position, ...was } = before;
    const of = said(answers, row, question, nothing && before.question === question ? before.set : set);
    // What the file does not say stays as it is known.
    const now = {
      ...of,
      answered_at: of.answered_at ?? before.answered_at,
      response_time_ms: of.response_time_ms ?? before.response_time_ms,
      attempt: of.attempt ?? before.attempt,
      hint: of.hint ?? before.hint,
    };
    if (same(now, was)) return this.journal.book.unchanged('answer');
    const key = [this.codeOf(student), position];
    const [named, line] = [this.named(was), answers.line[row]!];
    const kept = this.journal.respect('answer', key, named, this.named(now), line);
    const after = { ...now };
    if (kept['question'] === named['question']) after.question = was.question;
    if (kept['skills'] === named['skills']) after.set = was.set;
    if (kept['correct'] === named['correct']) after.correct = was.correct;
    if (same(after, was)) return this.journal.book.unchanged('answer');
    this.database
      .prepare(
        `UPDATE answers SET question_id = ?, set_id = ?, correct = ?, answered_at = ?, response_time_ms = ?, attempt = ?, hint = ?
         WHERE student_id = ? AND position = ?`,
      )
      .run(...Object.values(after), student, position);
    this.journal.change('answer', key, named, this.named(after), line);
  }

  private codeOf(student: number): string {
    return this.database.prepare('SELECT code FROM students WHERE id = ?').pluck().get(student) as string;
  }

  /** Ids differ between gradebooks; the journal names things by their codes. */
  private named({ question, set, ...rest }: Omit<KnownAnswer, 'position'>): Values {
    const code = (table: string, id: number): string =>
      this.database.prepare(`SELECT code FROM ${table} WHERE id = ?`).pluck().get(id) as string;
    return { question: code('questions', question), skills: code('skill_sets', set), ...rest };
  }
}

/** Whether any of the first `rows` of a column is known: a time that is a number, a count that is not negative. */
function anyKnown(column: Float64Array | Int32Array, rows: number): boolean {
  const times = column instanceof Float64Array;
  for (let at = 0; at < rows; at++) if (times ? !Number.isNaN(column[at]) : column[at]! >= 0) return true;
  return false;
}

/** What a row of a file says of its answer. */
function said(answers: AnswerColumns, row: number, question: number, set: number): Omit<KnownAnswer, 'position'> {
  const orNull = (value: number): number | null => (Number.isNaN(value) || value < 0 ? null : value);
  return {
    question,
    set,
    correct: answers.correct[row]!,
    answered_at: orNull(answers.answeredAt[row]!),
    response_time_ms: orNull(answers.responseTimeMs[row]!),
    attempt: orNull(answers.attempt[row]!),
    hint: orNull(answers.hint[row]!),
  };
}

function same(a: Omit<KnownAnswer, 'position'>, b: Omit<KnownAnswer, 'position'>): boolean {
  return (Object.keys(a) as (keyof typeof a)[]).every((name) => a[name] === b[name]);
}

/** A student's known answers by position, and one after the other by question. */
function index(rows: readonly KnownAnswer[]): {
  readonly last: number;
  at(position: number): KnownAnswer | undefined;
  next(question: number): KnownAnswer | undefined;
} {
  const byPosition = new Map(rows.map((row) => [row.position, row]));
  const last = rows.reduce((most, { position }) => Math.max(most, position), -1);
  const byQuestion = new Map<number, KnownAnswer[]>();
  for (const row of rows) {
    const known = byQuestion.get(row.question);
    if (known) known.push(row);
    else byQuestion.set(row.question, [row]);
  }
  const used = new Map<number, number>();
  return {
    last,
    at: (position) => byPosition.get(position),
    next(question) {
      const count = used.get(question) ?? 0;
      used.set(question, count + 1);
      return byQuestion.get(question)?.[count];
    },
  };
}
