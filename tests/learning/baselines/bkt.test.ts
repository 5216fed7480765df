import { expect, it } from 'vitest';
import { fitBkt, knownAfter } from '../../../src/learning/baselines/bkt.ts';
import type { BktParameters } from '../../../src/learning/baselines/bkt.ts';
import { createRandom } from '../../../src/learning/random.ts';

const PARAMETERS: BktParameters = { known: 0.3, learn: 0.15, guess: 0.2, slip: 0.1 };

/** Every course that the hidden states can take over length + 1 answers, with its probability and that of the answers. */
function* paths({ known, learn, guess, slip }: BktParameters, answers: readonly number[]) {
  const length = answers.length + 1;
  for (let code = 0; code < 2 ** length; code++) {
    const states = Array.from({ length }, (_, at) => (code >> at) & 1);
    let probability = states[0] ? known : 1 - known;
    for (let at = 1; at < length; at++) probability *= states[at - 1] ? (states[at] ? 1 : 0) : states[at] ? learn : 1 - learn;
    answers.forEach((right, at) => {
      const p = states[at] ? 1 - slip : guess;
      probability *= right ? p : 1 - p;
    });
    yield { states, probability };
  }
}

it('follows the hidden state as the enumeration of all its courses does', () => {
  for (const answers of [[], [1], [0], [1, 0, 1, 1], [0, 0, 1, 0, 1, 0, 0, 1]]) {
    let total = 0;
    let known = 0;
    for (const { states, probability } of paths(PARAMETERS, answers)) {
      total += probability;
      if (states.at(-1)) known += probability;
    }
    expect(knownAfter(PARAMETERS, answers)).toBeCloseTo(known / total, 12);
  }
});

const likelihood = (parameters: BktParameters, sequences: readonly (readonly number[])[]): number =>
  sequences.reduce((sum, answers) => {
    let total = 0;
    for (const { probability } of paths(parameters, answers)) total += probability;
    return sum + Math.log(total);
  }, 0);

it('fits to a maximum of the likelihood that is enumerated, near what drew the answers', () => {
  const random = createRandom(3);
  const sequences = Array.from({ length: 1500 }, () => {
    let known = random.uniform() < PARAMETERS.known;
    return Array.from({ length: 7 }, () => {
      const right = random.uniform() < (known ? 1 - PARAMETERS.slip : PARAMETERS.guess) ? 1 : 0;
      known ||= random.uniform() < PARAMETERS.learn;
      return right;
    });
  });
  const fitted = fitBkt(sequences);
  for (const name of ['known', 'learn', 'guess', 'slip'] as const)
    expect(Math.abs(fitted[name] - PARAMETERS[name])).toBeLessThan(0.06);
  const some = sequences.slice(0, 200);
  const ofSome = fitBkt(some);
  const best = likelihood(ofSome, some);
  for (const name of ['known', 'learn', 'guess', 'slip'] as const)
    for (const off of [-0.08, 0.08]) {
      const other = Math.min(0.99, Math.max(0.01, ofSome[name] + off));
      expect(likelihood({ ...ofSome, [name]: other }, some)).toBeLessThan(best);
    }
});
