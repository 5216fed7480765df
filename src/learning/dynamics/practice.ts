import { quickExp } from '../numeric.ts';
import type { Dynamics } from './parameters.ts';
import type { Structure } from './structure.ts';

/** What builds on each skill with the share of its gain that arrives there, over all paths. */
export interface Spreading {
  readonly skills: readonly Int32Array[];
  readonly shares: readonly Float64Array[];
}

const LEAST_SHARE = 1e-3;

export function spreadingOf(structure: Structure, transfer: number): Spreading {
  const skills: Int32Array[] = [];
  const shares: Float64Array[] = [];
  for (let skill = 0; skill < structure.skills.length; skill++) {
    const arrived = new Map<number, number>();
    let front = new Map([[skill, 1]]);
    while (front.size > 0) {
      const next = new Map<number, number>();
      for (const [at, share] of front)
        for (const above of structure.successors[at]!) {
          const part = share * transfer;
          if (part >= LEAST_SHARE) next.set(above, (next.get(above) ?? 0) + part);
        }
      for (const [at, share] of next) arrived.set(at, (arrived.get(at) ?? 0) + share);
      front = next;
    }
    skills.push(Int32Array.from(arrived.keys()));
    shares.push(Float64Array.from(arrived.values()));
  }
  return { skills, shares };
}

/** Practice on a skill that takes hold: distances at `at` … `at + skills − 1` move in place. */
export function practise(
  distance: Float64Array,
  at: number,
  skill: number,
  dynamics: Dynamics,
  structure: Structure,
  spreading: Spreading,
): void {
  const below = structure.prerequisites[skill]!;
  let missing = 0;
  for (let index = 0; index < below.length; index++) missing += distance[at + below[index]!]!;
  const gain = dynamics.rate * quickExp(-dynamics.gate * missing) * distance[at + skill]!;
  distance[at + skill]! -= gain;
  const above = spreading.skills[skill]!;
  const shares = spreading.shares[skill]!;
  for (let index = 0; index < above.length; index++) {
    const to = at + above[index]!;
    const left = distance[to]! - gain * shares[index]!;
    distance[to] = left > 0 ? left : 0;
  }
}

export function chanceRight(distance: number, skill: number, dynamics: Dynamics): number {
  const logit = dynamics.slope * (dynamics.threshold[skill]! - distance);
  const e = quickExp(logit >= 0 ? -logit : logit);
  return dynamics.lapse + (1 - 2 * dynamics.lapse) * ((logit >= 0 ? 1 : e) / (1 + e));
}
