import { useCallback, useState } from 'react';
import type { Envelope, Failure, RouteInput, RouteName, RouteOutput } from '../../shared/contract/index.ts';
import { PathlightError } from '../../shared/errors.ts';
import { useApplication } from './application-context.tsx';

export interface Action<Name extends RouteName> {
  /** Calls; resolves with undefined where it failed (the reason is in `error`). */
  readonly run: (input: RouteInput<Name>) => Promise<RouteOutput<Name> | undefined>;
  readonly busy: boolean;
  readonly error: Failure | undefined;
  readonly clear: () => void;
}

export function toFailure(reason: unknown): Failure {
  if (reason instanceof PathlightError) return { code: reason.code, message: reason.message, detail: { ...reason.detail } };
  return { code: 'unexpected', message: reason instanceof Error ? reason.message : String(reason), detail: {} };
}

/** Calls that a person starts, one at a time: whether one is under way, and why the last one failed. */
export function useAttempt() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Failure>();
  /** Resolves with undefined where the call failed; the reason is in `error`. */
  const attempt = useCallback(async <Data>(call: () => Promise<Envelope<Data>>): Promise<Data | undefined> => {
    setBusy(true);
    setError(undefined);
    try {
      const answer = await call();
      if (answer.ok) return answer.data;
      setError(answer.error);
    } catch (reason) {
      setError(toFailure(reason));
    } finally {
      setBusy(false);
    }
    return undefined;
  }, []);
  const fail = useCallback((reason: unknown) => setError(toFailure(reason)), []);
  const clear = useCallback(() => setError(undefined), []);
  return { attempt, busy, error, fail, clear };
}

/** A call that a person starts with a button. */
export function useAction<Name extends RouteName>(name: Name): Action<Name> {
  const { api } = useApplication();
  const { attempt, busy, error, clear } = useAttempt();
  const run = useCallback((input: RouteInput<Name>) => attempt(() => api.call(name, input)), [attempt, api, name]);
  return { run, busy, error, clear };
}
