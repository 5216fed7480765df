import { atLeast, failingRun } from './chance.ts';
import type { SetAside, Tested, Warning } from './warnings.ts';

/** When a student answered. */
export interface Attendance {
  readonly id: string;
  /** Days with answers of theirs, whole numbers that rise by one a day. */
  readonly days: readonly number[];
  readonly lastAnswerAt: number | null;
}

/** A day on which so many of the class answered is one on which the class worked. */
const CLASS_DAY_SHARE = 0.25;
/** As many days as the class's own habit weighs beside a student's. */
const HABIT = 2;
/** Fewer are a cold, not a silence. */
const LEAST_RUN = 3;
const NEW_DAYS = 3;

/** Days on which the class worked while somebody who used to be there gave no answer. */
export function testAttendance(students: readonly Attendance[], setAside: readonly SetAside[] = []): Tested {
  const attending = new Map<number, number>();
  const own = students.map(({ days }) => new Set(days));
  for (const days of own) for (const day of days) attending.set(day, (attending.get(day) ?? 0) + 1);
  const least = Math.max(2, students.length * CLASS_DAY_SHARE);
  const classDays = [...attending].filter(([, count]) => count >= least).map(([day]) => day);
  classDays.sort((a, b) => a - b);
  if (classDays.length < LEAST_RUN) return { family: 'attendance', looked: 0, suspects: [] };
  const rate = classDays.reduce((sum, day) => sum + attending.get(day)!, 0) / (classDays.length * Math.max(1, students.length));
  const suspects: Warning[] = [];
  students.forEach((student, index) => {
    const days = own[index]!;
    const last = classDays.findLastIndex((day) => days.has(day));
    const noted = setAside.findLast(({ student: id, kind }) => id === student.id && kind === 'quiet');
    const run = classDays.length - 1 - last;
    // A note is about one silence; the next one begins anew.
    const since = noted ? classDays.filter((day) => day > noted.reach).length : run;
    if (run < LEAST_RUN || Math.min(run, since) < (noted ? NEW_DAYS : LEAST_RUN)) return;
    const before = classDays.slice(0, last + 1);
    const hits = before.filter((day) => days.has(day)).length;
    suspects.push({
      kind: 'quiet',
      student: student.id,
      skill: null,
      observed: hits,
      of: run,
      expected: run * ((hits + HABIT * rate) / (before.length + HABIT)),
      basis: before.length,
      late: 0,
      marks: 0,
      since: student.lastAnswerAt,
      chance: failingRun(hits, before.length - hits, run, rate, HABIT),
      reach: classDays.at(-1)!,
      base: 0,
    });
  });
  return { family: 'attendance', looked: students.length, suspects };
}

/** One student's mark for one assignment as far as it came, or did not. */
export interface MarkState {
  readonly student: string;
  /** Place among the class's assignments in the order of time. */
  readonly assignment: number;
  readonly state: 'in' | 'late' | 'missing';
}

const LATEST_MARKS = 8;
const LEAST_UNDONE = 3;

/** Missing and late marks of the latest assignments, held against the rest of the class on the same assignments. */
export function testMarks(marks: readonly MarkState[], setAside: readonly SetAside[] = []): Tested {
  const byStudent = new Map<string, MarkState[]>();
  const all = new Map<number, number>();
  const undone = new Map<number, number>();
  for (const mark of marks) {
    const known = byStudent.get(mark.student);
    if (known) known.push(mark);
    else byStudent.set(mark.student, [mark]);
    all.set(mark.assignment, (all.get(mark.assignment) ?? 0) + 1);
    if (mark.state !== 'in') undone.set(mark.assignment, (undone.get(mark.assignment) ?? 0) + 1);
  }
  const suspects: Warning[] = [];
  for (const [student, own] of byStudent) {
    const latest = own.toSorted((a, b) => a.assignment - b.assignment).slice(-LATEST_MARKS);
    const open = latest.filter(({ state }) => state !== 'in');
    const total = own.filter(({ state }) => state !== 'in').length;
    const noted = setAside.findLast((each) => each.student === student && each.kind === 'marks');
    if (open.length < LEAST_UNDONE || (noted && total <= noted.reach)) continue;
    const chances = latest.map(({ assignment, state }) => {
      const others = (undone.get(assignment) ?? 0) - (state === 'in' ? 0 : 1);
      return (others + 0.5) / all.get(assignment)!;
    });
    suspects.push({
      kind: 'marks',
      student,
      skill: null,
      observed: open.length,
      of: latest.length,
      expected: chances.reduce((sum, each) => sum + each, 0),
      basis: byStudent.size - 1,
      late: open.filter(({ state }) => state === 'late').length,
      marks: latest.length,
      since: null,
      chance: atLeast(
        chances.map((each) => Math.min(1, each)),
        open.length,
      ),
      reach: total,
      base: 0,
    });
  }
  return { family: 'marks', looked: byStudent.size, suspects };
}
