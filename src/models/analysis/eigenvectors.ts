import { add, dot, lengthOf, mix, times, type Vector } from './vectors.js';

export interface Eigenvector {
  readonly value: number;
  /** Of length 1. */
  readonly vector: Vector;
}

type Square = readonly Vector[];

/** Beyond those wanted, so many are carried along: they make the wanted ones settle sooner. */
const spare = 8;
/** Of the greatest eigenvalue: by so much a vector may miss being an eigenvector. */
const tolerance = 1e-10;
const mostRounds = 500;

/**
 * The eigenvectors of a symmetric matrix whose eigenvalues are none below zero, of the greatest ones
 * first: by subspace iteration, where few are wanted, else by Jacobi's rotations.
 */
export function leadingEigenvectors(matrix: Square, count: number): Eigenvector[] {
  const size = matrix.length;
  const width = count + spare;
  if (2 * width >= size) return eigenvectors(matrix).slice(0, count);
  let basis = orthonormal(startVectors(width, size));
  for (let round = 0; ; round++) {
    const images = basis.map((vector) => times(matrix, vector));
    // Within the subspace, the best: the eigenvectors of what the matrix does there.
    const small = basis.map((a) => Float64Array.from(images, (b) => dot(a, b)));
    const best = eigenvectors(small);
    const rotated = best.map(({ value, vector }) => ({ value, vector: mix(basis, vector) }));
    const moved = best.map(({ vector }) => mix(images, vector));
    const greatest = Math.max(best[0]!.value, Number.MIN_VALUE);
    const misses = rotated
      .slice(0, count)
      .map(({ value, vector }, i) => distance(moved[i]!, vector, value) / greatest);
    if (Math.max(...misses) < tolerance || round === mostRounds) return rotated.slice(0, count);
    basis = orthonormal(moved);
  }
}

/** All of them, by Jacobi's rotations (Golub and Van Loan, "Matrix Computations", Section 8.5). */
function eigenvectors(matrix: Square): Eigenvector[] {
  const size = matrix.length;
  const a = matrix.map((row) => row.slice());
  const vectors = a.map((_, i) => Float64Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)));
  const whole = a.reduce((sum, row) => sum + dot(row, row), 0);
  for (let sweep = 0; sweep < 60 && offDiagonal(a) > 1e-30 * whole; sweep++) {
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) rotate(a, vectors, p, q);
    }
  }
  return vectors
    .map((vector, i) => ({ value: a[i]![i]!, vector }))
    .sort((one, other) => other.value - one.value);
}

/** Turns rows and columns p and q so that what stands where they cross becomes zero. */
function rotate(a: Square, vectors: Square, p: number, q: number): void {
  const [rowP, rowQ] = [a[p]!, a[q]!];
  const cross = rowP[q]!;
  if (cross === 0) return;
  const theta = (rowQ[q]! - rowP[p]!) / (2 * cross);
  const tangent = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (const row of a) turn(row, p, row, q, cosine, sine);
  for (let i = 0; i < a.length; i++) {
    turn(rowP, i, rowQ, i, cosine, sine);
    turn(vectors[p]!, i, vectors[q]!, i, cosine, sine);
  }
}

function turn(from: Vector, i: number, to: Vector, j: number, cosine: number, sine: number): void {
  const [x, y] = [from[i]!, to[j]!];
  from[i] = cosine * x - sine * y;
  to[j] = sine * x + cosine * y;
}

function offDiagonal(a: Square): number {
  let sum = 0;
  for (const [i, row] of a.entries()) {
    for (let j = 0; j < i; j++) sum += 2 * row[j]! ** 2;
  }
  return sum;
}

/** Gram and Schmidt's way, each twice; what the others span already becomes zero. */
function orthonormal(vectors: readonly Vector[]): Vector[] {
  const done: Vector[] = [];
  for (const given of vectors) {
    const vector = given.slice();
    const before = lengthOf(vector);
    for (let again = 0; again < 2; again++) {
      for (const other of done) add(vector, other, -dot(vector, other));
    }
    const length = lengthOf(vector);
    const isNew = length > 1e-12 * before;
    done.push(vector.map((part) => (isNew ? part / length : 0)));
  }
  return done;
}

/** Vectors without a pattern, the same ones every time. */
function startVectors(count: number, size: number): Vector[] {
  let state = 1;
  const next = () => {
    // Park and Miller's generator.
    state = (state * 48271) % 2147483647;
    return state / 2147483647 - 0.5;
  };
  return Array.from({ length: count }, () => Float64Array.from({ length: size }, next));
}

/** Of a vector from a multiple of another. */
function distance(vector: Vector, other: Vector, factor: number): number {
  const difference = vector.slice();
  add(difference, other, -factor);
  return lengthOf(difference);
}
