import type { Failure } from '../../shared/contract/index.ts';
import { PathlightError } from '../../shared/errors.ts';

/** An error as data. What was not foreseen keeps its message for the log reader, under the code `unexpected`. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof PathlightError) return { code: error.code, message: error.message, detail: { ...error.detail } };
  return { code: 'unexpected', message: error instanceof Error ? error.message : String(error), detail: {} };
}
