import { clusteredVariance } from '../../../learning/feedback/drift.ts';
import type { GainFactor, PractisedAnswer } from '../../../learning/planning/gain-factor.ts';
import type { Feedback } from '../../../shared/contract/trust.ts';
import type { Estimate } from '../../../shared/domain.ts';
import type { PlanOutcome, StepOutcome } from './outcomes.ts';

type Plans = Feedback['plans'];

const SHOWN_PLANS = 30;
const SHOWN_SKILLS = 60;

const mean = (answers: readonly PractisedAnswer[], of: (answer: PractisedAnswer) => number): number =>
  answers.reduce((sum, answer) => sum + of(answer), 0) / Math.max(1, answers.length);

/** What answers were expected to be better by, and were, than forecast at the time of the plan; the interval counts students as one each. */
function rises(answers: readonly PractisedAnswer[]): {
  readonly students: number;
  readonly expectedRise: number;
  readonly rise: Plans['rise'];
} {
  const student = Int32Array.from(answers, (answer) => answer.student);
  const errors = Float64Array.from(answers, ({ correct, forecast }) => correct - forecast);
  const independent = answers.reduce((sum, { forecast }) => sum + forecast * (1 - forecast), 0);
  const value = mean(answers, ({ correct, forecast }) => correct - forecast);
  const half = (1.96 * Math.sqrt(clusteredVariance(errors, [student], independent))) / Math.max(1, answers.length);
  return {
    students: new Set(student).size,
    expectedRise: mean(answers, ({ rise }) => rise),
    rise: { value, low: Math.max(-1, value - half), high: Math.min(1, value + half) },
  };
}

function total(estimates: readonly Estimate[]): Estimate {
  return {
    value: estimates.reduce((sum, { value }) => sum + value, 0),
    standardError: Math.sqrt(estimates.reduce((sum, { standardError }) => sum + standardError ** 2, 0)),
  };
}

const worked = ({ answers }: StepOutcome): boolean => answers.length > 0;
/** What the teacher said was done has been worked on, counted or not. */
const done = (step: StepOutcome): boolean => worked(step) || step.said === 'done';

/** All that is said of plans that were handed out. @param nameOf students' names by id */
export function summarisePlans(outcomes: readonly PlanOutcome[], factor: GainFactor, nameOf: ReadonlyMap<string, string>): Plans {
  const followed = outcomes.filter(({ steps }) => steps.some((step) => worked(step) || step.said !== null));
  const known = followed.filter(({ modelThere }) => modelThere).flatMap(({ steps }) => steps);
  const answers = known.flatMap((step) => step.answers);
  const skills = Map.groupBy(known.filter(worked), ({ skill }) => skill);
  const { value, low, high, students, stands } = factor;
  return {
    handedOut: outcomes.length,
    followed: followed.length,
    steps: outcomes.reduce((sum, { steps }) => sum + steps.length, 0),
    stepsWorked: followed.reduce((sum, { steps }) => sum + steps.filter(done).length, 0),
    stepsNotDone: followed.reduce((sum, { steps }) => sum + steps.filter(({ said }) => said === 'not-done').length, 0),
    answers: answers.length,
    ...rises(answers),
    skills: [...skills]
      .map(([skill, steps]) => {
        const own = steps.flatMap((step) => step.answers);
        return { skill, answers: own.length, ...rises(own) };
      })
      .toSorted((a, b) => b.answers - a.answers || (a.skill < b.skill ? -1 : 1))
      .slice(0, SHOWN_SKILLS),
    newest: followed
      .slice(-SHOWN_PLANS)
      .toReversed()
      .map((outcome) => oneOf(outcome, nameOf)),
    factor: { value, low, high, answers: factor.answers, students, stands },
  };
}

function oneOf({ plan, steps, level, modelThere }: PlanOutcome, nameOf: ReadonlyMap<string, string>): Plans['newest'][number] {
  const { studentId, createdAt, modelId } = plan;
  return {
    studentId,
    name: nameOf.get(studentId) ?? studentId,
    at: createdAt,
    modelId,
    modelThere,
    steps: steps.map((step) => {
      const { skill, forecast, expectedGain, answers } = step;
      return {
        skill,
        done: done(step),
        forecast,
        expectedGain,
        answers: answers.length,
        right: answers.reduce((sum, { correct }) => sum + correct, 0),
        expectedRise: answers.length > 0 && modelThere ? mean(answers, ({ rise }) => rise) : null,
        rise: answers.length > 0 && modelThere ? mean(answers, ({ correct, forecast: p }) => correct - p) : null,
      };
    }),
    expectedGain: steps.some(worked) ? total(steps.filter(worked).map((step) => step.expectedGain)) : null,
    level,
  };
}
