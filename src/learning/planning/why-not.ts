import type { Estimate, WhyNotKind } from '../../shared/domain.ts';
import { PathlightError } from '../../shared/errors.ts';
import { CERTAIN, HOPELESS, insecure, isCertain, isHopeless, isLearnable, MASTERED, SECURE } from './conditions.ts';
import { planWithTrace } from './plan.ts';
import type { PlanOptions, PlanTrace } from './plan.ts';

export interface WhyNot {
  readonly skill: string;
  readonly kind: WhyNotKind;
  readonly forecast: Estimate;
  readonly mastery: Estimate;
  /** Expected gain of a step on it now, in percentage points over the skills aimed at. */
  readonly gain: Estimate;
  /** The value that decided, on the scale of what it is held against: mastery, forecast, or a prerequisite's forecast less its error. */
  readonly bar: number | undefined;
  /** Prerequisites that are not secure, with their forecast now and after the steps of the path, the latter less one standard error. */
  readonly prerequisites: readonly {
    readonly skill: string;
    readonly forecast: Estimate;
    readonly after: number;
    /** The teacher says so, whatever the forecast. */
    readonly said?: 'not-known';
  }[];
  /** The step with the smallest expected gain of all that were chosen. */
  readonly least: { readonly skill: string; readonly gain: Estimate } | undefined;
  /** Its turn in a longer path, counted from 1; undefined where it is not within the turns that were looked at. */
  readonly place: number | undefined;
  /** Steps on the path. */
  readonly steps: number;
}

/** Turns that are looked at beyond the path, so that a course of hundreds of skills is answered at once. */
const TURNS_BEYOND = 24;

/** @throws PathlightError `no-such-skill` */
export function whyNot(options: PlanOptions, skill: string): WhyNot {
  if (!options.skills.includes(skill))
    throw new PathlightError('no-such-skill', `The course has no skill "${skill}". Check its id.`, { skill });
  const trace = planWithTrace(options);
  const { plan } = trace;
  const { forecast, mastery, gain } = trace.candidate(skill);
  const own = {
    skill,
    forecast,
    mastery,
    gain,
    bar: undefined,
    prerequisites: [],
    least: undefined,
    place: undefined,
    steps: plan.steps.length,
  };
  const at = plan.steps.findIndex((step) => step.skill === skill);
  if (at >= 0) return { ...own, kind: 'on-path', place: at + 1 };
  if (options.overrides?.leftOut.has(skill)) return { ...own, kind: 'left-out' };
  if (options.overrides?.known.has(skill)) return { ...own, kind: 'said-known' };
  if (!trace.pool.has(skill)) return { ...own, kind: 'not-goal' };
  return trace.leads ? ledReason(own, trace) : ownReason(own, trace, options);
}

type Ground = Omit<WhyNot, 'kind'>;

/** The conditions of the choice in their order, as they stood when the last step had been taken. */
function ownReason(own: Ground, trace: PlanTrace, options: PlanOptions): WhyNot {
  const { skill } = own;
  const { state, graph } = options;
  const candidate = trace.decided(skill);
  if (isCertain(candidate)) return { ...own, kind: 'certain', bar: CERTAIN };
  if (!isLearnable(candidate)) return { ...own, kind: 'mastered', bar: MASTERED };
  const held = insecure(skill, trace.expected, graph);
  if (held.length > 0) {
    const prerequisites = held.map((each) => ({
      skill: each,
      forecast: state.forecastSkill(each),
      after: trace.expected.get(each)!,
      ...(options.overrides?.notKnown.has(each) ? { said: 'not-known' as const } : {}),
    }));
    return { ...own, kind: 'prerequisite', bar: SECURE, prerequisites };
  }
  if (isHopeless(candidate) && !trace.byWorth) return { ...own, kind: 'out-of-reach', bar: HOPELESS };
  const { overrides } = options;
  // However long the way, and whatever time there is for it.
  const longer = planWithTrace({
    ...options,
    steps: own.steps + TURNS_BEYOND,
    budget: undefined,
    overrides: overrides && { ...overrides, goal: overrides.goal && { ...overrides.goal, due: undefined } },
  });
  const turn = longer.taken.indexOf(skill);
  return byGain({ ...own, place: turn < 0 ? undefined : turn + 1 }, trace);
}

/** It could be a step: then either every step is expected to bring more, or its turn comes later. */
function byGain(own: Ground, trace: PlanTrace): WhyNot {
  const [least] = trace.plan.steps.toSorted((a, b) => a.expectedGain.value - b.expectedGain.value);
  const named = { ...own, least: least && { skill: least.skill, gain: least.expectedGain } };
  return {
    ...named,
    kind: !trace.byWorth && least && own.gain.value < least.expectedGain.value ? 'smaller-gain' : 'beyond-steps',
  };
}

/** Where the dynamics lead, what they believe is what counts. */
function ledReason(own: Ground, trace: PlanTrace): WhyNot {
  const { forecast, unready, gain } = trace.ledView(own.skill);
  const exact = (value: number): Estimate => ({ value, standardError: 0 });
  const led = { ...own, forecast: { ...own.forecast, value: forecast }, gain };
  if (unready.length > 0) {
    const prerequisites = unready.map((each) => ({ skill: each.skill, forecast: exact(each.forecast), after: each.forecast }));
    return { ...led, kind: 'prerequisite', bar: SECURE, prerequisites };
  }
  const compared = byGain(led, trace);
  return compared.kind === 'smaller-gain' ? compared : { ...compared, kind: 'look-ahead' };
}
