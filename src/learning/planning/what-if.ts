import type { Plan, ResponseEvent, StepReason } from '../../shared/domain.ts';
import type { Strategy } from '../../shared/strategy.ts';
import { PathlightError } from '../../shared/errors.ts';
import type { StudentState } from '../student-model/types.ts';
import { makePlan } from './plan.ts';
import type { PlanOptions } from './plan.ts';

/** A student whose answers can be other than they are. */
export interface Supposable extends PlanOptions {
  readonly history: readonly ResponseEvent[];
  /** The student after these answers instead. */
  readonly adapt: (history: readonly ResponseEvent[]) => StudentState;
}

/** What is supposed: some more answers in a row on one skill, or that the student's answers on a skill were not there. */
export type Change =
  | { readonly kind: 'right' | 'wrong'; readonly skill: string; readonly count: number }
  | {
      readonly kind: 'without';
      readonly skill: string;
      readonly count: number;
      /** Milliseconds since 1970 UTC of the first and the last of them, where all were recorded with one. */
      readonly from: number | undefined;
      readonly to: number | undefined;
    };

/** What then becomes of the step. */
export type Effect =
  | { readonly kind: 'leaves' }
  | { readonly kind: 'joins'; readonly place: number; readonly strategy: Strategy }
  | { readonly kind: 'strategy'; readonly strategy: Strategy }
  | { readonly kind: 'reason'; readonly reason: StepReason['kind'] }
  /** `first` are the skills that then come before it and did not. */
  | { readonly kind: 'later'; readonly place: number; readonly first: readonly string[] };

export interface Supposition {
  readonly change: Change;
  readonly effect: Effect;
}

/** More answers in a row than a teacher would call a small change. */
const MOST_ANSWERS = 5;

/**
 * The smallest simple changes that would take a step off the path, bring it onto it, or change how it is worked: for each kind of change and of effect the fewest answers.
 * Each was really planned with, so what is said holds for the plan that then would be made.
 * @returns what was found, smallest changes first
 * @throws PathlightError `no-such-skill`
 */
export function whatIf(student: Supposable, skill: string): readonly Supposition[] {
  if (!student.skills.includes(skill))
    throw new PathlightError('no-such-skill', `The course has no skill "${skill}". Check its id.`, { skill });
  const now = makePlan(student);
  const found: Supposition[] = [];
  const below = weakestPrerequisite(student, skill);
  for (const on of below === undefined ? [skill] : [skill, below])
    for (const kind of ['right', 'wrong'] as const) found.push(...series(student, now, skill, { kind, on }));
  const without = withoutAnswers(student, skill);
  const effect = without && effectOn(skill, now, planAfter(student, without.change));
  if (effect) found.push({ change: without.change, effect });
  return found.toSorted((a, b) => a.change.count - b.change.count);
}

/** Answers added one after another, until the step is off (or on) the path; of each kind of effect the first. */
function series(
  student: Supposable,
  now: Plan,
  skill: string,
  { kind, on }: { readonly kind: 'right' | 'wrong'; readonly on: string },
): Supposition[] {
  const found = new Map<Effect['kind'], Supposition>();
  for (let count = 1; count <= MOST_ANSWERS; count++) {
    const change = { kind, skill: on, count };
    const effect = effectOn(skill, now, planAfter(student, change));
    if (effect && !found.has(effect.kind)) found.set(effect.kind, { change, effect });
    if (effect?.kind === 'leaves' || effect?.kind === 'joins') break;
  }
  // That another reason is given is worth a word only where answers are taken away.
  found.delete('reason');
  return [...found.values()];
}

/** The plan that would be made after a change. */
export const planAfter = (student: Supposable, change: Change): Plan => planFrom(student, historyAfter(student.history, change));

/** The plan that would be made from these answers instead. */
export const planFrom = (student: Supposable, history: readonly ResponseEvent[]): Plan =>
  makePlan({ ...student, history, state: student.adapt(history) });

export function historyAfter(history: readonly ResponseEvent[], change: Change): readonly ResponseEvent[] {
  if (change.kind === 'without') return history.filter(({ skills }) => !skills.includes(change.skill));
  const next = (history.at(-1)?.order ?? -1) + 1;
  const added = Array.from({ length: change.count }, (_, index): ResponseEvent => ({
    order: next + index,
    // A question of the teacher's own, each another one.
    question: `what-if ${next + index}`,
    skills: [change.skill],
    correct: change.kind === 'right' ? 1 : 0,
  }));
  return [...history, ...added];
}

function withoutAnswers({ history }: Supposable, skill: string): { readonly change: Change } | undefined {
  const own = history.filter(({ skills }) => skills.includes(skill));
  if (own.length === 0) return undefined;
  const times = own.flatMap(({ timestamp }) => timestamp ?? []);
  const dated = times.length === own.length;
  return {
    change: {
      kind: 'without',
      skill,
      count: own.length,
      from: dated ? Math.min(...times) : undefined,
      to: dated ? Math.max(...times) : undefined,
    },
  };
}

function weakestPrerequisite({ state, graph, skills }: Supposable, skill: string): string | undefined {
  const level = (each: string): number => {
    const { value, standardError } = state.forecastSkill(each);
    return value - standardError;
  };
  const known = new Set(skills);
  return graph
    .prerequisitesOf(skill)
    .filter((each) => known.has(each))
    .toSorted((a, b) => level(a) - level(b))[0];
}

/** The plainest thing that changed for a skill; undefined where nothing did that a teacher would see. */
function effectOn(skill: string, before: Plan, after: Plan): Effect | undefined {
  const [from, to] = [before, after].map(({ steps }) => steps.findIndex((step) => step.skill === skill)) as [number, number];
  if (from < 0 && to < 0) return undefined;
  if (to < 0) return { kind: 'leaves' };
  const step = after.steps[to]!;
  if (from < 0) return { kind: 'joins', place: to + 1, strategy: step.strategy };
  const old = before.steps[from]!;
  if (step.strategy !== old.strategy) return { kind: 'strategy', strategy: step.strategy };
  const earlier = new Set(before.steps.slice(0, from).map((each) => each.skill));
  const first = after.steps.slice(0, to).flatMap((each) => (earlier.has(each.skill) ? [] : each.skill));
  if (to > from && first.length > 0) return { kind: 'later', place: to + 1, first };
  if (step.reason.kind !== old.reason.kind) return { kind: 'reason', reason: step.reason.kind };
  return undefined;
}
