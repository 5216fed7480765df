import { boundCurvature, crossEntropy, sigmoid, softplus } from '../../src/learning/numeric.ts';
import { addPrompts } from '../../src/learning/student-model/forward.ts';
import { NetworkPass } from '../../src/learning/student-model/network-pass.ts';
import { choleskySolve } from '../../src/learning/student-model/linear-algebra.ts';
import { skillWidth } from '../../src/learning/student-model/parameters.ts';
import type { ModelParameters, ModelShape } from '../../src/learning/student-model/parameters.ts';
import type { AnswerRows, MetaBatch } from '../../src/learning/meta/meta-loss.ts';

/** The learners' objectives in 64-bit plain numbers, written from their formulas, independent of the tensor code. */

interface Row {
  base: number;
  loading: number[];
  correct: number;
  weight: number;
}

export function rowsOf(parameters: ModelParameters, shape: ModelShape, rows: AnswerRows, student: number): Row[] {
  const width = skillWidth(shape);
  const network = new NetworkPass(parameters, shape);
  return Array.from({ length: rows.length }, (_, index) => {
    const at = student * rows.length + index;
    const factors = Array.from({ length: width }, (__, entry) => rows.factors[at * width + entry]!);
    return {
      base:
        rows.offset[at]! +
        network.output(
          rows.features,
          at * shape.features,
          shape.features,
          network.begin(Float64Array.from(factors.slice(shape.factors))),
        ),
      loading: [1, ...factors.slice(0, shape.factors)],
      correct: rows.correct[at]!,
      weight: rows.weight[at]!,
    };
  });
}

export function startOfStudent(parameters: ModelParameters, shape: ModelShape, batch: MetaBatch, student: number): Float64Array {
  const size = shape.factors + 1;
  return Float64Array.from({ length: size }, (_, entry) => {
    let value = parameters.phi0[entry]!;
    for (let covariate = 0; covariate < shape.covariates; covariate++)
      value += batch.covariates[student * shape.covariates + covariate]! * parameters.startWeights[covariate * size + entry]!;
    return value;
  });
}

const logitOf = (row: Row, phi: Float64Array): number =>
  row.base + row.loading.reduce((sum, value, entry) => sum + value * phi[entry]!, 0);

/**
 * support + β·query.
 * @param shares of the query loss after each inner step
 * @param moves where given, the inner steps' moves are these constants (first order); otherwise they are filled in
 */
export function plainLoss(
  parameters: ModelParameters,
  shape: ModelShape,
  batch: MetaBatch,
  beta: number,
  shares: readonly number[],
  moves?: { fixed: boolean; list: Float64Array[] },
): number {
  const size = shape.factors + 1;
  const sums = { support: 0, supportWeight: 0, query: 0, queryWeight: 0 };
  for (let student = 0; student < batch.students; student++) {
    const precision = Float64Array.from(parameters.logPrecision, Math.exp);
    precision[0]! /= batch.variance[student]!;
    const support = rowsOf(parameters, shape, batch.support, student);
    const query = rowsOf(parameters, shape, batch.query, student);
    const start = startOfStudent(parameters, shape, batch, student);
    for (const row of support) {
      sums.support += row.weight * crossEntropy(logitOf(row, start), row.correct);
      sums.supportWeight += row.weight;
    }
    for (const row of query) sums.queryWeight += row.weight;
    if (shape.prompts > 0)
      addPrompts(
        parameters,
        shape,
        {
          base: Float64Array.from(support, (row) => row.base),
          loading: Float64Array.from(support.flatMap((row) => row.loading)),
          correct: Float64Array.from(support, (row) => row.correct),
          weight: Float64Array.from(support, (row) => row.weight),
          start,
        },
        batch.covariates.slice(student * shape.covariates, (student + 1) * shape.covariates),
      );
    const phi = Float64Array.from(start);
    for (let step = 0; step < shape.innerSteps; step++) {
      const gradient = new Float64Array(size);
      const hessian = new Float64Array(size * size);
      for (let i = 0; i < size; i++) {
        gradient[i] = precision[i]! * (phi[i]! - start[i]!);
        hessian[i * size + i] = precision[i]! * (1 + softplus(parameters.damping[step * size + i]!));
      }
      for (const row of support) {
        const z = logitOf(row, phi);
        for (let i = 0; i < size; i++) {
          gradient[i]! += row.weight * (sigmoid(z) - row.correct) * row.loading[i]!;
          for (let j = 0; j < size; j++)
            hessian[i * size + j]! += row.weight * boundCurvature(z) * row.loading[i]! * row.loading[j]!;
        }
      }
      let move = choleskySolve(hessian, gradient, size);
      const at = student * shape.innerSteps + step;
      if (moves?.fixed) move = moves.list[at]!;
      else if (moves) moves.list[at] = Float64Array.from(move);
      for (let i = 0; i < size; i++) phi[i]! -= sigmoid(parameters.stepSize[step]!) * move[i]!;
      for (const row of query) sums.query += shares[step]! * row.weight * crossEntropy(logitOf(row, phi), row.correct);
    }
  }
  return sums.support / Math.max(1, sums.supportWeight) + (beta * sums.query) / Math.max(1, sums.queryWeight);
}

/** Mean log-loss of one student's rows with φ at its start: what Reptile's inner loop descends. */
export function studentLoss(
  parameters: ModelParameters,
  shape: ModelShape,
  batch: MetaBatch,
  part: 'support' | 'query',
  student: number,
): number {
  const phi = startOfStudent(parameters, shape, batch, student);
  let sum = 0;
  let weight = 0;
  for (const row of rowsOf(parameters, shape, batch[part], student)) {
    sum += row.weight * crossEntropy(logitOf(row, phi), row.correct);
    weight += row.weight;
  }
  return sum / Math.max(1, weight);
}

/** 64-bit copies, so that finite differences are not drowned in rounding. */
export const widen = (parameters: ModelParameters): ModelParameters =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, values]) => [name, Float64Array.from(values as Float32Array)]),
  ) as unknown as ModelParameters;
