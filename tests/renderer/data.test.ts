import { describe, expect, it } from 'vitest';
import { JobStore } from '../../src/renderer/data/job-store.ts';
import { RouteCache, routeKey } from '../../src/renderer/data/route-cache.ts';
import type { Job } from '../../src/shared/contract/common.ts';
import type { Envelope, PathlightApi } from '../../src/shared/contract/index.ts';

/** An application whose answers are given by hand, one call at a time. */
function manualApi() {
  const calls: { readonly name: string; readonly answer: (envelope: Envelope<unknown>) => void }[] = [];
  const api = {
    host: 'browser',
    call: (name: string) =>
      new Promise((resolve) => calls.push({ name, answer: resolve as (envelope: Envelope<unknown>) => void })),
  } as unknown as PathlightApi;
  return { api, calls };
}

/** Lets everything that is already settled run. */
const settle = () => new Promise((resolve) => setImmediate(resolve));
const counted = (students: number): Envelope<unknown> => ({ ok: true, data: { classes: [], students } });

describe('RouteCache', () => {
  const key = routeKey('classes.list', {});

  it('asks once for all who watch, and tells them', async () => {
    const { api, calls } = manualApi();
    const cache = new RouteCache(api);
    let told = 0;
    cache.watch('classes.list', {}, () => (told += 1));
    cache.watch('classes.list', {}, () => (told += 1));
    expect(calls).toHaveLength(1);
    expect(cache.peek(key)).toMatchObject({ data: undefined, loading: true });
    told = 0;
    calls[0]?.answer(counted(3));
    await settle();
    expect(told).toBe(2);
    expect(cache.peek<'classes.list'>(key)).toEqual({ data: { classes: [], students: 3 }, error: undefined, loading: false });
  });

  it('keeps the old answer while a newer one is on its way, and asks once more for what changed meanwhile', async () => {
    const { api, calls } = manualApi();
    const cache = new RouteCache(api);
    cache.watch('classes.list', {}, () => undefined);
    calls[0]?.answer(counted(1));
    await settle();
    cache.invalidate();
    cache.invalidate();
    expect(cache.peek<'classes.list'>(key)).toMatchObject({ data: { students: 1 }, loading: true });
    cache.invalidate();
    expect(calls).toHaveLength(2);
    calls[1]?.answer(counted(2));
    await settle();
    expect(cache.peek<'classes.list'>(key)).toMatchObject({ data: { students: 2 }, loading: true });
    expect(calls).toHaveLength(3);
    calls[2]?.answer(counted(3));
    await settle();
    expect(cache.peek<'classes.list'>(key)).toMatchObject({ data: { students: 3 }, loading: false });
    expect(calls).toHaveLength(3);
  });

  it('shows an error, keeps what was there, and asks again when someone looks again', async () => {
    const { api, calls } = manualApi();
    const cache = new RouteCache(api);
    const stop = cache.watch('classes.list', {}, () => undefined);
    calls[0]?.answer(counted(1));
    await settle();
    cache.reload(key);
    calls[1]?.answer({ ok: false, error: { code: 'gone', message: 'Gone.', detail: {} } });
    await settle();
    expect(cache.peek<'classes.list'>(key)).toMatchObject({ data: { students: 1 }, error: { code: 'gone' }, loading: false });
    stop();
    cache.watch('classes.list', {}, () => undefined);
    expect(calls).toHaveLength(3);
  });

  it('forgets what nobody watches when everything may have changed', async () => {
    const { api, calls } = manualApi();
    const cache = new RouteCache(api);
    const stop = cache.watch('classes.list', {}, () => undefined);
    calls[0]?.answer(counted(1));
    await settle();
    stop();
    cache.invalidate();
    expect(calls).toHaveLength(1);
    expect(cache.peek(key).data).toBeUndefined();
  });
});

describe('JobStore', () => {
  const job = (change: Partial<Job>): Job => ({
    id: 'j1',
    kind: 'import',
    state: 'running',
    fraction: 0.5,
    remainingMs: null,
    stage: 'writing',
    ...change,
  });

  it('keeps the result of a job that ended before its starter heard of it', () => {
    const store = new JobStore(manualApi().api);
    store.handle({ type: 'job', job: job({}) });
    store.handle({ type: 'job', job: job({ state: 'done', fraction: 1 }), result: { files: [] } });
    expect(store.entries()).toEqual([{ job: job({ state: 'done', fraction: 1 }), result: { files: [] } }]);
  });

  it('does not let a late list bring an ended job back to life', async () => {
    const { api, calls } = manualApi();
    const store = new JobStore(api);
    const reading = store.read();
    store.handle({ type: 'job', job: job({ state: 'cancelled' }) });
    calls[0]?.answer({ ok: true, data: { jobs: [job({}), job({ id: 'j2' })] } });
    await reading;
    expect(store.entries().map((entry) => [entry.job.id, entry.job.state])).toEqual([
      ['j1', 'cancelled'],
      ['j2', 'running'],
    ]);
  });
});
