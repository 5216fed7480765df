/** Dense symmetric positive definite systems of at most a hundred unknowns, row-major. */

/** L with LLᵀ = matrix, of which only the lower half is read. @throws RangeError where it is not positive definite */
export function cholesky(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!;
      if (i === j) {
        if (!(sum > 0)) throw new RangeError('The matrix is not positive definite.');
        lower[i * size + i] = Math.sqrt(sum);
      } else lower[i * size + j] = sum / lower[j * size + j]!;
    }
  }
  return lower;
}

function solveWith(lower: Float64Array, right: Float64Array, size: number): Float64Array {
  const x = new Float64Array(right);
  forwardSolve(lower, x, size);
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= lower[k * size + i]! * x[k]!;
    x[i]! /= lower[i * size + i]!;
  }
  return x;
}

/** Solves matrix · x = right. @throws RangeError where the matrix is not positive definite. */
export function choleskySolve(matrix: Float64Array, right: Float64Array, size: number): Float64Array {
  return solveWith(cholesky(matrix, size), right, size);
}

/** x = L⁻¹·right, in place. */
export function forwardSolve(lower: Float64Array, right: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    let value = right[i]!;
    for (let k = 0; k < i; k++) value -= lower[i * size + k]! * right[k]!;
    right[i] = value / lower[i * size + i]!;
  }
}

export function choleskyInverse(matrix: Float64Array, size: number): Float64Array {
  const lower = cholesky(matrix, size);
  const inverse = new Float64Array(size * size);
  const unit = new Float64Array(size);
  for (let column = 0; column < size; column++) {
    unit.fill(0);
    unit[column] = 1;
    const x = solveWith(lower, unit, size);
    for (let row = 0; row < size; row++) inverse[row * size + column] = x[row]!;
  }
  return inverse;
}
