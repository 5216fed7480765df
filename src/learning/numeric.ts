/** Small scalar functions that several parts share. */

export const sigmoid = (logit: number): number =>
  logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));

export const logit = (probability: number): number => Math.log(probability / (1 - probability));

/** log(1 + e^x) without overflow. */
export const softplus = (value: number): number =>
  value > 0 ? value + Math.log1p(Math.exp(-value)) : Math.log1p(Math.exp(value));

/** −[y·log σ(z) + (1 − y)·log(1 − σ(z))], for any y in [0, 1]. */
export const crossEntropy = (logitValue: number, correct: number): number => softplus(logitValue) - correct * logitValue;

/**
 * The curvature of the tightest quadratic upper bound of log(1 + e^z) that touches it at z: (σ(z) − ½)/z, at most ¼
 * (Jaakkola & Jordan 2000, Bayesian parameter estimation via variational methods, eq. 10, times 2). A Newton step with it never
 * raises the loss.
 */
export function boundCurvature(value: number): number {
  if (Math.abs(value) < 0.05) return 0.25 - (value * value) / 48;
  return (sigmoid(value) - 0.5) / value;
}

/** Φ, the standard normal distribution function (Zelen & Severo, Abramowitz & Stegun 26.2.17; error below 7.5e-8). */
export function normalCdf(value: number): number {
  if (value < 0) return 1 - normalCdf(-value);
  if (value > 38) return 1;
  const t = 1 / (1 + 0.2316419 * value);
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-value * value) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
}

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
