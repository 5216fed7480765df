import { expect, it } from 'vitest';
import { startApplication } from '../support/application.ts';

it('answers what would change a step and why another is none, and keeps its word when those answers come in', async () => {
  const test = startApplication();
  const { jobId } = await test.get('system.loadSample', {});
  await test.finish(jobId);
  const studentId = 'p002';
  const { plan, skills } = await test.get('students.open', { studentId });
  const on = new Set(plan.steps.map(({ skill }) => skill));
  for (const { id } of skills) {
    const why = await test.get('plans.whyNot', { studentId, skill: id });
    expect(why.kind === 'on-path').toBe(on.has(id));
  }
  const suppositions = (await Promise.all(plan.steps.map(({ skill }) => test.get('plans.whatIf', { studentId, skill })))).flatMap(
    (answer, index) => answer.suppositions.map((each) => ({ ...each, step: plan.steps[index]!.skill })),
  );
  const chosen = suppositions.find(({ change, effect }) => change.kind !== 'without' && effect.kind === 'leaves')!;
  await test.get('students.addAnswers', {
    studentId,
    answers: Array.from({ length: chosen.change.count }, () => ({
      question: '',
      skills: [chosen.change.skill],
      correct: chosen.change.kind === 'right' ? 1 : 0,
    })),
  });
  const after = await test.get('students.open', { studentId });
  expect(after.plan.steps.map(({ skill }) => skill)).not.toContain(chosen.step);
  expect(await test.application.call('plans.whyNot', { studentId, skill: 'nowhere' })).toMatchObject({
    ok: false,
    error: { code: 'no-such-skill' },
  });
});
