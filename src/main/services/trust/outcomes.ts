import { QUESTIONS_PER_STEP } from '../../../learning/planning/conditions.ts';
import type { PractisedAnswer } from '../../../learning/planning/gain-factor.ts';
import type { StudentState } from '../../../learning/student-model/types.ts';
import type { Estimate, Plan, PlanStep, ResponseEvent } from '../../../shared/domain.ts';
import { DAY_MS } from '../../../shared/time.ts';
import { createBreather } from '../breather.ts';
import type { Models } from '../models.ts';
import type { Clock, GradebookReader, StudentHistory } from '../ports.ts';
import { readKept } from '../results/kept-plan.ts';
import type { PlanResult, ResultState } from '../results/ports.ts';
import { adaptAsOf, courseAsOf } from './prequential.ts';
import type { ThenCourse } from './prequential.ts';
import type { KeptPlan } from './ports.ts';

/** Answers on a step's skill that are set against its plan; later ones say little of it. */
const MOST_ANSWERS = 12;

export interface StepOutcome {
  readonly skill: string;
  /** As the plan said it. */
  readonly forecast: Estimate;
  readonly expectedGain: Estimate;
  /** None: nobody worked on it, as far as answers tell. */
  readonly answers: readonly PractisedAnswer[];
  /** What the teacher said of it; null where nothing was said. */
  readonly said: ResultState | null;
}

export interface PlanOutcome {
  readonly plan: KeptPlan;
  readonly steps: readonly StepOutcome[];
  /** Whether the model that made it is still there; without it the plan's own forecasts stand for its questions', and no rise is known. */
  readonly modelThere: boolean;
  /** Overall level by the model that made the plan, then and after the answers that came since; null without answers. */
  readonly level: { readonly before: Estimate; readonly after: Estimate } | null;
}

interface Opened {
  readonly kept: KeptPlan;
  readonly plan: Plan;
  /** Answers of later imports belong to the next plan, unless they were entered for this one. */
  readonly until: number;
  readonly results: readonly PlanResult[];
}

/** Whose results the answers of an import are, by its number. */
type Owners = ReadonlyMap<number, number>;

/** Plans that were handed out, oldest first; the same plan printed again is one, and one that was replaced before anything came in is none. */
function openPlans(read: GradebookReader): { readonly opened: readonly Opened[]; readonly owners: Owners } {
  const kept = read.handedOutPlans();
  const results = Map.groupBy(read.planResults(), (result) => result.plan);
  const owners = new Map([...results.values()].flat().map((result) => [result.importNumber, result.plan]));
  const opened: Opened[] = [];
  kept.forEach((each, index) => {
    const next = kept[index + 1];
    const followed = next?.studentId === each.studentId ? next : undefined;
    const own = results.get(each.number) ?? [];
    if (followed?.afterImport === each.afterImport && own.length === 0) return;
    const plan = readKept(each);
    // What another Pathlight kept and this one cannot read is left out.
    if (plan) opened.push({ kept: each, plan, until: followed?.afterImport ?? Number.POSITIVE_INFINITY, results: own });
  });
  return { opened, owners };
}

/** Whether an answer with a time was given after the plan; one with a day only counts from that day on, one without any by its import. */
function givenAfter({ timestamp }: ResponseEvent, createdAt: number): boolean {
  if (timestamp === undefined) return true;
  return timestamp % DAY_MS === 0 ? timestamp + DAY_MS > createdAt : timestamp >= createdAt;
}

/** The answers that were entered for a plan, and those that came in after it and before the next one and were entered for none. */
const cameAfter = (
  { kept, until }: Pick<Opened, 'kept' | 'until'>,
  { responses, importNumbers }: StudentHistory,
  owners: Owners,
): ResponseEvent[] =>
  responses.filter((response, index) => {
    const number = importNumbers[index]!;
    const owner = owners.get(number);
    if (response.weight === 0 || number <= kept.afterImport) return false;
    return owner === undefined ? number <= until && givenAfter(response, kept.createdAt) : owner === kept.number;
  });

const onStep = (later: readonly ResponseEvent[], skill: string): ResponseEvent[] =>
  later.filter(({ skills }) => skills.includes(skill)).slice(0, MOST_ANSWERS);

