import { KINSHIPS } from './structure.ts';
import type { Structure } from './structure.ts';

/**
 * How skills grow with practice. A student's distance x ≥ 0 from full knowledge of a skill is about 1 at the start. Practising skill j shrinks
 * it by the share rate·e^(−gate·Σ distances of its prerequisites) (exponential learning, held up by what is missing below); what builds
 * on j gets the share `transfer` of the gain, and so on up the graph. Practice takes hold with a chance that depends on how the skill
 * is related to the one before. A right answer has P = slip-and-guess ± σ(slope·(threshold_j − x_j)). Every strength is
 * fitted to answers; none is set by hand but in the prior.
 */
export interface Dynamics {
  readonly rate: number;
  readonly gate: number;
  readonly transfer: number;
  /** Of the logit of a right answer, per unit of distance. */
  readonly slope: number;
  /** Chance of a wrong answer however well something is known, and of a right one however little. */
  readonly lapse: number;
  /** Spread of the distance at the start: of the student as a whole, and of each skill around it. */
  readonly studentSpread: number;
  readonly skillSpread: number;
  /** Share of the way back to the start that a skill goes during a step in which it is not practised. */
  readonly forgetting: number;
  /** Chance that practice takes hold, by kinship to the skill practised before; [KINSHIPS]. */
  readonly hold: Float64Array;
  /** Distance at which the answer is even, by skill; [skills]. */
  readonly threshold: Float64Array;
}

/** Scalars that are fitted, each on a scale on which its prior is normal. */
export interface PriorOf {
  readonly name: Exclude<keyof Dynamics, 'hold' | 'threshold'>;
  readonly scale: 'log' | 'logit';
  /** On the natural scale. */
  readonly centre: number;
  readonly spread: number;
}

/**
 * What is assumed of a course before its answers speak: slow, noisy learning of a classroom. The spreads are wide, so that a few dozen
 * students can say otherwise.
 */
export const PRIORS: readonly PriorOf[] = [
  { name: 'rate', scale: 'logit', centre: 0.05, spread: 1.5 },
  { name: 'gate', scale: 'log', centre: 1, spread: 1.2 },
  { name: 'transfer', scale: 'logit', centre: 0.15, spread: 1.2 },
  { name: 'slope', scale: 'log', centre: 4, spread: 1.2 },
  { name: 'lapse', scale: 'logit', centre: 0.05, spread: 1 },
  { name: 'studentSpread', scale: 'log', centre: 0.2, spread: 0.8 },
  { name: 'skillSpread', scale: 'log', centre: 0.2, spread: 0.6 },
  { name: 'forgetting', scale: 'logit', centre: 0.002, spread: 1.5 },
];
/** Practice takes hold, mostly, and rather next to what was just practised. */
const HOLD: readonly number[] = [0.98, 0.95, 0.95, 0.95, 0.9, 0.9, 0.85, 0.8];
export const HOLD_SPREAD = 1.8;
/** Of a skill's threshold around the course's, before its answers. */
export const THRESHOLD_SPREAD = 0.5;
export const THRESHOLD_CENTRE = 0.7;

export function priorDynamics(structure: Structure): Dynamics {
  const scalar = Object.fromEntries(PRIORS.map(({ name, centre }) => [name, centre])) as Record<PriorOf['name'], number>;
  return { ...scalar, hold: priorHold(), threshold: new Float64Array(structure.skills.length).fill(THRESHOLD_CENTRE) };
}

export const priorHold = (): Float64Array => Float64Array.from(KINSHIPS, (_, index) => HOLD[index]!);
