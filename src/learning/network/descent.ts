import { STEP_SHARES } from './tensor-descent.ts';

/** The inner steps on plain numbers, for one student; the tensor version (tensor-descent.ts, where the formula stands) computes the same. */
export interface PlainProblem {
  /** θ₀ [P] */
  readonly start: Float64Array;
  /** λ [P] */
  readonly prior: Float64Array;
  /** For each step the rates, [P]. */
  readonly rates: readonly Float64Array[];
  /** Σ w·logloss at θ. */
  loss(at: Float64Array): number;
  /** Writes Σ w·(σ(z) − y)·∂z/∂θ into `gradient` and returns Σ w Σ_θ rate·(∂z/∂θ)². */
  slope(at: Float64Array, rates: Float64Array, gradient: Float64Array): number;
}

/**
 * @returns θ after the last step; the objective (loss and prior) before the first and after each step, which never rises; and which share of
 * each step was taken
 */
export function descendPlain(problem: PlainProblem): { at: Float64Array; objectives: number[]; shares: number[] } {
  const { start, prior, rates } = problem;
  const size = start.length;
  const away = new Float64Array(size);
  const move = new Float64Array(size);
  const gradient = new Float64Array(size);
  const at = Float64Array.from(start);
  const candidate = new Float64Array(size);
  const objectiveAt = (share: number): number => {
    let penalty = 0;
    for (let index = 0; index < size; index++) {
      const there = away[index]! + share * move[index]!;
      candidate[index] = start[index]! + there;
      penalty += prior[index]! * there * there;
    }
    return problem.loss(candidate) + penalty;
  };
  let present = problem.loss(at);
  const objectives = [present];
  const shares: number[] = [];
  for (const rate of rates) {
    gradient.fill(0);
    const curvature = 0.25 * problem.slope(at, rate, gradient);
    const shrink = 1 / (1 + 0.5 * curvature);
    for (let index = 0; index < size; index++) {
      const delta = rate[index]! * shrink;
      move[index] = (away[index]! - delta * gradient[index]!) / (1 + 2 * prior[index]! * delta) - away[index]!;
    }
    let taken = 0;
    for (const share of STEP_SHARES) {
      const objective = objectiveAt(share);
      if (!(objective <= present)) continue;
      taken = share;
      present = objective;
      for (let index = 0; index < size; index++) away[index]! += share * move[index]!;
      at.set(candidate);
      break;
    }
    objectives.push(present);
    shares.push(taken);
  }
  return { at, objectives, shares };
}
