import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerInformation, chooseQuestions, Sharpening } from '../../src/learning/planning/ask.ts';
import type { CourseQuestion } from '../../src/learning/planning/askable.ts';
import { createSkillGraph } from '../../src/learning/planning/skill-graph.ts';
import { withCourse } from '../../src/learning/student-model/student-model.ts';
import type { JointForecast } from '../../src/learning/student-model/types.ts';
import { choleskyInverse } from '../../src/learning/student-model/linear-algebra.ts';
import { readModel } from '../../src/main/services/model-store.ts';
import { simulatedClass } from '../support/courses.ts';

const starter = readModel(path.join(import.meta.dirname, '..', '..', 'resources', 'starter'));
const { sequences, map } = simulatedClass(60, 21);
const model = withCourse(starter, map, sequences);
const graph = createSkillGraph(map);
const targets = map.skills.map(({ id }) => id);
const bank = targets.flatMap((skill) =>
  Array.from({ length: 6 }, (_, each): CourseQuestion => ({ id: `${skill}-q${each + 1}`, skills: [skill], answers: 6 - each })),
);
const few = sequences[0]!.responses.slice(0, 4);
const choose = (change: Partial<Parameters<typeof chooseQuestions>[0]> = {}) =>
  chooseQuestions({ state: model.adapt(few), graph, targets, questions: bank, history: few, count: 6, ...change });

/** Covariances of three targets' forecasts and three questions' logits: a made-up joint normal distribution, [6, 6]. */
const JOINT = Array.from({ length: 6 }, (_, i) =>
  Array.from(
    { length: 6 },
    (_, j) => 0.5 + (i === j ? 0.6 + 0.1 * i : 0.1 * Math.cos(i * j)) / (1 + Math.abs((i % 3) - (j % 3))),
  ),
);
const LOGITS = [0.3, -1.1, 2];
const made: JointForecast = {
  targetVariance: Float64Array.from([0, 1, 2], (target) => JOINT[target]![target]!),
  logit: Float64Array.from(LOGITS),
  logitVariance: Float64Array.from([3, 4, 5], (question) => JOINT[question]![question]!),
  withTarget: (target, question) => JOINT[target]![3 + question]!,
  between: (first, second) => JOINT[3 + first]![3 + second]!,
  standardError: (_, variance) => Math.sqrt(variance),
};

describe('what an answer is expected to tell', () => {
  it('is what conditioning the whole joint distribution on pieces of information gives', () => {
    const sharpening = new Sharpening(made);
    const precision = choleskyInverse(Float64Array.from(JOINT.flat()), 6);
    for (const question of [1, 0, 2]) {
      const now = choleskyInverse(precision, 6);
      const at = 3 + question;
      const variance = now[at * 6 + at]!;
      const share = answerInformation(LOGITS[question]!, variance);
      // Information w leaves the variance v/(1 + wv): that of which the share is taken off.
      precision[at * 6 + at]! += share / (1 - share * variance);
      const after = choleskyInverse(precision, 6);
      const expected = [0, 1, 2].map((target) => now[target * 7]! - after[target * 7]!);
      [0, 1, 2].forEach((target) => expect(sharpening.fall(target, question)).toBeCloseTo(expected[target]!, 10));
      expect(sharpening.worth(question)).toBeCloseTo(
        expected.reduce((sum, fall) => sum + fall, 0),
        10,
      );
      sharpening.ask(question);
      [0, 1, 2].forEach((target) => expect(sharpening.targetVariance[target]).toBeCloseTo(after[target * 7]!, 10));
    }
  });

  it('is what both possible answers leave on average, by numerical integration', () => {
    for (const [mean, variance] of [
      [0, 0.01],
      [0.4, 0.8],
      [-1.5, 1.4],
      [2, 0.5],
    ] as const) {
      let [right, moment] = [0, 0];
      const step = 0.001;
      for (let z = -8; z <= 8; z += step) {
        const density = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * step;
        const p = 1 / (1 + Math.exp(-(mean + Math.sqrt(variance) * z)));
        right += density * p;
        moment += density * p * Math.sqrt(variance) * z;
      }
      // Variance of E[logit | answer], over the squared variance of the logit.
      const exact = moment ** 2 / (right * (1 - right)) / variance ** 2;
      expect(answerInformation(mean, variance) / exact).toBeGreaterThan(0.93);
      expect(answerInformation(mean, variance) / exact).toBeLessThan(1.07);
    }
  });

  it('has the errors that the fitted student speaks of', () => {
    const state = model.adapt(few);
    const joint = state.joint(targets, [{ question: 's1-q1', skills: ['s1'] }]);
    targets.forEach((skill, target) =>
      expect(joint.standardError(target, joint.targetVariance[target]!)).toBeCloseTo(
        state.forecastSkill(skill).standardError,
        12,
      ),
    );
    expect(joint.logit[0]).toBeCloseTo(state.forecastQuestion({ question: 's1-q1', skills: ['s1'] }).logit, 12);
  });
});

