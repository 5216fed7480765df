import { skillSetKey } from '../../learning/responses.ts';

/**
 * The answers of a file as columns, for a million of them must not be a million objects. Filled one by one in the file's order; `sort`
 * then brings each student's together.
 */
export interface NewAnswerRow {
  /** Line of the file, counted from 1. */
  readonly line: number;
  /** Index into the file's students. */
  readonly student: number;
  /** Where it stands among the student's answers: the file's own number, or a time; −1 where the file's order is all that is known. */
  readonly position: number;
  readonly question: string;
  /** Skills joined by U+001F, sorted; empty for none. */
  readonly skills: string;
  /** In [0, 1]. */
  readonly correct: number;
  /** NaN where unknown. */
  readonly answeredAt: number;
  readonly responseTimeMs: number;
  /** −1 where unknown. */
  readonly attempt: number;
  readonly hint: number;
}

class Words {
  readonly texts: string[] = [];
  private readonly numbers = new Map<string, number>();
  private last = '';
  private lastNumber = -1;

  add(text: string): number {
    if (text === this.last && this.lastNumber >= 0) return this.lastNumber;
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.texts.push(text) - 1;
      this.numbers.set(text, number);
    }
    this.last = text;
    this.lastNumber = number;
    return number;
  }
}

type Column = Float64Array | Int32Array;

export class AnswerColumns {
  length = 0;
  private capacity = 0;
  /** [length], lines of the file. */
  line = new Int32Array(0);
  /** [length], indexes into the file's students. */
  student = new Int32Array(0);
  /** [length] */
  position = new Float64Array(0);
  /** [length], indexes into `questions`. */
  question = new Int32Array(0);
  /** [length], indexes into `skillSets`. */
  skillSet = new Int32Array(0);
  /** [length], in [0, 1]. */
  correct = new Float64Array(0);
  /** [length], milliseconds since 1970 UTC; NaN unknown. */
  answeredAt = new Float64Array(0);
  /** [length], milliseconds; NaN unknown. */
  responseTimeMs = new Float64Array(0);
  /** [length], −1 unknown. */
  attempt = new Int32Array(0);
  /** [length], −1 unknown. */
  hint = new Int32Array(0);
  private readonly questionWords = new Words();
  private readonly skillWords = new Words();

  get questions(): readonly string[] {
    return this.questionWords.texts;
  }

  /** Each as its skills joined by U+001F. */
  get skillSets(): readonly string[] {
    return this.skillWords.texts;
  }

  push(row: NewAnswerRow): void {
    this.pushNumbers(
      row.line,
      row.student,
      row.position,
      this.questionWords.add(row.question),
      this.skillWords.add(row.skills),
      row.correct,
      row.answeredAt,
      row.responseTimeMs,
      row.attempt,
      row.hint,
    );
  }

  /** The same for a question and a set that have their numbers already. */
  pushNumbers(
    line: number,
    student: number,
    position: number,
    question: number,
    skillSet: number,
    correct: number,
    answeredAt: number,
    responseTimeMs: number,
    attempt: number,
    hint: number,
  ): void {
    if (this.length === this.capacity) this.grow(Math.max(1024, Math.ceil(this.capacity * 1.5)));
    const at = this.length++;
    this.line[at] = line;
    this.student[at] = student;
    this.position[at] = position;
    this.question[at] = question;
    this.skillSet[at] = skillSet;
    this.correct[at] = correct;
    this.answeredAt[at] = answeredAt;
    this.responseTimeMs[at] = responseTimeMs;
    this.attempt[at] = attempt;
    this.hint[at] = hint;
  }

  /** Makes room for so many rows at once. */
  reserve(rows: number): void {
    if (rows > this.capacity) this.grow(rows);
  }

  private grow(capacity: number): void {
    this.capacity = capacity;
    this.eachColumn((column) => {
      const larger = new (column.constructor as new (length: number) => Column)(capacity);
      larger.set(column);
      return larger;
    });
  }

  private eachColumn(change: (column: Column) => Column): void {
    this.line = change(this.line) as Int32Array<ArrayBuffer>;
    this.student = change(this.student) as Int32Array<ArrayBuffer>;
    this.position = change(this.position) as Float64Array<ArrayBuffer>;
    this.question = change(this.question) as Int32Array<ArrayBuffer>;
    this.skillSet = change(this.skillSet) as Int32Array<ArrayBuffer>;
    this.correct = change(this.correct) as Float64Array<ArrayBuffer>;
    this.answeredAt = change(this.answeredAt) as Float64Array<ArrayBuffer>;
    this.responseTimeMs = change(this.responseTimeMs) as Float64Array<ArrayBuffer>;
    this.attempt = change(this.attempt) as Int32Array<ArrayBuffer>;
    this.hint = change(this.hint) as Int32Array<ArrayBuffer>;
  }

  /**
   * Row numbers with each student's answers together, in order of position and then of the file. Counting by student first keeps it
   * fast, and most files are in order already.
   */
  sorted(students: number): Int32Array {
    const start = new Int32Array(students + 1);
    for (let at = 0; at < this.length; at++) start[this.student[at]! + 1]!++;
    for (let student = 0; student < students; student++) start[student + 1]! += start[student]!;
    const order = new Int32Array(this.length);
    const next = start.slice();
    for (let at = 0; at < this.length; at++) order[next[this.student[at]!]!++] = at;
    for (let student = 0; student < students; student++) {
      const rows = order.subarray(start[student]!, start[student + 1]!);
      let inOrder = true;
      for (let at = 1; at < rows.length && inOrder; at++) inOrder = this.position[rows[at - 1]!]! <= this.position[rows[at]!]!;
      if (!inOrder) rows.sort((a, b) => this.position[a]! - this.position[b]! || a - b);
    }
    return order;
  }

  /** Drops rows; `keep` is [length], 0 to drop. */
  filter(keep: Uint8Array): void {
    let to = 0;
    for (let at = 0; at < this.length; at++) {
      if (keep[at] === 0) continue;
      if (to !== at)
        this.eachColumn((column) => {
          column[to] = column[at]!;
          return column;
        });
      to++;
    }
    this.length = to;
  }

  /** Gives row `at` another set of skills. */
  setSkills(at: number, skills: readonly string[]): void {
    this.skillSet[at] = this.skillWords.add(skillSetKey([...new Set(skills)]));
  }
}