/** How many answers have come in on steps of plans, and of how many students: counted without any model. */
export function countPractised(read: GradebookReader): { readonly answers: number; readonly students: number } {
  const students = new Set<string>();
  let answers = 0;
  const { opened, owners } = openPlans(read);
  for (const { kept, plan, until } of opened) {
    const later = cameAfter({ kept, until }, read.history(kept.studentId), owners);
    const own = plan.steps.reduce((sum, { skill }) => sum + onStep(later, skill).length, 0);
    if (own > 0) students.add(kept.studentId);
    answers += own;
  }
  return { answers, students: students.size };
}

/** Of plans whose model is still there: without it no rise is known. */
export const practisedOf = (outcomes: readonly PlanOutcome[]): PractisedAnswer[] =>
  outcomes.flatMap(({ steps, modelThere }) => (modelThere ? steps.flatMap((step) => step.answers) : []));

/**
 * What came of the plans that were handed out. Everything that was forecast is worked out from imports that the plan had seen, by the model that made it; the
 * answers are those that came in after it and before the student's next plan.
 */
export async function readOutcomes(options: {
  readonly read: GradebookReader;
  readonly models: Pick<Models, 'stored'>;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}): Promise<readonly PlanOutcome[]> {
  const { read, models, clock, signal } = options;
  const breathe = createBreather(clock);
  const { opened, owners } = openPlans(read);
  const map = read.courseMap();
  const numbers = new Map<string, number>();
  const courses = new Map<string, ThenCourse | undefined>();
  // Plans of one model and one state of the gradebook share its difficulties.
  const groups = Map.groupBy(opened, ({ kept }) => `${kept.modelId}:${kept.afterImport}`);
  const outcomes: PlanOutcome[] = [];
  for (const [key, group] of groups) {
    for (const { kept, plan, until, results } of group) {
      await breathe();
      signal?.throwIfAborted();
      const history = read.history(kept.studentId);
      const later = cameAfter({ kept, until }, history, owners);
      const student = numbers.get(kept.studentId) ?? numbers.size;
      numbers.set(kept.studentId, student);
      if (later.length > 0 && !courses.has(key)) {
        const source = models.stored(kept.modelId);
        courses.set(key, source && courseAsOf(read, source, map, kept.afterImport));
      }
      const course = later.length > 0 ? courses.get(key) : undefined;
      const said = new Map(results.map(({ step, state }) => [step, state]));
      const seen = Math.max(until, ...results.map(({ importNumber }) => importNumber));
      const then = course && adaptAsOf(course, read, kept.studentId, history, kept.afterImport);
      outcomes.push({
        plan: kept,
        steps: plan.steps.map((step, index) => ({
          skill: step.skill,
          forecast: step.forecast,
          expectedGain: step.expectedGain,
          answers: said.get(index) === 'not-done' ? [] : outcomesOf(step, plan, later, then, student),
          said: said.get(index) ?? null,
        })),
        modelThere: course !== undefined,
        level: course && then ? { before: then.level(), after: levelAfter(course, read, kept, history, seen) } : null,
      });
    }
  }
  return outcomes.toSorted((a, b) => a.plan.number - b.plan.number);
}

const levelAfter = (
  course: ThenCourse,
  read: GradebookReader,
  kept: KeptPlan,
  history: StudentHistory,
  until: number,
): Estimate => adaptAsOf(course, read, kept.studentId, history, until).level();

function outcomesOf(
  step: PlanStep,
  plan: Plan,
  later: readonly ResponseEvent[],
  then: StudentState | undefined,
  student: number,
): PractisedAnswer[] {
  const own = onStep(later, step.skill);
  const share = then ? ownShare(step, plan, then) : 0;
  return own.map((response, done) => ({
    student,
    forecast: then ? then.forecastQuestion(response).value : step.forecast.value,
    rise: then && done > 0 ? share * riseBy(then, step.skill, done) : 0,
    correct: response.correct,
  }));
}

const riseBy = (state: StudentState, skill: string, questions: number): number =>
  (state.forecastAfterPractice(skill, questions, [skill])[0]?.value ?? 0) - state.forecastSkill(skill).value;

/** The gain that the plan promised, before any factor, over the student model's own: where fitted dynamics led, the two differ. */
function ownShare({ skill, expectedGain }: PlanStep, plan: Plan, state: StudentState): number {
  const modelled = state.expectedGain(skill, QUESTIONS_PER_STEP, plan.targets).value;
  if (!(modelled > 1e-9)) return 0;
  const promised = expectedGain.value / (plan.gainFactor?.value ?? 1);
  return Math.min(10, Math.max(0, promised / modelled));
}
