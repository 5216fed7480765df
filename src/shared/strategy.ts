/** How a step is to be worked, from most to least support. */
export const STRATEGIES = ['worked-example', 'faded', 'practice', 'mixed-practice', 'review'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/**
 * What decided how a step is worked: mastered: known, so kept by review · forecast: where the forecast stands, clear of a border · cautious: near a border, so with
 * more support · help, time: the student's answers on the skill took more hints and tries, or right ones more time, than others' answers to the same questions, so with
 * more support · slower, quicker: near a border, and practice has brought this student less or more than others · preference: near a border, and the roster
 * says what the student likes best.
 */
export const STRATEGY_GROUNDS = [
  'mastered',
  'forecast',
  'cautious',
  'help',
  'time',
  'slower',
  'quicker',
  'preference',
  'teacher',
] as const;
export type StrategyGround = (typeof STRATEGY_GROUNDS)[number];
