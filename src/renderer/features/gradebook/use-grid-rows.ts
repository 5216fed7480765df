import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useApplication } from '../../data/application-context.tsx';
import { WindowStore } from './window-store.ts';
import type { GridSnapshot, GridSource } from './window-store.ts';

export interface GridRows extends GridSnapshot {
  /** Ids of these rows, read where they are not in view. */
  readonly idsOf: (first: number, last: number) => Promise<string[]>;
}

/** The rows of a grid that are in view, kept up to date. */
export function useGridRows({ view, classId }: GridSource, first: number, last: number): GridRows {
  const { api, cache } = useApplication();
  const store = useMemo(
    () => new WindowStore(cache, classId === undefined ? { view } : { view, classId }),
    [cache, view, classId],
  );
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot);
  useEffect(() => store.want(first, last), [store, first, last]);
  const idsOf = useCallback(
    async (from: number, to: number) => {
      const ids: string[] = [];
      for (let at = from; at <= to; at++) {
        const known = snapshot.row(at);
        if (known !== undefined) ids.push(known.id);
        else {
          const input = { view, ...(classId === undefined ? {} : { classId }), first: at, count: Math.min(200, to - at + 1) };
          const answer = await api.call('gradebook.read', input);
          if (!answer.ok) throw Object.assign(new Error(answer.error.message), answer.error);
          if (answer.data.studentIds.length === 0) break;
          ids.push(...answer.data.studentIds);
          at += answer.data.studentIds.length - 1;
        }
      }
      return ids;
    },
    [api, snapshot, view, classId],
  );
  return useMemo(() => ({ ...snapshot, idsOf }), [snapshot, idsOf]);
}
