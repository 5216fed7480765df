import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { RouteInput, RouteName, RouteOutput } from '../../shared/contract/index.ts';
import { useApplication } from './application-context.tsx';
import { routeKey } from './route-cache.ts';
import type { Entry } from './route-cache.ts';

export interface RouteState<Name extends RouteName> extends Entry<RouteOutput<Name>> {
  /** True while what is shown is being read again. */
  readonly stale: boolean;
  readonly reload: () => void;
}

/** The answer of a reading call, kept up to date while the component is on screen. */
export function useRoute<Name extends RouteName>(name: Name, input: RouteInput<Name>): RouteState<Name> {
  const { cache } = useApplication();
  const key = routeKey(name, input);
  const latest = useRef({ name, input });
  latest.current = { name, input };
  const subscribe = useCallback(
    // The key says all that matters about the input; a new object of the same content is the same call.
    (listener: () => void) => cache.watch(latest.current.name, latest.current.input, listener),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [cache, key],
  );
  const entry = useSyncExternalStore(subscribe, () => cache.peek<Name>(key));
  const reload = useCallback(() => cache.reload(key), [cache, key]);
  return { ...entry, stale: entry.loading && entry.data !== undefined, reload };
}
