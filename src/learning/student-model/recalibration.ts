/**
 * The joint forecast's logit, corrected by what held-back students showed: shift + scale·logit, each on the way from its value before the first
 * answer to its value after many (Platt 1999, with the number of answers beside the score). Forecasts after the same number of answers keep their order.
 */
export interface Recalibration {
  /** [before the first answer, after many] */
  readonly shift: readonly [number, number];
  readonly scale: readonly [number, number];
}

export const NO_RECALIBRATION: Recalibration = { shift: [0, 0], scale: [1, 1] };

/** Answers after which the correction is half on its way. */
const HALF = 4;

/** Share of the value before the first answer. @param evidence sum of the answers' weights */
export const earliness = (evidence: number): number => HALF / (HALF + evidence);

/** @returns the line that a logit after this evidence goes through */
export function lineAt({ shift, scale }: Recalibration, evidence: number): { readonly shift: number; readonly scale: number } {
  const early = earliness(evidence);
  return {
    shift: early * shift[0] + (1 - early) * shift[1],
    scale: early * scale[0] + (1 - early) * scale[1],
  };
}
