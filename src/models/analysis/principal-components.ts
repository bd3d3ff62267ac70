import { leadingEigenvectors } from './eigenvectors.js';
import { requireWhole } from './require-option.js';
import { dot, lengthOf, mix, products, transposed, type Vector } from './vectors.js';

/** What one layer makes of one image: `features[y][x][channel]`. */
type FeatureMap = readonly (readonly (readonly number[])[])[];
type Matrix = readonly (readonly number[])[];

export interface PrincipalComponents<Projections> {
  /** Unit vectors at right angles, the one along which the data vary most first. */
  readonly components: number[][];
  /** Of each component, its share of the whole variance: a fraction. */
  readonly shares: number[];
  /** Where each row of the data lies along the components, from the mean: `[row][component]`. */
  readonly projections: Projections;
  /** Of each column. A row is `mean + Σ projection · component`, as far as the components go. */
  readonly mean: number[];
}

/** Of the whole variance: below this, a direction is rounding. */
const least = 1e-12;

/**
 * The directions along which data vary most. (K. Pearson, "On Lines and Planes of Closest Fit to
 * Systems of Points in Space", 1901.)
 *
 * Of a feature map, every place is a row, and its channels are the columns; then the projections
 * come as a map, too. The largest number of each component is positive, so that signs are the same
 * every time.
 *
 * @param data `[row][column]`, such as `embeddings` gives, or a feature map `[y][x][channel]`
 * @param count how many components; fewer come where the data vary in fewer directions. Default: 3
 * @throws Error if there are fewer than two rows, if they are not equally long and finite, if they are
 *   all equal, or if there cannot be so many components.
 */
export function principalComponents(data: Matrix, count?: number): PrincipalComponents<number[][]>;
export function principalComponents(
  data: FeatureMap,
  count?: number,
): PrincipalComponents<number[][][]>;
export function principalComponents(
  data: Matrix | FeatureMap,
  count = 3,
): PrincipalComponents<number[][] | number[][][]> {
  if (!isFeatureMap(data)) return ofRows(data, count);
  const result = ofRows(data.flat(), count);
  let at = 0;
  const projections = data.map((row) => result.projections.slice(at, (at += row.length)));
  return { ...result, projections };
}

function isFeatureMap(data: Matrix | FeatureMap): data is FeatureMap {
  return Array.isArray(data[0]?.[0]);
}

function ofRows(rows: Matrix, count: number): PrincipalComponents<number[][]> {
  const columns = requireMatrix(rows);
  requireWhole('count', count, 1);
  const most = Math.min(rows.length - 1, columns);
  if (count > most) {
    throw new Error(
      `${rows.length} rows of ${columns} numbers do not have ${count} components. Ask for at most ${most}.`,
    );
  }
  const byColumn = transposed(rows.map((row) => Float64Array.from(row)));
  const mean = byColumn.map((column) => column.reduce((sum, value) => sum + value) / rows.length);
  const centredColumns = byColumn.map((column, c) => column.map((value) => value - (mean[c] ?? 0)));
  const centred = transposed(centredColumns);
  const whole = centred.reduce((sum, row) => sum + dot(row, row), 0);
  if (whole === 0) {
    throw new Error('All rows are equal: there is nothing along which they vary. Give others.');
  }
  const found = directions(centred, centredColumns, count).filter(
    ({ squares }) => squares > least * whole,
  );
  return {
    components: found.map(({ direction }) => [...direction]),
    shares: found.map(({ squares }) => squares / whole),
    projections: centred.map((row) => found.map(({ direction }) => dot(row, direction))),
    mean,
  };
}

interface Direction {
  readonly direction: Vector;
  /** What the squares of the rows' projections add up to. */
  readonly squares: number;
}

/**
 * From the products of all columns with each other, or, where there are fewer rows, of all rows:
 * they have the same eigenvalues.
 */
function directions(
  rows: readonly Vector[],
  columns: readonly Vector[],
  count: number,
): Direction[] {
  const byColumns = columns.length <= rows.length;
  const matrix = products(byColumns ? columns : rows);
  return leadingEigenvectors(matrix, count).map(({ value, vector }) => {
    const direction = byColumns ? vector : mix(rows, vector);
    const largest = direction.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
    const scale = Math.sign(largest) / (lengthOf(direction) || 1);
    return { direction: direction.map((part) => part * scale), squares: value };
  });
}

function requireMatrix(rows: Matrix): number {
  const columns = rows[0]?.length ?? 0;
  const bad = rows.findIndex((row) => row.length !== columns || !row.every(Number.isFinite));
  if (rows.length >= 2 && columns > 0 && bad < 0) return columns;
  const given = bad < 0 ? `${rows.length} rows of ${columns} numbers` : `row ${bad}, which differs`;
  throw new Error(
    `Components need at least two rows of equally many finite numbers, but here is ${given}. ` +
      'Give [row][column], or a feature map: tensor.arraySync()[0].',
  );
}
