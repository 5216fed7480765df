import { whyNotWithGainFactor } from '../../../learning/planning/gain-factor.ts';
import { whatIf } from '../../../learning/planning/what-if.ts';
import { whyNot } from '../../../learning/planning/why-not.ts';
import type { RouteInput, RouteOutput } from '../../../shared/contract/index.ts';
import type { Profiles } from '../profiles.ts';

/** What a window asks about a plan: what would change it, and why something is not on it. */
export function explanationHandlers({ profiles }: { readonly profiles: Profiles }) {
  return {
    'plans.whatIf': ({ studentId, skill }: RouteInput<'plans.whatIf'>) => ({
      suppositions: structuredClone(whatIf(profiles.planning(studentId), skill)) as RouteOutput<'plans.whatIf'>['suppositions'],
    }),
    // As the plan says its gains.
    'plans.whyNot': ({ studentId, skill }: RouteInput<'plans.whyNot'>) =>
      structuredClone(
        whyNotWithGainFactor(whyNot(profiles.planning(studentId), skill), profiles.gainFactor()),
      ) as RouteOutput<'plans.whyNot'>,
  };
}
