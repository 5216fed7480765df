import type { Estimate } from '../../shared/domain.ts';
import type { Strategy, StrategyGround } from '../../shared/strategy.ts';
import { MASTERED } from './conditions.ts';

/** From most to least support; worked examples first, then faded ones (Renkl & Atkinson 2003), practice, and practice mixed with other topics (Rohrer, Dedrick & Stershic 2015). */
const LADDER = ['worked-example', 'faded', 'practice', 'mixed-practice'] as const satisfies readonly Strategy[];
/** Forecasts between the rungs of the ladder. */
const BORDERS = [0.45, 0.6, 0.8];
/** So many standard errors below the forecast, a border makes the choice cautious. */
const CAUTIOUS = 0.5;
/** Within so many of them, speed and preference may choose between both sides. */
const OPEN = 1;

export interface StrategyInput {
  readonly forecast: Estimate;
  readonly mastery: Estimate;
  /** What practice brings the student beyond what it brings others, in logits (speed.ts). */
  readonly speed?: Estimate | undefined;
  /** What answering on the skill took more of than of others (effort.ts). */
  readonly effort?: 'help' | 'time' | undefined;
  /** What the roster says that the student likes best. */
  readonly preferred?: Strategy | undefined;
}

export interface ChosenStrategy {
  readonly strategy: Strategy;
  readonly ground: StrategyGround;
}

/**
 * How a step is to be worked, and what decided. The forecast gives the rung: the more somebody knows, the less they gain from being shown (expertise reversal; Kalyuga
 * 2007). What a forecast from right and wrong cannot see, hints and time, asks for one rung more of support. Where the forecast stands near a border, a student
 * whom practice has brought more or less than others takes the side with less or more support; then the student's preference chooses between both sides
 * (that matching methods to preferences teaches more has not been shown, so it never overrules; Pashler et al. 2008); otherwise the choice is cautious. Nothing is said to have
 * decided where the choice would be the same without it.
 */
export function chooseStrategy(input: StrategyInput): ChosenStrategy {
  const { forecast, mastery, speed, effort, preferred } = input;
  if (mastery.value >= MASTERED) return { strategy: 'review', ground: 'mastered' };
  const rung = rungOf(forecast.value);
  if (effort !== undefined && rung > 0) return deciding(LADDER[rung - 1]!, effort, { ...input, effort: undefined });
  const lower = rung > 0 && forecast.value - OPEN * forecast.standardError < BORDERS[rung - 1]!;
  const upper = rung < BORDERS.length && forecast.value + OPEN * forecast.standardError >= BORDERS[rung]!;
  if (lower && isBelow(speed)) return deciding(LADDER[rung - 1]!, 'slower', { ...input, speed: undefined });
  if (upper && isAbove(speed)) return deciding(LADDER[rung + 1]!, 'quicker', { ...input, speed: undefined });
  const wished = LADDER.findIndex((each) => each === preferred);
  const cautious = lower && forecast.value - CAUTIOUS * forecast.standardError < BORDERS[rung - 1]!;
  const unasked = cautious ? rung - 1 : rung;
  if (wished !== unasked && (wished === rung || (lower && wished === rung - 1) || (upper && wished === rung + 1)))
    return { strategy: LADDER[wished]!, ground: 'preference' };
  return { strategy: LADDER[unasked]!, ground: cautious ? 'cautious' : 'forecast' };
}

function deciding(strategy: Strategy, ground: StrategyGround, without: StrategyInput): ChosenStrategy {
  const other = chooseStrategy(without);
  return other.strategy === strategy ? other : { strategy, ground };
}

const rungOf = (forecast: number): number => BORDERS.filter((border) => forecast >= border).length;

/** More than chance: by more than its standard error. */
const isAbove = (speed: Estimate | undefined): boolean => speed !== undefined && speed.value > speed.standardError;
const isBelow = (speed: Estimate | undefined): boolean => speed !== undefined && -speed.value > speed.standardError;
