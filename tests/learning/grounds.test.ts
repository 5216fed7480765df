import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { effortNorms } from '../../src/learning/planning/effort.ts';
import { makePlan } from '../../src/learning/planning/plan.ts';
import type { PlanOptions } from '../../src/learning/planning/plan.ts';
import { preparePlanner } from '../../src/learning/planning/planner-course.ts';
import { createSkillGraph } from '../../src/learning/planning/skill-graph.ts';
import { chooseStrategy } from '../../src/learning/planning/strategy.ts';
import { withCourse } from '../../src/learning/student-model/student-model.ts';
import { readModel } from '../../src/main/services/model-store.ts';
import type { PlanStep, ResponseEvent } from '../../src/shared/domain.ts';
import { STRATEGIES } from '../../src/shared/strategy.ts';
import type { Strategy, StrategyGround } from '../../src/shared/strategy.ts';
import { simulatedClass } from '../support/courses.ts';

const starter = readModel(path.join(import.meta.dirname, '..', '..', 'resources', 'starter'));
const { sequences: plain, map } = simulatedClass(60, 21);
/** Everybody answers without a hint and in much the same time, but each third takes a hint, and each third long, on whatever comes in their fifth place; the others learn fast. */
const sequences = plain.map((sequence, student) => {
  const special = sequence.responses[4]?.skills[0];
  const earlier = (skill: string | undefined, order: number): number =>
    sequence.responses.slice(0, order).filter((event) => event.skills[0] === skill).length;
  return {
    ...sequence,
    responses: sequence.responses.map((event, order) => ({
      ...event,
      ...(student % 3 === 2 ? { correct: earlier(event.skills[0], order) < 2 ? 0 : 1 } : {}),
      attempt: 1,
      hint: student % 3 === 0 && event.skills[0] === special ? 2 : 0,
      responseTimeMs: student % 3 === 1 && event.skills[0] === special ? 90_000 : 10_000 + ((order * 7919) % 4000),
    })),
  };
});
const model = withCourse(starter, map, sequences);
const graph = createSkillGraph(map);
const common = {
  graph,
  skills: map.skills.map(({ id }) => id),
  planner: preparePlanner({ map, model, sequences }),
  norms: effortNorms(sequences),
};
const WAYS: Readonly<Partial<Record<Strategy, string>>> = {
  'worked-example': 'worked examples',
  practice: 'practice',
  'mixed-practice': 'mixed',
};

/** Every student, with each preference and with none. */
const students: readonly PlanOptions[] = sequences.flatMap(({ responses }) =>
  [undefined, ...Object.values(WAYS)].map((way): PlanOptions => ({
    ...common,
    student: 'x',
    state: model.adapt(responses, { counted: responses }),
    history: responses,
    ...(way === undefined ? {} : { profile: { background: {}, preference: { way }, behaviour: {} } }),
  })),
);
const found = students.flatMap((student) => makePlan(student).steps.map((step) => ({ student, step })));
const decidedBy = (ground: StrategyGround): { readonly student: PlanOptions; readonly step: PlanStep }[] =>
  found.filter(({ step }) => step.ground === ground);
const again = (student: PlanOptions, skill: string): PlanStep =>
  makePlan({ ...student, steps: common.skills.length }).steps.find((step) => step.skill === skill)!;
const withHistory = (student: PlanOptions, change: (event: ResponseEvent) => ResponseEvent): PlanOptions => ({
  ...student,
  history: student.history!.map(change),
});
const rung = (strategy: Strategy): number => STRATEGIES.indexOf(strategy);
/** What the forecast alone would choose, and did it know the student for certain. */
const alone = ({ forecast, mastery }: PlanStep) => chooseStrategy({ forecast, mastery }).strategy;
const certain = ({ forecast, mastery }: PlanStep) =>
  chooseStrategy({ forecast: { ...forecast, standardError: 0 }, mastery }).strategy;

