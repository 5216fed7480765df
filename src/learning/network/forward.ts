import { lastHidden, weightSizes } from './parameters.ts';
import type { NetworkParameters, NetworkShape } from './parameters.ts';

/** Where each tensor of W lies in one flat vector. */
export interface WeightLayout {
  readonly shape: NetworkShape;
  readonly size: number;
  /** In the order of `weightNames`. */
  readonly tensors: readonly { readonly name: string; readonly begin: number; readonly end: number }[];
  readonly at: Readonly<Record<string, number>>;
}

export function weightLayout(shape: NetworkShape): WeightLayout {
  let size = 0;
  const tensors = Object.entries(weightSizes(shape)).map(([name, [rows, columns]]) => {
    const begin = size;
    size += rows * columns;
    return { name, begin, end: size };
  });
  return { shape, size, tensors, at: Object.fromEntries(tensors.map(({ name, begin }) => [name, begin])) };
}

/** W₀ as one vector. */
export function flatWeights(layout: WeightLayout, parameters: NetworkParameters): Float64Array {
  const flat = new Float64Array(layout.size);
  for (const { name, begin } of layout.tensors) flat.set(parameters[name]!, begin);
  return flat;
}

/** Room for one row's way through the network; outputs and slopes of each relu layer. */
export interface RowScratch {
  readonly outputs: readonly Float64Array[];
  readonly slopes: readonly Float64Array[];
}

export const rowScratch = (shape: NetworkShape): RowScratch => ({
  outputs: shape.hidden.map((units) => new Float64Array(units)),
  slopes: shape.hidden.map((units) => new Float64Array(units)),
});

type Numbers = ArrayLike<number>;

/** Sums of relu layer `layer` (0-based) into `out`. */
function layerSums(
  layout: WeightLayout,
  weights: Numbers,
  layer: number,
  input: Numbers,
  from: number,
  inputs: number,
  out: Float64Array,
): void {
  const units = out.length;
  const matrix = layout.at[`weight${layer + 1}`]!;
  const bias = layout.at[`bias${layer + 1}`]!;
  for (let unit = 0; unit < units; unit++) out[unit] = weights[bias + unit]!;
  for (let index = 0; index < inputs; index++) {
    const value = input[from + index]!;
    if (value === 0) continue;
    const row = matrix + index * units;
    for (let unit = 0; unit < units; unit++) out[unit]! += value * weights[row + unit]!;
  }
}

const rectify = (values: Float64Array): void => {
  for (let unit = 0; unit < values.length; unit++) if (!(values[unit]! > 0)) values[unit] = 0;
};

/** direct·x + biasOut, and the sums that enter the last relu layer in `scratch.outputs`' last array (not yet rectified). */
export function forwardToLast(
  layout: WeightLayout,
  weights: Numbers,
  features: Numbers,
  from: number,
  scratch: RowScratch,
): number {
  const { hidden, features: count } = layout.shape;
  const direct = layout.at['direct']!;
  let logit = weights[layout.at['biasOut']!]!;
  for (let index = 0; index < count; index++) logit += features[from + index]! * weights[direct + index]!;
  hidden.forEach((_, layer) => {
    const out = scratch.outputs[layer]!;
    if (layer === 0) layerSums(layout, weights, 0, features, from, count, out);
    else {
      rectify(scratch.outputs[layer - 1]!);
      layerSums(layout, weights, layer, scratch.outputs[layer - 1]!, 0, hidden[layer - 1]!, out);
    }
  });
  return logit;
}

/** f_W(features at `from`); leaves each relu layer's outputs in `scratch`. */
export function networkLogit(
  layout: WeightLayout,
  weights: Numbers,
  features: Numbers,
  from: number,
  scratch: RowScratch,
): number {
  let logit = forwardToLast(layout, weights, features, from, scratch);
  const last = scratch.outputs.at(-1)!;
  rectify(last);
  const out = layout.at['weightOut']!;
  for (let unit = 0; unit < last.length; unit++) logit += last[unit]! * weights[out + unit]!;
  return logit;
}

/**
 * After `networkLogit` of the same row: adds slope·∂f/∂W to `gradient`.
 * @returns Σ_W rate·(∂f/∂W)²
 */
export function accumulateRow(
  layout: WeightLayout,
  weights: Numbers,
  features: Numbers,
  from: number,
  scratch: RowScratch,
  slope: number,
  rates: Numbers,
  gradient: Float64Array,
): number {
  const { hidden, features: count } = layout.shape;
  const { at } = layout;
  let sensitivity = rates[at['biasOut']!]!;
  gradient[at['biasOut']!]! += slope;
  const line = (begin: number, input: Numbers, offset: number, length: number, slopeHere: number, squared: number): void => {
    for (let index = 0; index < length; index++) {
      const value = input[offset + index]!;
      if (value === 0) continue;
      gradient[begin + index]! += slopeHere * value;
      sensitivity += squared * rates[begin + index]! * value * value;
    }
  };
  line(at['direct']!, features, from, count, slope, 1);
  line(at['weightOut']!, scratch.outputs.at(-1)!, 0, lastHidden(layout.shape), slope, 1);
  for (let layer = hidden.length - 1; layer >= 0; layer--) {
    const back = scratch.slopes[layer]!;
    const outputs = scratch.outputs[layer]!;
    const units = back.length;
    for (let unit = 0; unit < units; unit++) {
      if (!(outputs[unit]! > 0)) back[unit] = 0;
      else if (layer === hidden.length - 1) back[unit] = weights[at['weightOut']! + unit]!;
      else {
        const above = scratch.slopes[layer + 1]!;
        const row = at[`weight${layer + 2}`]! + unit * above.length;
        let sum = 0;
        for (let next = 0; next < above.length; next++) sum += above[next]! * weights[row + next]!;
        back[unit] = sum;
      }
    }
    const bias = at[`bias${layer + 1}`]!;
    for (let unit = 0; unit < units; unit++) {
      gradient[bias + unit]! += slope * back[unit]!;
      sensitivity += rates[bias + unit]! * back[unit]! * back[unit]!;
    }
    const matrix = at[`weight${layer + 1}`]!;
    const input: Numbers = layer === 0 ? features : scratch.outputs[layer - 1]!;
    const offset = layer === 0 ? from : 0;
    const inputs = layer === 0 ? count : hidden[layer - 1]!;
    for (let index = 0; index < inputs; index++) {
      const value = input[offset + index]!;
      if (value === 0) continue;
      const row = matrix + index * units;
      const scaled = slope * value;
      const square = value * value;
      for (let unit = 0; unit < units; unit++) {
        const b = back[unit]!;
        if (b === 0) continue;
        gradient[row + unit]! += scaled * b;
        sensitivity += rates[row + unit]! * square * b * b;
      }
    }
  }
  return sensitivity;
}
