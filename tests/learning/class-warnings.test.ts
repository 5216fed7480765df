import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { testAttendance, testMarks } from '../../src/learning/class/attendance.ts';
import type { Attendance, MarkState } from '../../src/learning/class/attendance.ts';
import { atLeast, discoveries, failingRun, lowerTail } from '../../src/learning/class/chance.ts';
import { chooseWarnings, testAnswers } from '../../src/learning/class/warnings.ts';
import type { SetAside, Warning } from '../../src/learning/class/warnings.ts';
import { createRandom } from '../../src/learning/random.ts';
import { drawCourse, simulateStudents, SMALL_COURSE_TRAITS } from '../../src/learning/simulation/simulated-course.ts';
import { withCourse } from '../../src/learning/student-model/student-model.ts';
import { readModel } from '../../src/main/services/model-store.ts';
import type { ResponseEvent, ResponseSequence } from '../../src/shared/domain.ts';

const starter = readModel(path.join(import.meta.dirname, '..', '..', 'resources', 'starter'));

/** A class as simulated, with what is planted in it, and the warnings about it. */
function watch(
  seed: number,
  plant: (sequences: readonly ResponseSequence[]) => readonly ResponseSequence[] = (same) => same,
  setAside: readonly SetAside[] = [],
): readonly Warning[] {
  const random = createRandom(seed);
  const course = drawCourse({ ...SMALL_COURSE_TRAITS, drift: 0.04, guess: 0.05, slip: 0.03 }, random);
  const ids = Array.from({ length: 25 }, (_, index) => `s${index}`);
  const past = Array.from({ length: 40 }, (_, index) => `past${index}`);
  const sequences = plant(simulateStudents(course, ids, (chance) => 12 + chance.integer(40), random));
  const model = withCourse(starter, course.map, [...sequences, ...simulateStudents(course, past, () => 50, random)]);
  return chooseWarnings(
    sequences.flatMap(({ student, responses }) => {
      const adapt = (answers: readonly ResponseEvent[]) => model.adapt(answers, { counted: responses });
      const noted = setAside.filter((each) => each.student === student);
      return testAnswers({ id: student, history: responses, state: adapt(responses), adapt }, noted);
    }),
  );
}

const replace = (
  sequences: readonly ResponseSequence[],
  student: string,
  change: (responses: readonly ResponseEvent[]) => readonly ResponseEvent[],
): readonly ResponseSequence[] =>
  sequences.map((each) => (each.student === student ? { student, responses: change(each.responses) } : each));

describe('chance', () => {
  const sure = (logit: number, correct: number) => ({ logit, common: 0, own: 0, weight: 1, correct });

  it('is that of a sum of unequal coins where forecasts have no error', () => {
    // P(none right) of .5 and .25 is .5 · .75; odds of a quarter are ln(1/3).
    expect(lowerTail([sure(0, 0), sure(Math.log(1 / 3), 0)])).toMatchObject({
      of: 2,
      right: 0,
      expected: expect.closeTo(0.75, 6),
    });
    expect(lowerTail([sure(0, 0), sure(Math.log(1 / 3), 0)]).chance).toBeCloseTo(0.375, 6);
    expect(lowerTail([sure(0, 1), sure(Math.log(1 / 3), 0)]).chance).toBeCloseTo(0.875, 6);
    expect(atLeast([0.5, 0.25], 2)).toBeCloseTo(0.125, 9);
    expect(atLeast([0.5, 0.25], 0)).toBeCloseTo(1, 9);
  });

  it('is larger where the forecasts are unsure, and smaller where an answer weighs more', () => {
    const trials = (common: number, weight = 1) =>
      Array.from({ length: 8 }, () => ({ logit: 1, common, own: 0, weight, correct: 0.25 }));
    expect(lowerTail(trials(1)).chance).toBeGreaterThan(3 * lowerTail(trials(0)).chance);
    expect(lowerTail(trials(0, 3)).chance).toBeLessThan(lowerTail(trials(0)).chance);
  });

  it('of a run of absences falls with its length and with how steady somebody was', () => {
    expect(failingRun(0, 0, 1, 0.5, 2)).toBeCloseTo(0.5, 9);
    expect(failingRun(20, 0, 3, 0.9, 2)).toBeLessThan(failingRun(10, 10, 3, 0.9, 2) / 100);
    expect(failingRun(20, 0, 4, 0.9, 2)).toBeLessThan(failingRun(20, 0, 3, 0.9, 2));
  });

  it('of many tests leaves those standing that Benjamini and Hochberg do', () => {
    const tests = [0.001, 0.008, 0.039, 0.041, 0.27].map((chance) => ({ chance }));
    expect(discoveries(tests, 10, 0.05).map(({ chance }) => chance)).toEqual([0.001, 0.008]);
    expect(discoveries(tests, 1000, 0.05)).toEqual([]);
  });
});

