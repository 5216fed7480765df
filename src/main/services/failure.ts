import type { Failure } from '../../shared/contract/index.ts';
import { explainSystemError } from '../database/system-errors.ts';

/** An error as data. What was not foreseen keeps its message for the log reader, under the code `unexpected`. */
export function describeFailure(error: unknown): Failure {
  const known = explainSystemError(error);
  if (known) return { code: known.code, message: known.message, detail: { ...known.detail } };
  return { code: 'unexpected', message: error instanceof Error ? error.message : String(error), detail: {} };
}
