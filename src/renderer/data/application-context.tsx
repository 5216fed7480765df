import { createContext, use, useEffect, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { PathlightApi } from '../../shared/contract/index.ts';
import type { MapLayout } from '../components/map-layout.ts';
import { JobStore } from './job-store.ts';
import { RouteCache } from './route-cache.ts';

export interface ApplicationData {
  readonly api: PathlightApi;
  readonly cache: RouteCache;
  readonly jobs: JobStore;
  /** How the course map is laid out, by the answer that holds it: as long as that is kept. */
  readonly layouts: WeakMap<object, MapLayout>;
}

const ApplicationContext = createContext<ApplicationData | undefined>(undefined);

/** Gives every screen below it the application, its answers and its jobs, and keeps them up to date by the application's events. */
export function ApplicationProvider({ api, children }: { readonly api: PathlightApi; readonly children: ReactNode }) {
  const data = useMemo(
    () => ({ api, cache: new RouteCache(api), jobs: new JobStore(api), layouts: new WeakMap<object, MapLayout>() }),
    [api],
  );
  useEffect(() => {
    const stop = api.onEvent((event) => {
      data.jobs.handle(event);
      if (event.type === 'job' || event.type === 'preview') return;
      data.cache.invalidate();
      void data.jobs.read();
    });
    void data.jobs.read();
    return stop;
  }, [api, data]);
  return <ApplicationContext value={data}>{children}</ApplicationContext>;
}

export function useApplication(): ApplicationData {
  const data = use(ApplicationContext);
  if (data === undefined) throw new Error('A screen was rendered outside ApplicationProvider.');
  return data;
}
