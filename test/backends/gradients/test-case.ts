import assert from 'node:assert/strict';
import { hashValues } from '../../support/hash-values.js';
import type { Case } from './cases.js';
import type { compute, Computed } from './compute.js';
import { finiteDifferences, zeros, type Values } from './reference.js';

/** Of the largest element; float32 sums of some hundred terms are about 1e-6 off. */
const tolerance = 1e-4;

/**
 * Holds a case against finite differences of the reference.
 *
 * @param computeThere {@link compute}, wherever it runs
 */
export async function testCase(
  test: Case,
  computeThere: (...args: Parameters<typeof compute>) => Promise<Computed>,
): Promise<void> {
  const inputs = randomInputs(test);
  const output = test.expected(...inputs);
  const weights = hashValues(`${test.name}/weights`, output.data.length);
  const weightedSum = ({ data }: Values) =>
    data.reduce((sum, value, i) => sum + value * weights[i]!, 0);
  const expected = finiteDifferences((...xs) => weightedSum(test.expected(...xs)), inputs);

  const computed = await computeThere(test, inputs, weights);
  assertNear('output', computed.output, output.data);
  assert.equal(computed.gradients.length, inputs.length);
  for (const [i, gradient] of computed.gradients.entries()) {
    assertNear(`gradient by input ${i}`, gradient, expected[i]!);
  }
}

function randomInputs({ name, shapes, offset = 0 }: Case): Values[] {
  return shapes.map((shape, i) => {
    const { data } = zeros(shape);
    const values = hashValues(`${name}/${i}`, data.length);
    return { shape, data: data.map((_, at) => values[at]! + (i === 0 ? offset : 0)) };
  });
}

function assertNear(what: string, actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  assert.equal(actual.length, expected.length, what);
  const size = Math.max(...Array.from(expected, Math.abs), 1e-3);
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!) / size;
    assert.ok(
      difference < tolerance,
      `${what}: element ${i} is ${actual[i]}, expected ${expected[i]}`,
    );
  }
}
