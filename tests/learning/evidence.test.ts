import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeEvidence, MOST_WANTED, SKILL_RULE, STUDENT_RULE } from '../../src/learning/student-model/evidence.ts';
import { withCourse } from '../../src/learning/student-model/student-model.ts';
import { readModel } from '../../src/main/services/model-store.ts';
import type { ResponseEvent } from '../../src/shared/domain.ts';
import { simulatedClass } from '../support/courses.ts';

const starter = readModel(path.join(import.meta.dirname, '..', '..', 'resources', 'starter'));

describe('“not enough evidence yet”', () => {
  it('takes both a number of answers and a standard error', () => {
    expect(judgeEvidence(SKILL_RULE, 2, 1, { value: 0.6, standardError: 0.15 })).toEqual({ answers: 2, right: 1, enough: true, wanted: 0 }); // prettier-ignore
    // Sure on the course's account alone: one answer is wanted all the same.
    expect(judgeEvidence(SKILL_RULE, 1, 1, { value: 0.6, standardError: 0.05 })).toMatchObject({ enough: false, wanted: 1 });
    expect(judgeEvidence(STUDENT_RULE, 3, 1, { value: 0.6, standardError: 0.05 })).toMatchObject({ enough: false, wanted: 2 });
    // Many answers, and still in doubt: .25/.15² − .25/.2² of information at .25 an answer.
    expect(judgeEvidence(SKILL_RULE, 30, 15, { value: 0.5, standardError: 0.2 })).toMatchObject({ enough: false, wanted: 5 });
    expect(judgeEvidence(SKILL_RULE, 0, 0, { value: 0.5, standardError: 1 })).toMatchObject({ wanted: MOST_WANTED });
    expect(judgeEvidence(SKILL_RULE, 2, 2, { value: 1, standardError: 0 })).toMatchObject({ enough: true });
  });

  const { sequences, map } = simulatedClass(60, 21);
  const skill = map.skills[2]!.id;
  const answers = (count: number, change: Partial<ResponseEvent> = {}): ResponseEvent[] =>
    Array.from({ length: count }, (_, order) => ({
      order,
      question: `${skill}-q${(order % 5) + 1}`,
      skills: [skill],
      correct: order % 2,
      ...change,
    }));

  it('is decided by the fitted student: by skill, and over all', () => {
    const model = withCourse(starter, map, sequences);
    const state = model.adapt(answers(4));
    expect(state.evidence(skill)).toEqual({ answers: 4, right: 2, enough: true, wanted: 0 });
    expect(state.evidence(map.skills[6]!.id)).toMatchObject({ answers: 0, enough: false });
    expect(state.evidence()).toMatchObject({ answers: 4, right: 2, enough: false, wanted: 1 });
    expect(model.adapt(answers(5)).evidence().enough).toBe(true);
    expect(model.adapt([]).evidence()).toMatchObject({ answers: 0, enough: false, wanted: 5 });
  });

  it('takes more answers where nobody knows the course', () => {
    const known = withCourse(starter, map, sequences);
    const unknown = withCourse(starter, map, []);
    expect(unknown.adapt(answers(4)).evidence(skill).enough).toBe(false);
    expect(unknown.adapt(answers(4)).evidence(skill).wanted).toBeGreaterThan(known.adapt(answers(4)).evidence(skill).wanted);
    // Forty answers to the same five questions leave it open what others are like; twenty to as many questions do not.
    expect(unknown.adapt(answers(40)).evidence(skill)).toMatchObject({ enough: false, wanted: 1 });
    const varied = answers(20).map((answer, index) => ({ ...answer, question: `${skill}-new-${index}` }));
    expect(unknown.adapt(varied).evidence(skill).enough).toBe(true);
  });

  it('does not count answers that carry no evidence', () => {
    const state = withCourse(starter, map, sequences).adapt(answers(8, { weight: 0 }));
    expect(state.evidence(skill)).toMatchObject({ answers: 0, enough: false });
    expect(state.evidence()).toMatchObject({ answers: 0, enough: false });
  });
});
