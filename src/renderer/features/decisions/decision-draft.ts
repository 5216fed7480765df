import { STRATEGIES } from '../../../shared/strategy.ts';
import type { Strategy } from '../../../shared/strategy.ts';

/** What was filled in and not decided yet. Days in milliseconds; null where nothing was. */
export interface DecisionDraft {
  readonly day: number | null;
  readonly minutes: number | null;
  readonly skills: readonly string[];
  readonly strategy: Strategy | null;
  readonly note: string;
}

const isNumberOrNone = (value: unknown): boolean => value === null || Number.isFinite(value);

export function isDraftOrNone(value: unknown): value is DecisionDraft | null {
  if (typeof value !== 'object') return false;
  if (value === null) return true;
  return (
    'day' in value &&
    isNumberOrNone(value.day) &&
    'minutes' in value &&
    isNumberOrNone(value.minutes) &&
    'skills' in value &&
    Array.isArray(value.skills) &&
    value.skills.every((skill) => typeof skill === 'string') &&
    'strategy' in value &&
    (value.strategy === null || STRATEGIES.some((strategy) => strategy === value.strategy)) &&
    'note' in value &&
    typeof value.note === 'string'
  );
}
