import { sigmoid } from '../numeric.ts';
import type { HeldBackLogits } from './judge.ts';

/** Answers of one student tell the same story: this many count as one. */
export const DESIGN_EFFECT = 8;
/** How strongly the prior shares are held, in nats for each unit of Kullback–Leibler divergence. */
export const PRIOR_STRENGTH = 4;
const ROUNDS = 400;
/** What weighs less than this is left out: it costs time and changes nothing. */
const LIGHTEST = 0.03;

/**
 * Shares of the members in a joint forecast, from students who trained none of them: minimises log-loss / 8 + strength·KL(shares ‖ prior) by
 * exponentiated gradient (Kivinen & Warmuth 1997; stacking, Wolpert 1992). With few students held back the prior speaks.
 * @param prior shares before any evidence, summing to 1
 * @param priorStrength see above
 * @returns shares that sum to 1; 0 for a member to leave out
 */
export function weighMembers(
  { logits, correct }: HeldBackLogits,
  prior: readonly number[],
  priorStrength = PRIOR_STRENGTH,
): number[] {
  const count = correct.length;
  let shares = [...prior];
  if (count > 0) {
    const rate = 4 / (count / DESIGN_EFFECT + priorStrength);
    for (let round = 0; round < ROUNDS; round++) {
      const slopes = shares.map((share, member) => priorStrength * Math.log(Math.max(share, 1e-12) / prior[member]!));
      for (let row = 0; row < count; row++) {
        let logit = 0;
        for (let member = 0; member < shares.length; member++) logit += shares[member]! * logits[member]![row]!;
        const residual = (sigmoid(logit) - correct[row]!) / DESIGN_EFFECT;
        for (let member = 0; member < shares.length; member++) slopes[member]! += residual * logits[member]![row]!;
      }
      shares = normalised(shares.map((share, member) => share * Math.exp(Math.max(-1, Math.min(1, -rate * slopes[member]!)))));
    }
  }
  return normalised(shares.map((share) => (share < LIGHTEST ? 0 : share)));
}

function normalised(shares: readonly number[]): number[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}
