import { useCallback, useState } from 'react';
import type { Failure, RouteInput, RouteName, RouteOutput } from '../../shared/contract/index.ts';
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

/** A call that a person starts with a button. */
export function useAction<Name extends RouteName>(name: Name): Action<Name> {
  const { api } = useApplication();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Failure>();
  const run = useCallback(
    async (input: RouteInput<Name>) => {
      setBusy(true);
      setError(undefined);
      try {
        const answer = await api.call(name, input);
        if (answer.ok) return answer.data;
        setError(answer.error);
      } catch (reason) {
        setError(toFailure(reason));
      } finally {
        setBusy(false);
      }
      return undefined;
    },
    [api, name],
  );
  const clear = useCallback(() => setError(undefined), []);
  return { run, busy, error, clear };
}
