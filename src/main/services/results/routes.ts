import type { RouteInput } from '../../../shared/contract/index.ts';
import { readPlanResults, recordResults } from './results.ts';
import type { ResultsOptions } from './results.ts';
import { findHandedOut } from './find.ts';

/** What a window asks about plans that come back. */
export const resultHandlers = (options: ResultsOptions & { readonly noticeChange: () => void }) => ({
  'results.find': ({ text, limit }: RouteInput<'results.find'>) => ({ plans: findHandedOut(options.read, text, limit) }),
  'results.get': ({ number }: RouteInput<'results.get'>) => readPlanResults(options, number),
  'results.record': ({ number, entries }: RouteInput<'results.record'>) => {
    const recorded = recordResults(options, number, entries);
    options.noticeChange();
    return recorded;
  },
});
