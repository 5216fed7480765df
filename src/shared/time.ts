/** Milliseconds. */
export const DAY_MS = 86_400_000;

/** Days since 1970, UTC. */
export const dayOf = (time: number): number => Math.floor(time / DAY_MS);