describe('the questions to ask', () => {
  it('are the same for the same student, and make the forecasts surer', () => {
    const first = choose();
    expect(choose()).toEqual(first);
    expect(first.enough).toBeUndefined();
    expect(first.error.after).toBeLessThan(first.error.before);
    for (const { tells } of first.questions) for (const { before, after } of tells) expect(after).toBeLessThan(before);
  });

  it('come from the course, were not answered, and are not asked twice', () => {
    const open = bank.filter(({ id }) => !id.endsWith('-q3'));
    const asked = choose({ questions: open, count: 20 }).questions.map(({ question }) => question);
    expect(new Set(asked).size).toBe(20);
    for (const question of asked) {
      expect(open.some(({ id }) => id === question)).toBe(true);
      expect(few.some((answer) => answer.question === question)).toBe(false);
    }
  });

  it('are those already answered only where no other is left', () => {
    const own = few.map(({ question, skills }) => ({ id: question!, skills, answers: 9 }));
    const [fresh] = bank.filter(({ id }) => !own.some((each) => each.id === id));
    expect(choose({ questions: [...own, fresh!] }).questions.map(({ question }) => question)).toEqual([fresh!.id]);
    expect(choose({ questions: own }).questions.length).toBeGreaterThan(0);
  });

  it('ask no skill again before others that are as uncertain', () => {
    const { questions } = choose({ state: model.adapt([]), history: [], count: targets.length });
    const error = new Map(targets.map((skill) => [skill, model.adapt([]).forecastSkill(skill).standardError]));
    const seen = new Set<string>();
    for (const { skills } of questions) {
      const [skill] = skills;
      if (seen.has(skill!))
        // Asking leaves a skill surer than it was, so whatever was as uncertain as it before came first.
        for (const other of targets)
          if (!seen.has(other)) expect(error.get(other)!).toBeLessThan(Math.max(...[...seen].map((each) => error.get(each)!)));
      seen.add(skill!);
    }
    expect(seen.size).toBeGreaterThan(targets.length / 2);
  });

  it('stop where no answer would change the first steps, but not for want of evidence', () => {
    const stands = [{ skill: 's1', strategy: 'practice' as const }];
    const known = sequences[1]!.responses;
    const state = model.adapt(known);
    expect(state.evidence().enough).toBe(true);
    const fresh = bank.map((each) => ({ ...each, id: `new ${each.id}` }));
    const stepsAfter = () => stands;
    expect(choose({ state, history: known, questions: fresh, stepsAfter })).toMatchObject({
      questions: [],
      enough: 'plan-stands',
    });
    expect(choose({ stepsAfter }).enough).toBeUndefined();
    const moved = choose({
      state,
      history: known,
      questions: fresh,
      stepsAfter: (answer) => (answer?.correct === 0 ? [{ skill: 's1', strategy: 'worked-example' as const }] : stands),
    });
    expect(moved.enough).toBeUndefined();
    expect(moved.questions.length).toBeGreaterThan(0);
  });

  it('are none where there is none, or where every forecast is sure', () => {
    expect(choose({ questions: [] }).enough).toBe('no-questions');
    const sure = { ...made, standardError: () => 0.04 };
    expect(choose({ state: { ...model.adapt(few), joint: () => sure }, targets: ['a', 'b', 'c'] }).enough).toBe('sure');
  });
});
