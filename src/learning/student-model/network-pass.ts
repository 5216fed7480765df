/** Row-major; N inputs, H hidden units. */
export interface NetworkWeights {
  /** [N, H] */ readonly weight1: Float32Array;
  /** [H] */ readonly bias1: Float32Array;
  /** [H, H] */ readonly weight2: Float32Array;
  /** [H] */ readonly bias2: Float32Array;
  /** [H] */ readonly weight3: Float32Array;
  /** [1] */ readonly bias3: Float32Array;
}

/** The relu network, inputs [F + E] → correction of the logit; with its weights as doubles and room to work in. */
export class NetworkPass {
  private readonly inputs: number;
  private readonly weight1: Float64Array;
  private readonly bias1: Float64Array;
  private readonly weight2: Float64Array;
  private readonly bias2: Float64Array;
  private readonly weight3: Float64Array;
  private readonly bias3: number;
  private readonly first: Float64Array;
  private readonly second: Float64Array;
  private readonly rows: Int32Array;
  private readonly amounts: Float64Array;

  /** @param parameters as they are now; what changes in them later does not count */
  constructor(
    parameters: NetworkWeights,
    shape: { readonly features: number; readonly embedding: number; readonly hidden: number },
  ) {
    this.inputs = shape.features + shape.embedding;
    this.weight1 = Float64Array.from(parameters.weight1);
    this.bias1 = Float64Array.from(parameters.bias1);
    this.weight2 = Float64Array.from(parameters.weight2);
    this.bias2 = Float64Array.from(parameters.bias2);
    this.weight3 = Float64Array.from(parameters.weight3);
    this.bias3 = parameters.bias3[0]!;
    this.first = new Float64Array(shape.hidden);
    this.second = new Float64Array(shape.hidden);
    this.rows = new Int32Array(Math.max(this.inputs, shape.hidden));
    this.amounts = new Float64Array(this.rows.length);
  }

  /** What the inputs after the features bring to the first layer, with its biases; [H]. The same for all questions of a set of skills. */
  begin(embedding: Float64Array): Float64Array {
    const sums = new Float64Array(this.bias1.length);
    const hidden = sums.length;
    const before = this.inputs - embedding.length;
    for (let input = 0; input < embedding.length; input++) {
      this.rows[input] = (before + input) * hidden;
      this.amounts[input] = embedding[input]!;
    }
    this.addRows(this.weight1, embedding.length, this.bias1, sums);
    return sums;
  }

  /**
   * @param features the first inputs, from `at` on, `length` of them
   * @param begun what `begin` made of the others
   */
  output(features: Float32Array | Float64Array, at: number, length: number, begun: Float64Array): number {
    const { first, second, rows, amounts } = this;
    const hidden = first.length;
    let count = 0;
    for (let input = 0; input < length; input++) {
      const value = features[at + input]!;
      if (value === 0) continue;
      rows[count] = input * hidden;
      amounts[count++] = value;
    }
    this.addRows(this.weight1, count, begun, first);
    count = 0;
    for (let input = 0; input < hidden; input++) {
      const value = first[input]!;
      if (value <= 0) continue;
      rows[count] = input * hidden;
      amounts[count++] = value;
    }
    this.addRows(this.weight2, count, this.bias2, second);
    let output = this.bias3;
    for (let unit = 0; unit < hidden; unit++) if (second[unit]! > 0) output += second[unit]! * this.weight3[unit]!;
    return output;
  }

  /** out = start + Σ amount·row; eight sums at a time, which stay in registers. */
  private addRows(weights: Float64Array, count: number, start: Float64Array, out: Float64Array): void {
    const { rows, amounts } = this;
    const units = out.length;
    let unit = 0;
    for (; unit + 7 < units; unit += 8) {
      let s0 = start[unit]!;
      let s1 = start[unit + 1]!;
      let s2 = start[unit + 2]!;
      let s3 = start[unit + 3]!;
      let s4 = start[unit + 4]!;
      let s5 = start[unit + 5]!;
      let s6 = start[unit + 6]!;
      let s7 = start[unit + 7]!;
      for (let index = 0; index < count; index++) {
        const amount = amounts[index]!;
        const at = rows[index]! + unit;
        s0 += amount * weights[at]!;
        s1 += amount * weights[at + 1]!;
        s2 += amount * weights[at + 2]!;
        s3 += amount * weights[at + 3]!;
        s4 += amount * weights[at + 4]!;
        s5 += amount * weights[at + 5]!;
        s6 += amount * weights[at + 6]!;
        s7 += amount * weights[at + 7]!;
      }
      out[unit] = s0;
      out[unit + 1] = s1;
      out[unit + 2] = s2;
      out[unit + 3] = s3;
      out[unit + 4] = s4;
      out[unit + 5] = s5;
      out[unit + 6] = s6;
      out[unit + 7] = s7;
    }
    for (; unit < units; unit++) {
      let sum = start[unit]!;
      for (let index = 0; index < count; index++) sum += amounts[index]! * weights[rows[index]! + unit]!;
      out[unit] = sum;
    }
  }
}
