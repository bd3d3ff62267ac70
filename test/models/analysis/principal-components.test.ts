import assert from 'node:assert/strict';
import { principalComponents } from 'inception-lab';
import { hashValues } from '../../support/hash-values.js';

type Matrix = readonly (readonly number[])[];

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

function assertNear(given: Matrix, expected: Matrix, tolerance: number): void {
  assert.deepEqual([given.length, given[0]?.length], [expected.length, expected[0]?.length]);
  for (const [i, row] of given.entries()) {
    for (const [j, value] of row.entries()) {
      assert.ok(Math.abs(value - expected[i]![j]!) < tolerance, `${i}, ${j}: ${value}`);
    }
  }
}

/** Rows that vary along random directions, along each half as much as along the one before. */
function rowsOf(count: number, columns: number, rank: number): number[][] {
  const directions = Array.from({ length: rank }, (_, i) => hashValues(`direction ${i}`, columns));
  return Array.from({ length: count }, (_, row) => {
    const lengths = hashValues(`row ${row}`, rank);
    return Array.from({ length: columns }, (_, c) =>
      directions.reduce((sum, direction, i) => sum + (lengths[i]! / 2 ** i) * direction[c]!, 3),
    );
  });
}

function reconstructed({ components, projections, mean }: Matrices): number[][] {
  return projections.map((row) =>
    mean.map((value, c) => row.reduce((sum, part, i) => sum + part * components[i]![c]!, value)),
  );
}

interface Matrices {
  readonly components: number[][];
  readonly projections: number[][];
  readonly mean: number[];
}

describe('principalComponents', () => {
  it('finds eigenvectors that are known: an ellipse that is turned', () => {
    // Four points at ±10 along (3, 4) / 5 and ±1 along (−4, 3) / 5, around (1, 2).
    const rows = [
      [7, 10],
      [-5, -6],
      [0.2, 2.6],
      [1.8, 1.4],
    ];
    const { components, shares, projections, mean } = principalComponents(rows, 2);
    assertNear([mean], [[1, 2]], 1e-12);
    assertNear(
      components,
      [
        [0.6, 0.8],
        [0.8, -0.6],
      ],
      1e-12,
    );
    assertNear([shares], [[100 / 101, 1 / 101]], 1e-12);
    assertNear(
      projections,
      [
        [10, 0],
        [-10, 0],
        [0, -1],
        [0, 1],
      ],
      1e-12,
    );
  });

  for (const [count, columns] of [
    [200, 60],
    [40, 300],
    [12, 9],
  ] as const) {
    it(`gives back ${count} rows of ${columns} numbers from as many components as they have directions`, () => {
      const rows = rowsOf(count, columns, 5);
      const result = principalComponents(rows, 5);
      assertNear(reconstructed(result), rows, 1e-7);
      for (const [i, one] of result.components.entries()) {
        for (const [j, other] of result.components.entries()) {
          assert.ok(Math.abs(dot(one, other) - (i === j ? 1 : 0)) < 1e-9);
        }
      }
      assert.ok(Math.abs(result.shares.reduce((sum, share) => sum + share) - 1) < 1e-9);
    });

    it(`leaves of ${count} rows of ${columns} numbers what the shares say`, () => {
      const rows = rowsOf(count, columns, 8);
      const result = principalComponents(rows, 3);
      const squares = (matrix: Matrix) => matrix.flat().reduce((sum, value) => sum + value ** 2, 0);
      const minus = (a: Matrix, b: Matrix) =>
        a.map((row, i) => row.map((value, j) => value - b[i]![j]!));
      const whole = squares(rows.map((row) => row.map((value, c) => value - result.mean[c]!)));
      const left = squares(minus(rows, reconstructed(result)));
      const share = result.shares.reduce((sum, part) => sum + part);
      assert.ok(Math.abs(left / whole - (1 - share)) < 1e-9, `${left / whole}, ${1 - share}`);
      const [first, second, third] = result.shares as [number, number, number];
      assert.ok(first >= second && second >= third);
      // No other direction explains more than the first.
      for (let i = 0; i < 20; i++) {
        const direction = [...hashValues(`try ${i}`, columns)];
        const projected = rows.map((row) =>
          dot(
            row.map((value, c) => value - result.mean[c]!),
            direction,
          ),
        );
        const explained = squares([projected]) / dot(direction, direction) / whole;
        assert.ok(explained <= first + 1e-9);
      }
    });
  }

  it('takes a feature map: its places are the rows, and the projections lie as they do', () => {
    const rows = rowsOf(12, 5, 4);
    const map = [rows.slice(0, 4), rows.slice(4, 8), rows.slice(8)];
    const [ofMap, ofRows] = [principalComponents(map), principalComponents(rows)];
    assert.deepEqual(ofMap.components, ofRows.components);
    assert.deepEqual(ofMap.projections.flat(), ofRows.projections);
    assert.deepEqual([ofMap.projections.length, ofMap.projections[0]?.length], [3, 4]);
  });

  it('gives fewer where the rows vary in fewer directions', () => {
    assert.equal(principalComponents(rowsOf(60, 40, 2), 4).components.length, 2);
    assert.equal(principalComponents(rowsOf(30, 200, 2), 4).components.length, 2);
  });

  it('says what it cannot take', () => {
    assert.throws(() => principalComponents([[1, 2]], 1), /1 rows of 2 numbers/);
    assert.throws(() => principalComponents([[1], [1]], 1), /All rows are equal/);
    assert.throws(() => principalComponents([[1, 2], [3]], 1), /row 1, which differs/);
    assert.throws(() => principalComponents([[1], [NaN]], 1), /row 1, which differs/);
    assert.throws(
      () =>
        principalComponents([
          [1, 2],
          [3, 4],
        ]),
      /not have 3 components\. Ask for at most 1/,
    );
  });
});
