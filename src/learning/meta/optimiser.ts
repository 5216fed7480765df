/** Adam with decoupled weight decay (Loshchilov & Hutter 2019), on plain arrays; state lives in the instance. */
export class AdamW {
  private readonly first = new Map<string, Float64Array>();
  private readonly second = new Map<string, Float64Array>();
  private step = 0;

  /**
   * Moves `parameters` in place.
   * @param decay weight decay per name; 0 where it is left out
   */
  update(
    parameters: Readonly<Record<string, Float32Array>>,
    gradients: Readonly<Record<string, Float32Array | Float64Array>>,
    learningRate: number,
    decay: Readonly<Record<string, number>>,
  ): void {
    this.step++;
    const correction1 = 1 - 0.9 ** this.step;
    const correction2 = 1 - 0.999 ** this.step;
    for (const [name, gradient] of Object.entries(gradients)) {
      const values = parameters[name];
      if (!values) continue;
      const m = this.moments(this.first, name, values.length);
      const v = this.moments(this.second, name, values.length);
      const shrink = 1 - learningRate * (decay[name] ?? 0);
      for (let index = 0; index < values.length; index++) {
        const g = gradient[index]!;
        m[index] = 0.9 * m[index]! + 0.1 * g;
        v[index] = 0.999 * v[index]! + 0.001 * g * g;
        values[index] =
          values[index]! * shrink - (learningRate * (m[index]! / correction1)) / (Math.sqrt(v[index]! / correction2) + 1e-8);
      }
    }
  }

  private moments(store: Map<string, Float64Array>, name: string, length: number): Float64Array {
    let values = store.get(name);
    if (!values) store.set(name, (values = new Float64Array(length)));
    return values;
  }
}

/** Scales all gradients together so that their joint norm is at most `limit` (Pascanu et al. 2013). Returns the norm before. */
export function clipGradients(gradients: Readonly<Record<string, Float32Array | Float64Array>>, limit: number): number {
  let squares = 0;
  for (const values of Object.values(gradients)) for (const value of values) squares += value * value;
  const norm = Math.sqrt(squares);
  if (norm > limit) scaleGradients(gradients, limit / norm);
  return norm;
}

export function scaleGradients(gradients: Readonly<Record<string, Float32Array | Float64Array>>, scale: number): void {
  if (scale === 1) return;
  for (const values of Object.values(gradients)) for (let index = 0; index < values.length; index++) values[index]! *= scale;
}
