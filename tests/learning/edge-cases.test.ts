import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TrainedMember } from '../../src/learning/members.ts';
import { NETWORK_LEARNERS } from '../../src/learning/network/learners.ts';
import { DEFAULT_NETWORK_SHAPE, initialNetworkParameters } from '../../src/learning/network/parameters.ts';
import { createRandom } from '../../src/learning/random.ts';
import { initialPrompts } from '../../src/learning/student-model/parameters.ts';
import { withCourse } from '../../src/learning/student-model/student-model.ts';
import type { StudentState } from '../../src/learning/student-model/types.ts';
import { starterOf } from '../../src/learning/trained-model.ts';
import { readModel } from '../../src/main/services/model-store.ts';
import type { CourseMap, ResponseEvent, ResponseSequence } from '../../src/shared/domain.ts';
import { simulatedClass } from '../support/courses.ts';

const starter = readModel(path.join(import.meta.dirname, '..', '..', 'resources', 'starter'));
const phi = starterOf(starter)!;
const prompted = { ...phi.shape, prompts: 8 };
const members: readonly (readonly [string, readonly TrainedMember[]])[] = [
  ['the shipped ensemble', starter.members],
  ['the closed form', [{ weight: 1, kind: 'closed' }]],
  ['φ', [{ ...phi, weight: 1 }]],
  [
    'φ with prompts',
    [{ ...phi, weight: 1, shape: prompted, parameters: { ...phi.parameters, ...initialPrompts(prompted, createRandom(2)) } }],
  ],
  ...Object.keys(NETWORK_LEARNERS).map((learner): [string, TrainedMember[]] => [
    `the network by ${learner}`,
    [
      {
        weight: 1,
        kind: 'network',
        learner,
        shape: DEFAULT_NETWORK_SHAPE,
        parameters: initialNetworkParameters(DEFAULT_NETWORK_SHAPE, createRandom(4)),
      },
    ],
  ]),
];

const { sequences, map } = simulatedClass(40, 13);
const skill = map.skills[1]!.id;
const run = (count: number, correct: (order: number) => number, change: Partial<ResponseEvent> = {}): ResponseEvent[] =>
  Array.from({ length: count }, (_, order) => ({
    order,
    question: `${skill}-q${(order % 6) + 1}`,
    skills: [skill],
    correct: correct(order),
    ...change,
  }));

/** Every number that a screen may show is finite, and every forecast strictly between 0 and 1. */
function expectSound(
  state: StudentState,
  skills: readonly string[],
  questions: readonly { question?: string; skills: string[] }[],
) {
  const forecasts = [
    ...questions.map((question) => state.forecastQuestion(question)),
    ...skills.map((each) => state.forecastSkill(each)),
    state.level(),
  ];
  for (const { value, standardError } of forecasts) {
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(1);
    expect(standardError).toBeGreaterThan(0);
    expect(standardError).toBeLessThan(1);
  }
  for (const each of skills) {
    const { value, standardError } = state.mastery(each);
    expect(value >= 0 && value <= 1 && standardError >= 0 && standardError < 1).toBe(true);
    const gain = state.expectedGain(each, 6, skills);
    expect(Number.isFinite(gain.value) && Number.isFinite(gain.standardError)).toBe(true);
  }
  expect(state.phi.every(Number.isFinite)).toBe(true);
}

const ASKED = [
  { question: `${skill}-q1`, skills: [skill] },
  { question: 'never seen', skills: [skill] },
  { question: 'never seen', skills: ['never seen either'] },
  { question: 'never seen', skills: [] },
  { skills: [skill, 'never seen either'] },
  { skills: [] },
];

describe.each(members)('%s', (_, list) => {
  const model = { ...starter, members: list };
  const fitted = withCourse(model, map, sequences);
  const skills = [...map.skills.map(({ id }) => id), 'never seen'];

  it.each([
    ['no answers', []],
    ['all right', run(30, () => 1)],
    ['all wrong', run(30, () => 0)],
    ['partial credit', run(30, () => 0.4)],
    ['weights of 0', run(5, (order) => order % 2, { weight: 0 })],
    ['questions without a skill', run(12, (order) => order % 2, { skills: [], question: 'alone' })],
    ['unseen questions of unseen skills', run(12, (order) => order % 2, { skills: ['new'], question: 'new' })],
  ] as const)('gives sound numbers after %s', (__, answers) => {
    expectSound(fitted.adapt(answers), skills, ASKED);
  });

  it.each([1, 20])('forecasts no less after %i right answers than before, and no more after as many wrong ones', (count) => {
    const at = (correct: number): number => fitted.adapt(run(count, () => correct)).forecastSkill(skill).value;
    const prior = fitted.adapt([]).forecastSkill(skill).value;
    expect(at(1)).toBeGreaterThan(prior);
    expect(at(0)).toBeLessThan(prior);
    expect(at(0.5)).toBeLessThan(at(1));
    expect(at(0.5)).toBeGreaterThan(at(0));
  });

  it('takes 2,000 answers, all right, all wrong or mixed, within seconds', () => {
    const begun = performance.now();
    const states = [() => 1, () => 0, (order: number) => order % 2].map((correct) => fitted.adapt(run(2000, correct)));
    expect((performance.now() - begun) / states.length).toBeLessThan(8000);
    for (const state of states) expectSound(state, skills, ASKED);
    const [right, wrong] = states.map((state) => state.forecastSkill(skill).value);
    const prior = fitted.adapt([]).forecastSkill(skill).value;
    expect(right).toBeGreaterThan(prior);
    expect(wrong).toBeLessThan(prior);
  });

  it.each<readonly [string, CourseMap, readonly ResponseSequence[]]>([
    ['nobody’s answers', { skills: [], prerequisites: [] }, []],
    ['one past student', map, sequences.slice(0, 1)],
    [
      'one question',
      { skills: [{ id: 'only', name: 'Only' }], prerequisites: [] },
      [0, 1, 1].map((correct, student) => ({
        student: `s${student}`,
        responses: [{ order: 0, question: 'q', skills: ['only'], correct }],
      })),
    ],
    [
      'questions without skills',
      { skills: [], prerequisites: [] },
      sequences.map(({ student, responses }) => ({ student, responses: responses.map((each) => ({ ...each, skills: [] })) })),
    ],
  ])('gives sound numbers in a course of %s', (__, courseMap, past) => {
    const course = withCourse(model, courseMap, past);
    const known = courseMap.skills.map(({ id }) => id);
    for (const answers of [[], past[0]?.responses.slice(0, 10) ?? [], run(10, () => 1)])
      expectSound(course.adapt(answers), known, [...ASKED, { question: 'q', skills: ['only'] }]);
  });
});

describe('a skill that the model has never heard of', () => {
  const model = withCourse(starter, map, sequences);
  const state = model.adapt(run(8, () => 0, { skills: ['unheard-of'], question: 'unheard-of-1' }));

  it('keeps its answers together: what went wrong there counts there most', () => {
    expect(state.evidence('unheard-of')).toMatchObject({ answers: 8, right: 0 });
    const there = state.forecastQuestion({ question: 'unheard-of-2', skills: ['unheard-of'] });
    const elsewhere = state.forecastQuestion({ question: 'something-else', skills: ['another'] });
    expect(there.logit).toBeLessThan(elsewhere.logit - 0.2);
    const again = state.forecastQuestion({ question: 'unheard-of-1', skills: ['unheard-of'] });
    expect(again.logitStandardError).toBeLessThan(there.logitStandardError);
  });
});
