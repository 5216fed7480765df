/** Work that several trainings on the same students have in common: whoever needs it first does it. What is kept is only read. */
export interface SharedWork {
  /** @param key says all that the result depends on beside the students' answers and the seed */
  once<Result>(key: string, make: () => Promise<Result>): Promise<Result>;
  /** Milliseconds that were spared so far: what was asked for again would have taken them again. */
  spared(): number;
}

/** @param clock milliseconds */
export function createSharedWork(clock: () => number): SharedWork {
  const kept = new Map<string, { readonly result: Promise<unknown>; milliseconds: number }>();
  let spared = 0;
  return {
    async once<Result>(key: string, make: () => Promise<Result>): Promise<Result> {
      const known = kept.get(key);
      if (known) {
        const result = (await known.result) as Result;
        spared += known.milliseconds;
        return result;
      }
      const began = clock();
      const entry = { result: make(), milliseconds: 0 };
      kept.set(key, entry);
      const result = await entry.result;
      entry.milliseconds = clock() - began;
      return result;
    },
    spared: () => spared,
  };
}

/** Nothing is shared: for a training that stands alone. */
export const NOT_SHARED: SharedWork = { once: (_key, make) => make(), spared: () => 0 };