/** Where the evidence that a ground names is taken away, all else being as it was, the ground is another one, and the strategy too unless other evidence asks for the same. */
describe('what decided how a step is worked falls with the evidence that it names', () => {
  const falls = (
    ground: StrategyGround,
    without: (student: PlanOptions, skill: string) => PlanOptions,
    support: 'more' | 'less' | 'either',
  ): void => {
    const steps = decidedBy(ground);
    expect(steps.length, `steps decided by ${ground}`).toBeGreaterThan(0);
    let changed = 0;
    for (const { student, step } of steps.slice(0, 12)) {
      const now = again(without(student, step.skill), step.skill);
      expect(now.forecast).toEqual(step.forecast);
      expect(now.ground).not.toBe(ground);
      // Where two pieces of evidence each suffice, one is named; without it the other is.
      if (now.strategy === step.strategy) {
        expect(['slower', 'quicker', 'help', 'time', 'preference']).toContain(now.ground);
        continue;
      }
      changed++;
      if (support === 'more') expect(rung(step.strategy)).toBeLessThan(rung(now.strategy));
      if (support === 'less') expect(rung(step.strategy)).toBeGreaterThan(rung(now.strategy));
    }
    expect(changed, `steps that ${ground} alone decided`).toBeGreaterThan(0);
  };

  it('help: without the hints', () => {
    falls(
      'help',
      (student, skill) => withHistory(student, (event) => (event.skills.includes(skill) ? { ...event, hint: 0 } : event)),
      'more',
    );
  });

  it('time: without the long times', () => {
    const quick = (skill: string) => (event: ResponseEvent) =>
      event.skills.includes(skill) ? { ...event, responseTimeMs: 11_000 } : event;
    falls('time', (student, skill) => withHistory(student, quick(skill)), 'more');
  });

  it('slower and quicker: without the answers after the first on each skill, which tell what practice has brought', () => {
    const once = (student: PlanOptions): PlanOptions => {
      const seen = new Set<string>();
      const history = student.history!.filter(({ skills: [skill] }) => !seen.has(skill!) && seen.add(skill!));
      return { ...student, history, norms: undefined };
    };
    // Where a preference waits behind it, that decides next: the students who have none show the speed alone.
    const unasked = (student: PlanOptions): PlanOptions => ({ ...once(student), profile: undefined });
    for (const [ground, side] of [
      ['slower', -1],
      ['quicker', 1],
    ] as const) {
      const steps = decidedBy(ground).filter(({ student }) => student.profile === undefined);
      expect(steps.length, `steps decided by ${ground}`).toBeGreaterThan(0);
      for (const { student, step } of steps.slice(0, 12)) {
        const now = again(unasked(student), step.skill);
        expect(['forecast', 'cautious']).toContain(now.ground);
        expect(now.strategy).toBe(alone(step));
        expect(rung(step.strategy)).toBe(rung(certain(step)) + side);
      }
    }
  });

  it('preference: without it in the roster', () => {
    falls('preference', (student) => ({ ...student, profile: undefined }), 'either');
    for (const { student, step } of decidedBy('preference'))
      expect(Object.values(student.profile!.preference)).toEqual([WAYS[step.strategy]]);
  });

  it('cautious: were the forecast certain, there would be one rung less of support', () => {
    const steps = decidedBy('cautious');
    expect(steps.length).toBeGreaterThan(0);
    for (const { step } of steps) expect(rung(step.strategy)).toBe(rung(certain(step)) - 1);
  });

  it('forecast: it is what the forecast alone chooses', () => {
    const steps = decidedBy('forecast');
    expect(steps.length).toBeGreaterThan(0);
    for (const { step } of steps) expect(step.strategy).toBe(certain(step));
  });

  it('mastered: were the mastery not there, the forecast would choose something else than a review', () => {
    const steps = decidedBy('mastered');
    expect(steps.length).toBeGreaterThan(0);
    for (const { step } of steps) {
      expect(step.strategy).toBe('review');
      expect(alone({ ...step, mastery: { value: 0.5, standardError: 0.1 } })).not.toBe('review');
    }
  });
});
