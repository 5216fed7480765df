import * as tf from '@tensorflow/tfjs-core';

export type Tensors = Readonly<Record<string, tf.Tensor>>;

/** A value that no gradient flows through: what `compute` takes from outside is unknown to the tape. */
export function constant(compute: () => tf.Tensor): tf.Tensor {
  return tf.customGrad((nothing) => ({
    value: compute(),
    gradFunc: () => tf.zerosLike(nothing as tf.Tensor),
  }))(tf.scalar(0));
}

/** log(1 + e^z) − yz. Softplus, because its gradient σ(z) is right at z = 0, where those of relu and abs are not. */
export const logLoss = (logit: tf.Tensor, correct: tf.Tensor): tf.Tensor => tf.sub(tf.softplus(logit), tf.mul(correct, logit));

/** What the forecasts of the rows say about the numbers θ that they were made with; J = ∂logit/∂θ, a row each. */
export interface Look {
  /** [B, K, 1] */
  readonly logit: tf.Tensor;
  /** Jᵀ·slope by name; slope [B, K, 1]. */
  pullback(slope: tf.Tensor): Tensors;
  /** Σ_θ rate·J², [B, K, 1]. */
  sensitivity(rates: Tensors): tf.Tensor;
  /** logit at θ + share·move, for any share at little more cost than for one; move [B, r, c] by name. */
  along(move: Tensors): (share: number) => tf.Tensor;
}

export interface DescentProblem {
  /** θ₀ by name, [B or 1, r, c]. */
  readonly start: Tensors;
  /** λ by name, broadcastable to [1, r, c]. */
  readonly prior: Tensors;
  /** For each step the rates by name, [1, r, c]. */
  readonly rates: readonly Tensors[];
  look(at: Tensors): Look;
  /** [B, K, 1] */
  readonly correct: tf.Tensor;
  readonly weight: tf.Tensor;
  /** True treats gradient, curvature and length of each step as constants. */
  readonly firstOrder: boolean;
}

/** Shares of a step that are tried in turn until the objective does not rise; then none of it. */
export const STEP_SHARES = [1, 0.25, 0.0625] as const;

/**
 * The inner steps on J(θ) = Σ w·logloss + Σ λ(θ − θ₀)², one for each entry of `rates`:
 * the loss is linearised and the prior kept whole (proximal gradient), d = θ − θ₀, g = Σ w·(σ(z) − y)·∂z/∂θ:
 *
 *     κ = ¼ Σ w Σ_θ rate·(∂z/∂θ)²      δ = rate / (1 + κ/2)      d′ = (d − δ·g) / (1 + 2λδ)      d ← d + m·(d′ − d)
 *
 * κ bounds the curvature of the loss in the metric of the rates (¼ bounds p(1 − p), the trace bounds the largest eigenvalue), so that a
 * step of a model linear in θ cannot raise J, whatever the rates, λ and the number of answers; as relu networks are linear only in
 * pieces, the share m is the first of `STEP_SHARES` with which J did not rise, or 0. m is piecewise constant, so the gradient through it is exact.
 * @returns θ after each step, [B, r, c] by name
 */
export function descend(problem: DescentProblem): Tensors[] {
  const { start, prior, correct, weight, firstOrder } = problem;
  const names = Object.keys(start);
  const byName = (compute: (name: string) => tf.Tensor): Tensors =>
    Object.fromEntries(names.map((name) => [name, compute(name)]));
  const held = (tensor: tf.Tensor): tf.Tensor => (firstOrder ? constant(() => tf.clone(tensor)) : tensor);
  /** Σ w·logloss, [B, 1, 1]. */
  const loss = (logit: tf.Tensor): tf.Tensor => tf.sum(tf.mul(weight, logLoss(logit, correct)), 1, true);
  /** Σ λ·a·b, [B, 1, 1]. */
  const product = (a: Tensors, b: Tensors): tf.Tensor =>
    names
      .map((name) => tf.sum(tf.mul(prior[name]!, tf.mul(a[name]!, b[name]!)), [1, 2], true))
      .reduce((sum, part) => tf.add(sum, part));
  const states: Tensors[] = [];
  let at = start;
  let away: Tensors | undefined;
  for (const rates of problem.rates) {
    const { logit, pullback, sensitivity, along } = problem.look(at);
    const gradient = pullback(tf.mul(weight, tf.sub(tf.sigmoid(logit), correct)));
    const curvature = tf.mul(0.25, tf.sum(tf.mul(weight, sensitivity(rates)), 1, true));
    const shrink = held(tf.div(1, tf.add(1, tf.mul(0.5, curvature))));
    const before = away;
    const move = byName((name) => {
      const delta = tf.mul(rates[name]!, shrink);
      const pulled = tf.mul(delta, held(gradient[name]!));
      const goal = tf.div(
        before ? tf.sub(before[name]!, pulled) : tf.neg(pulled),
        tf.add(1, tf.mul(tf.mul(2, prior[name]!), delta)),
      );
      return before ? tf.sub(goal, before[name]!) : goal;
    });
    const share = constant(() => {
      // Σ λ(d + m·move)² as a polynomial in m.
      const square = product(move, move);
      const cross = before && tf.mul(2, product(before, move));
      const still = before && product(before, before);
      const penalty = (m: number): tf.Tensor => {
        const own = tf.mul(m * m, square);
        return cross && still ? tf.add(tf.add(still, tf.mul(m, cross)), own) : own;
      };
      const present = still ? tf.add(loss(logit), still) : loss(logit);
      const there = along(move);
      return STEP_SHARES.reduceRight<tf.Tensor>((smaller, m) => {
        const accepted = tf.cast(tf.lessEqual(tf.add(loss(there(m)), penalty(m)), present), 'float32');
        return tf.add(tf.mul(accepted, m), tf.mul(tf.sub(1, accepted), smaller));
      }, tf.zerosLike(present));
    });
    away = byName((name) => {
      const part = tf.mul(share, move[name]!);
      return before ? tf.add(before[name]!, part) : part;
    });
    const next = away;
    at = byName((name) => tf.add(start[name]!, next[name]!));
    states.push(at);
  }
  return states;
}
