import { DAY_MS } from '../../../../shared/time.ts';
import type { ImportContent, IncomingMark } from '../../../database/import-rows.ts';
import type { AnswerColumns } from '../../../database/new-answers.ts';
import type { Findings } from './findings.ts';

/** Nobody reads a question in less, and who took longer did something else meanwhile. Milliseconds. */
const SHORTEST = 300;
const LONGEST = 3_600_000;
/** No school's system has answers from before; clocks that stand at their beginning do. */
const EARLIEST = Date.UTC(1990, 0, 1);

/** Response times that cannot be are forgotten; the answer stays. */
export function cleanTimes(answers: AnswerColumns, findings: Findings): void {
  const { responseTimeMs, length } = answers;
  for (let at = 0; at < length; at++) {
    const time = responseTimeMs[at]!;
    // False for what is unknown, too.
    if (!(time < SHORTEST || time > LONGEST)) continue;
    findings.add(() => ({
      line: answers.line[at]!,
      about: answers.questions[answers.question[at]!]!,
      value: time,
      kind: 'duration',
      becomes: null,
    }));
    if (findings.on) responseTimeMs[at] = Number.NaN;
  }
}

/** Moments before 1990 or after today are forgotten; what has one stays, at the place where the file has it. @returns the marks */
export function cleanMoments(content: ImportContent, findings: Findings, now: number): readonly IncomingMark[] {
  const { answers } = content;
  // Files without a time zone may be a day ahead.
  const latest = now + DAY_MS;
  const wrong = (moment: number): boolean => moment < EARLIEST || moment > latest;
  const { answeredAt, length } = answers;
  const moved: number[] = [];
  for (let at = 0; at < length; at++) {
    const moment = answeredAt[at]!;
    if (!wrong(moment)) continue;
    findings.add(() => ({
      line: answers.line[at]!,
      about: answers.questions[answers.question[at]!]!,
      value: moment,
      kind: 'moment',
      becomes: null,
    }));
    if (!findings.on) continue;
    // Where the place was made from the moment, it is as wrong.
    if (isFromMoment(answers.position[at]!, moment)) moved.push(at);
    answeredAt[at] = Number.NaN;
  }
  placeAgain(answers, moved);
  return content.marks.map((mark) => {
    if (mark.markedAt === null || !wrong(mark.markedAt)) return mark;
    const { line, assignment, markedAt } = mark;
    findings.add(() => ({
      line,
      about: content.assignments[assignment]!.title,
      value: markedAt,
      kind: 'moment',
      becomes: null,
    }));
    return findings.on ? { ...mark, markedAt: null } : mark;
  });
}

/** Places made from a moment are a thousandth of a millisecond apart, so that answers of one moment keep their order. */
const isFromMoment = (position: number, moment: number): boolean => Math.abs(position - moment * 1000) < 1e6;

/** Behind the row of the student that stands before it in the file, else before the one that follows; −1 where there is none. */
function placeAgain(answers: AnswerColumns, rows: readonly number[]): void {
  if (rows.length === 0) return;
  const lost = new Set(rows);
  const last = new Map<number, number>();
  const waiting = new Map<number, number[]>();
  for (let at = 0; at < answers.length; at++) {
    const student = answers.student[at]!;
    const before = last.get(student);
    if (!lost.has(at)) {
      const position = answers.position[at]!;
      const first = waiting.get(student) ?? [];
      first.forEach((row, index) => (answers.position[row] = Math.max(0, position - first.length + index)));
      waiting.delete(student);
      last.set(student, position);
    } else if (before === undefined) {
      answers.position[at] = -1;
      waiting.set(student, [...(waiting.get(student) ?? []), at]);
    } else {
      answers.position[at] = before + 1;
      last.set(student, before + 1);
    }
  }
}
