import type { DecisionRecord } from '../../shared/decisions.ts';
import type { GoalConflict } from '../../shared/domain.ts';
import { list } from './explanation.ts';

/** The day here, as 2026-12-31: a day that was named began at midnight here. */
function day(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A teacher's decision as a plain English sentence (command line and files), with its note; the screens make theirs from the same terms. */
export function explainDecision({ decision, at, note }: Omit<DecisionRecord, 'id'>, nameOf: (skill: string) => string): string {
  const said = ((): string => {
    switch (decision.kind) {
      case 'first':
        return `${nameOf(decision.skill)} comes first`;
      case 'leave-out':
        return `${nameOf(decision.skill)} is left out${decision.until === undefined ? '' : ` until ${day(decision.until)}`}`;
      case 'known':
        return `${nameOf(decision.skill)} counts as known`;
      case 'not-known':
        return `${nameOf(decision.skill)} counts as not yet known`;
      case 'strategy':
        return `${nameOf(decision.skill)} is worked as ${decision.strategy}`;
      case 'goal':
        return `The path aims at ${list(decision.skills.map(nameOf))}${decision.due === undefined ? '' : `, by ${day(decision.due)}`}${decision.minutesAWeek === undefined ? '' : `, ${decision.minutesAWeek} min a week`}`;
    }
  })();
  return `${said} (decided ${day(at)}${note === '' ? '' : `: ${note}`}).`;
}

/** What stands against a goal, as a plain English sentence. */
export function explainConflict({ goal, leftOut }: GoalConflict, nameOf: (skill: string) => string): string {
  const against = leftOut.includes(goal)
    ? 'the teacher also left it out'
    : `${list(leftOut.map(nameOf))}, which it builds on, was left out and is not secure`;
  return `${nameOf(goal)} is the goal, but ${against}: no step is on it until one of the two is taken back.`;
}
