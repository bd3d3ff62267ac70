/** A vector; of several, a matrix's rows. */
export type Vector = Float64Array;

export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Adds a multiple of a vector to another, in its place. */
export function add(sum: Vector, vector: Vector, factor: number): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += factor * vector[i]!;
}

/** As much of each vector as its weight says. */
export function mix(vectors: readonly Vector[], weights: Vector): Vector {
  const sum = new Float64Array(vectors[0]?.length ?? 0);
  for (const [i, vector] of vectors.entries()) add(sum, vector, weights[i]!);
  return sum;
}

export function lengthOf(vector: Vector): number {
  return Math.sqrt(dot(vector, vector));
}

export function transposed(rows: readonly Vector[]): Vector[] {
  return Array.from(rows[0] ?? [], (_, column) => Float64Array.from(rows, (row) => row[column]!));
}

export function times(matrix: readonly Vector[], vector: Vector): Vector {
  return Float64Array.from(matrix, (row) => dot(row, vector));
}

/** The products of all vectors with each other: a symmetric matrix. */
export function products(vectors: readonly Vector[]): Vector[] {
  const result = vectors.map((a, i) => {
    const row = new Float64Array(vectors.length);
    for (let j = 0; j <= i; j++) row[j] = dot(a, vectors[j]!);
    return row;
  });
  for (const [i, row] of result.entries()) {
    for (let j = i + 1; j < row.length; j++) row[j] = result[j]![i]!;
  }
  return result;
}
