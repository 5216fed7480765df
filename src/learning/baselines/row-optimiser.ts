import { AdamW } from '../meta/optimiser.ts';

const BETA1 = 0.9;
const BETA2 = 0.999;
/** A first moment so many steps old moves nothing any more: (β₁/√β₂)^200 < 1e-9. */
const LONGEST_ECHO = 200;

/** The gradient of an embedding: of the rows that took part, each named once. */
export interface RowGradient {
  readonly rows: Int32Array;
  /** [rows, width] */
  readonly values: Float64Array;
}

/**
 * Sums the gradients of the same row.
 * @param rows which row each one belongs to; −1 for none
 * @param gradient [rows, width]
 * @param size rows of the whole embedding
 */
export function sumByRow(rows: Int32Array, gradient: Float32Array, width: number, size: number): RowGradient {
  const slot = new Int32Array(size).fill(-1);
  const unique: number[] = [];
  for (const row of rows) if (row >= 0 && slot[row]! < 0) slot[row] = unique.push(row) - 1;
  const values = new Float64Array(unique.length * width);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    if (row < 0) continue;
    const to = slot[row]! * width;
    for (let entry = 0; entry < width; entry++) values[to + entry]! += gradient[at * width + entry]!;
  }
  return { rows: Int32Array.from(unique), values };
}

/** The learning rates so far and what follows from them; one for all embeddings of a training. */
export class RateHistory {
  private readonly rates: number[] = [];
  /** √(1 − β₂ᵗ)/(1 − β₁ᵗ)·rate: what a unit of first moment over √(second moment) moves. */
  private readonly moves: number[] = [];

  get steps(): number {
    return this.rates.length;
  }

  add(rate: number): void {
    this.rates.push(rate);
    const step = this.rates.length;
    this.moves.push((rate * Math.sqrt(1 - BETA2 ** step)) / (1 - BETA1 ** step));
  }

  /** What the steps after `from` do to a row without a gradient: values·shrink − move·m/√v. */
  since(from: number, decay: number): { readonly shrink: number; readonly move: number } {
    let shrink = 1;
    let move = 0;
    let echo = 1;
    for (let step = from; step < this.rates.length; step++) {
      const keep = 1 - this.rates[step]! * decay;
      shrink *= keep;
      move *= keep;
      if (step - from >= LONGEST_ECHO) continue;
      echo *= BETA1 / Math.sqrt(BETA2);
      move += this.moves[step]! * echo;
    }
    return { shrink, move };
  }
}

/**
 * AdamW (Loshchilov & Hutter 2019) over the rows of an embedding, few of which have a gradient in any one step. Rows without one still decay and
 * still drift by their moments; they are brought up to date when they are next needed, so a step costs what it touches. Equal to the dense
 * optimiser but for rounding.
 */
export class RowAdamW {
  private readonly values: Float32Array;
  private readonly width: number;
  private readonly decay: number;
  private readonly history: RateHistory;
  private readonly first: Float32Array;
  private readonly second: Float32Array;
  /** [rows], steps that a row has been through. */
  private readonly done: Int32Array;

  /** @param values [rows, width], moved in place */
  constructor(values: Float32Array, width: number, decay: number, history: RateHistory) {
    this.values = values;
    this.width = width;
    this.decay = decay;
    this.history = history;
    this.first = new Float32Array(values.length);
    this.second = new Float32Array(values.length);
    this.done = new Int32Array(values.length / width);
  }

  /** Brings a row up to date; do so before it is read. */
  settle(row: number): void {
    const { values, width, first, second, history } = this;
    const behind = history.steps - this.done[row]!;
    if (behind === 0) return;
    const { shrink, move } = history.since(this.done[row]!, this.decay);
    const keepFirst = BETA1 ** behind;
    const keepSecond = BETA2 ** behind;
    for (let index = row * width; index < (row + 1) * width; index++) {
      values[index] = values[index]! * shrink - (move * first[index]!) / (Math.sqrt(second[index]!) + 1e-12);
      first[index] = first[index]! * keepFirst;
      second[index] = second[index]! * keepSecond;
    }
    this.done[row] = history.steps;
  }

  settleAll(): void {
    for (let row = 0; row < this.done.length; row++) this.settle(row);
  }

  /** One step with the rate that was last added to the history; the rows must have been settled before that. */
  update({ rows, values: gradient }: RowGradient, scale: number): void {
    const { width, first, second, history } = this;
    rows.forEach((row, at) => {
      for (let entry = 0; entry < width; entry++) {
        const index = row * width + entry;
        const g = gradient[at * width + entry]! * scale;
        // So that bringing the row up to date, which multiplies by β, leaves the moments of this step.
        first[index] = first[index]! + ((1 - BETA1) / BETA1) * g;
        second[index] = second[index]! + ((1 - BETA2) / BETA2) * g * g;
      }
      if (history.steps - this.done[row]! !== 1) throw new RangeError('A row was updated before it was brought up to date.');
      this.settle(row);
    });
  }
}

/** Adam's dense parameters and its embeddings in one optimiser, clipped by their joint norm (Pascanu et al. 2013). */
export class MixedAdamW {
  private readonly dense = new AdamW();
  private readonly history = new RateHistory();
  private readonly parameters: Readonly<Record<string, Float32Array>>;
  private readonly decay: Readonly<Record<string, number>>;
  readonly rows: Readonly<Record<string, RowAdamW>>;

  /** @param widths of the embeddings among the parameters */
  constructor(
    parameters: Readonly<Record<string, Float32Array>>,
    widths: Readonly<Record<string, number>>,
    decay: Readonly<Record<string, number>>,
  ) {
    this.parameters = parameters;
    this.decay = decay;
    this.rows = Object.fromEntries(
      Object.entries(widths).map(([name, width]) => [
        name,
        new RowAdamW(parameters[name]!, width, decay[name] ?? 0, this.history),
      ]),
    );
  }

  update(
    dense: Readonly<Record<string, Float32Array>>,
    rows: Readonly<Record<string, RowGradient>>,
    rate: number,
    limit: number,
  ): void {
    let squares = 0;
    for (const values of Object.values(dense)) squares += squaredNorm(values);
    for (const { values } of Object.values(rows)) squares += squaredNorm(values);
    const scale = Math.min(1, limit / Math.sqrt(squares));
    this.dense.update(
      this.parameters,
      Object.fromEntries(Object.entries(dense).map(([name, values]) => [name, values.map((value) => value * scale)])),
      rate,
      this.decay,
    );
    this.history.add(rate);
    for (const [name, gradient] of Object.entries(rows)) this.rows[name]!.update(gradient, scale);
  }

  /** Brings every row up to date, to be read. */
  settleAll(): void {
    for (const each of Object.values(this.rows)) each.settleAll();
  }
}

function squaredNorm(values: Float32Array | Float64Array): number {
  let squares = 0;
  for (let index = 0; index < values.length; index++) squares += values[index]! * values[index]!;
  return squares;
}