describe('warnings about answers', () => {
  it('are rare in classes where nothing happens', () => {
    const classes = 24;
    const called = Array.from({ length: classes }, (_, seed) => watch(seed + 1));
    const alarmed = called.filter((warnings) => warnings.length > 0).length;
    console.log(
      `classes of 25 without an event: ${alarmed} of ${classes} with a warning, ${called.flat().length} warnings in all`,
    );
    // 10% are meant; more than 5 of 24 would come about in 4% of all cases then.
    expect(alarmed).toBeLessThanOrEqual(5);
  });

  it('find a student who falls far below their own earlier answers, and say what was expected', () => {
    const found = [31, 32, 33, 34].map((seed) => {
      let who = '';
      const warnings = watch(seed, (sequences) => {
        const strong = sequences.filter(({ responses }) => responses.length >= 28 && share(responses) > 0.65)[0]!;
        who = strong.student;
        return replace(sequences, who, (responses) =>
          responses.map((each, index) =>
            index >= responses.length - 10 ? { ...each, correct: index % 10 === 0 ? 1 : 0 } : each,
          ),
        );
      });
      return warnings.filter(({ student, kind }) => student === who && kind === 'falling');
    });
    expect(found.filter((warnings) => warnings.length > 0).length).toBe(4);
    const [warning] = found.flat();
    expect(warning).toMatchObject({ observed: 1, of: 10, skill: null, marks: 0 });
    expect(warning!.expected).toBeGreaterThan(5);
    expect(warning!.basis).toBeGreaterThanOrEqual(18);
    expect(warning!.chance).toBeLessThan(0.01);
  });

  it('find who stays behind on one skill in spite of practice', () => {
    const found = [41, 42, 43, 44].map((seed) => {
      let who = '';
      let what = '';
      const warnings = watch(seed, (sequences) => {
        const strong = sequences.filter(({ responses }) => responses.length >= 28 && share(responses) > 0.65)[0]!;
        who = strong.student;
        what = strong.responses[0]!.skills[0]!;
        const practice: ResponseEvent[] = Array.from({ length: 12 }, (_, order) => ({
          order,
          question: `${what}-q${(order % 6) + 1}`,
          skills: [what],
          correct: order === 3 ? 1 : 0,
        }));
        return replace(sequences, who, (responses) =>
          [...practice, ...responses.filter(({ skills }) => !skills.includes(what))].map((each, order) => ({ ...each, order })),
        );
      });
      return warnings.filter(({ student, kind, skill }) => student === who && kind === 'stuck' && skill === what);
    });
    expect(found.filter((warnings) => warnings.length > 0).length).toBeGreaterThanOrEqual(3);
    expect(found.flat()[0]!.expected).toBeGreaterThan(found.flat()[0]!.observed + 2);
  });

  it('stay away once set aside, and come back with new evidence of the same', () => {
    let who = '';
    const fall =
      (more: number, correct: number) =>
      (sequences: readonly ResponseSequence[]): readonly ResponseSequence[] => {
        const strong = sequences.filter(({ responses }) => responses.length >= 28 && share(responses) > 0.65)[0]!;
        who = strong.student;
        return replace(sequences, who, (responses) => {
          const fallen = responses.map((each, index) => (index >= responses.length - 10 ? { ...each, correct: 0 } : each));
          const last = fallen.at(-1)!;
          const added = Array.from({ length: more }, (_, index) => ({
            ...fallen.at(-10 + (index % 10))!,
            order: last.order + 1 + index,
            correct,
          }));
          return [...fallen, ...added];
        });
      };
    const about = (warnings: readonly Warning[]) => warnings.filter(({ student, kind }) => student === who && kind !== 'stuck');
    const [first] = about(watch(31, fall(0, 0)));
    expect(first).toBeDefined();
    const note: SetAside = { student: who, kind: first!.kind, skill: null, reach: first!.reach, base: first!.base };
    expect(about(watch(31, fall(0, 0), [note]))).toEqual([]);
    expect(about(watch(31, fall(8, 1), [note]))).toEqual([]);
    const again = about(watch(31, fall(8, 0), [note]));
    expect(again).toHaveLength(1);
    expect(again[0]).toMatchObject({ observed: 0, of: 8, base: first!.base });
  });
});

