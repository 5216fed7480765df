import { DAY_MS } from '../../../../shared/time.ts';
import type { AnswerColumns } from '../../../database/new-answers.ts';
import type { Findings } from './findings.ts';

/** Each student's rows, in the order of their places. */
function eachStudent(answers: AnswerColumns, students: number, visit: (rows: Int32Array) => void): void {
  const order = answers.sorted(students);
  let begin = 0;
  while (begin < order.length) {
    const student = answers.student[order[begin]!];
    let end = begin + 1;
    while (end < order.length && answers.student[order[end]!] === student) end++;
    visit(order.subarray(begin, end));
    begin = end;
  }
}

function anyMoment({ answeredAt, length }: AnswerColumns): boolean {
  for (let at = 0; at < length; at++) if (answeredAt[at]! === answeredAt[at]!) return true;
  return false;
}

/**
 * The same answer of the same student to the same question at the same moment stands once; the later rows go. A mere day is no moment:
 * who tries a question twice on one day has answered it twice.
 */
export function findDuplicates(answers: AnswerColumns, students: number, findings: Findings): void {
  if (!anyMoment(answers)) return;
  const keep = new Uint8Array(answers.length).fill(1);
  eachStudent(answers, students, (rows) => {
    if (rises(answers, rows)) return;
    const first = new Map<string, number>();
    for (const row of rows) {
      const moment = answers.answeredAt[row]!;
      if (Number.isNaN(moment) || moment % DAY_MS === 0) continue;
      const key = `${answers.question[row]} ${moment} ${answers.correct[row]} ${answers.attempt[row]}`;
      const known = first.get(key);
      if (known === undefined) {
        first.set(key, row);
        continue;
      }
      findings.add(() => ({
        line: answers.line[row]!,
        about: answers.questions[answers.question[row]!]!,
        value: moment,
        kind: 'moment',
        becomes: null,
      }));
      keep[row] = 0;
    }
  });
  if (findings.on && findings.count > 0) answers.filter(keep);
}

/** Whether every moment lies behind the one before: most files, and then nothing stands twice or out of order. */
function rises({ answeredAt }: AnswerColumns, rows: Int32Array): boolean {
  for (let at = 1; at < rows.length; at++) if (!(answeredAt[rows[at]!]! > answeredAt[rows[at - 1]!]!)) return false;
  return true;
}

/** Whether a moment is a mere day, and the other one lies on it: then nobody knows which was first. */
const onDayOf = (moment: number, other: number): boolean =>
  moment % DAY_MS === 0 && Math.floor(other / DAY_MS) * DAY_MS === moment;

/** Answers whose moment lies before that of an answer with an earlier place; on, the student's answers change places until none does. */
export function putInOrder(answers: AnswerColumns, students: number, findings: Findings): void {
  if (!anyMoment(answers)) return;
  eachStudent(answers, students, (rows) => {
    const { answeredAt, position } = answers;
    let latest = -Infinity;
    let back = 0;
    for (const row of rows) {
      const moment = answeredAt[row]!;
      // The file's order alone has no places to change.
      if (position[row]! < 0) return;
      if (moment < latest && !onDayOf(moment, latest)) {
        back++;
        const before = latest;
        findings.add(() => ({
          line: answers.line[row]!,
          about: answers.questions[answers.question[row]!]!,
          value: moment,
          kind: 'moment',
          becomes: before,
        }));
      } else if (moment > latest) latest = moment;
    }
    if (back === 0 || !findings.on) return;
    // An answer without a moment stays behind the one before it.
    let now = -Infinity;
    const moments = Array.from(
      rows,
      (row) => (now = Number.isNaN(answeredAt[row]!) || onDayOf(answeredAt[row]!, now) ? now : answeredAt[row]!),
    );
    const places = Array.from(rows, (row) => position[row]!);
    const byMoment = Array.from(rows.keys()).sort((a, b) => moments[a]! - moments[b]! || a - b);
    byMoment.forEach((index, place) => (position[rows[index]!] = places[place]!));
  });
}
