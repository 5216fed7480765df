/** Dense symmetric positive definite systems of at most a hundred unknowns, row-major. */

/** L with LLᵀ = matrix, of which only the lower half is read. @throws RangeError where it is not positive definite */
function cholesky(matrix: Float64Array, size: number): Float64Array {
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
function forwardSolve(lower: Float64Array, right: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    let value = right[i]!;
    for (let k = 0; k < i; k++) value -= lower[i * size + k]! * right[k]!;
    right[i] = value / lower[i * size + i]!;
  }
}

/** The inverse, whole. @throws RangeError where the matrix is not positive definite. */
export function choleskyInverse(matrix: Float64Array, size: number): Float64Array {
  const lower = cholesky(matrix, size);
  // L⁻¹, row by row: each row is a sum of the rows before it.
  const rows = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const at = i * size;
    for (let k = 0; k < i; k++) {
      const share = lower[at + k]!;
      if (share === 0) continue;
      for (let j = 0, from = k * size; j <= k; j++) rows[at + j]! -= share * rows[from + j]!;
    }
    const scale = 1 / lower[at + i]!;
    for (let j = 0; j < i; j++) rows[at + j]! *= scale;
    rows[at + i] = scale;
  }
  // L⁻ᵀL⁻¹, by its lower half.
  const inverse = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    const from = k * size;
    for (let i = 0; i <= k; i++) {
      const share = rows[from + i]!;
      for (let j = 0, at = i * size; j <= i; j++) inverse[at + j]! += share * rows[from + j]!;
    }
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) inverse[j * size + i] = inverse[i * size + j]!;
  return inverse;
}