const share = (responses: readonly ResponseEvent[]): number =>
  responses.reduce((sum, { correct }) => sum + correct, 0) / responses.length;

describe('warnings about silence and missing marks', () => {
  const random = createRandom(5);
  const attendance = (rate: number, days: number, until = days): Attendance['days'] =>
    Array.from({ length: until }, (_, day) => day).filter(() => random.uniform() < rate);

  it('name who stopped, not who comes now and then', () => {
    const students: Attendance[] = [
      ...Array.from({ length: 20 }, (_, index) => ({ id: `s${index}`, days: attendance(0.9, 30), lastAnswerAt: null })),
      { id: 'stopped', days: attendance(0.95, 30, 24), lastAnswerAt: 7 },
      { id: 'now-and-then', days: [2, 9, 11, 18, 25], lastAnswerAt: 8 },
      { id: 'never', days: [], lastAnswerAt: null },
    ];
    const tested = testAttendance(students);
    expect(tested.looked).toBe(23);
    const called = chooseWarnings([tested]);
    expect(called.map(({ student }) => student)).toContain('stopped');
    expect(called.map(({ student }) => student)).not.toContain('now-and-then');
    expect(called.find(({ student }) => student === 'stopped')).toMatchObject({ kind: 'quiet', of: 6, since: 7 });
    const noted = { student: 'stopped', kind: 'quiet', skill: null, reach: 29, base: 0 } as const;
    expect(testAttendance(students, [noted]).suspects.map(({ student }) => student)).not.toContain('stopped');
    expect(testAttendance(students, [{ ...noted, reach: 26 }]).suspects.map(({ student }) => student)).toContain('stopped');
  });

  it('are rare where everybody is away at random', () => {
    const alarmed = Array.from({ length: 200 }, () => {
      const students = Array.from({ length: 25 }, (_, index) => ({
        id: `s${index}`,
        days: attendance(0.8, 25),
        lastAnswerAt: null,
      }));
      return chooseWarnings([testAttendance(students)]).length;
    }).filter((count) => count > 0).length;
    console.log(`classes with random absences: ${alarmed} of 200 with a warning`);
    expect(alarmed).toBeLessThanOrEqual(30);
  });

  it('hold missing marks against the class, not against a rule', () => {
    const marks = (rate: (student: number) => number): MarkState[] =>
      Array.from({ length: 20 }, (_, student) =>
        Array.from({ length: 10 }, (_unused, assignment) => ({
          student: `s${student}`,
          assignment,
          state: random.uniform() < rate(student) ? ('missing' as const) : ('in' as const),
        })),
      ).flat();
    const planted = chooseWarnings([testMarks(marks((student) => (student === 4 ? 0.8 : 0.05)))]);
    expect(planted.map(({ student }) => student)).toEqual(['s4']);
    // Where many are missing everywhere, nobody is singled out.
    const alarmed = Array.from({ length: 200 }, () => chooseWarnings([testMarks(marks(() => 0.4))]).length).filter(
      (n) => n > 0,
    ).length;
    console.log(`classes with marks missing at random: ${alarmed} of 200 with a warning`);
    expect(alarmed).toBeLessThanOrEqual(30);
    const [warning] = planted;
    const note: SetAside = { student: 's4', kind: 'marks', skill: null, reach: warning!.reach, base: 0 };
    expect(note.reach).toBeGreaterThan(3);
  });
});
