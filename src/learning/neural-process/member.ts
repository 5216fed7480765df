import { FeatureReader } from '../student-model/feature-reader.ts';
import { offsetOf } from '../student-model/features.ts';
import { writeSkillFactors } from '../student-model/forward.ts';
import type { Member } from '../student-model/member.ts';
import { NetworkPass } from '../student-model/network-pass.ts';
import type { ProcessParameters, ProcessShape } from './parameters.ts';
import { readAnswers } from './reading.ts';

/** The neural process as a member. What it says of a student is the pooled reading of their answers. */
export function processMember(parameters: ProcessParameters, shape: ProcessShape, weight: number): Member {
  const { features, embedding, pooled, hidden } = shape;
  const network = new NetworkPass(parameters, { features, embedding: embedding + pooled, hidden });
  /** By the list itself: questions of one set share it. */
  const known = new WeakMap<readonly number[], Float64Array>();
  const embeddingOf = (skills: readonly number[]): Float64Array => {
    let vector = known.get(skills);
    if (!vector) {
      vector = new Float64Array(embedding);
      writeSkillFactors(parameters.skillFactors, embedding, skills, vector, 0);
      known.set(skills, vector);
    }
    return vector;
  };
  return {
    weight,
    adapt(_answers, history, context) {
      const { answers } = history;
      const state = readAnswers(
        parameters,
        shape,
        answers,
        answers.map(({ skills }) => embeddingOf(skills)),
      );
      const reader = context.features ?? new FeatureReader();
      const begun = new Map<readonly number[], Float64Array>();
      const beginWith = (skills: readonly number[]): Float64Array => {
        let sums = begun.get(skills);
        if (!sums) {
          const rest = new Float64Array(embedding + pooled);
          rest.set(embeddingOf(skills));
          rest.set(state, embedding);
          begun.set(skills, (sums = network.begin(rest)));
        }
        return sums;
      };
      return {
        phi: state,
        logit: (target) =>
          offsetOf(history, target) +
          history.ability +
          network.output(reader.of(history, target), 0, features, beginWith(target.skills)),
      };
    },
  };
}
