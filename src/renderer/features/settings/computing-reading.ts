import type { BackendName, BackendProbe, ComputingStatus } from '../../../shared/contract/computing.ts';
import { BACKEND_NAMES } from '../../../shared/contract/computing.ts';

/**
 * How many times as long a training takes without TensorFlow, as measured (docs/backends.md); said only where this computer cannot
 * measure it itself.
 */
export const USUAL_TIMES = { wasm: 8, cpu: 70 } as const;

/** As people say it: 1, 2, … 10, then in fives, then in tens; never below 1. */
export function roundTimes(times: number): number {
  if (times < 10) return Math.max(1, Math.round(times));
  const grain = times < 50 ? 5 : 10;
  return Math.round(times / grain) * grain;
}

export interface Way {
  readonly backend: BackendName;
  readonly probe: BackendProbe | undefined;
  readonly used: boolean;
  /** How many times as long as with the fastest that works here; null where it cannot be told. */
  readonly times: number | null;
  readonly fastest: boolean;
}

/** All ways to compute, in the ladder's order. */
export function readWays({ probes, used }: ComputingStatus): readonly Way[] {
  const timed = probes.flatMap(({ stepMilliseconds }) => (stepMilliseconds === null ? [] : [stepMilliseconds]));
  // Of a single one there is nothing to say yet.
  const best = timed.length > 1 ? Math.min(...timed) : Number.NaN;
  return BACKEND_NAMES.map((backend) => {
    const probe = probes.find((each) => each.backend === backend);
    const own = probe?.stepMilliseconds ?? null;
    return {
      backend,
      probe,
      used: used === backend,
      times: own === null || Number.isNaN(best) ? null : roundTimes(own / best),
      fastest: own !== null && own === best,
    };
  });
}

/** Has every way been tried? */
export const isComplete = ({ probes }: ComputingStatus): boolean => probes.length === BACKEND_NAMES.length;
