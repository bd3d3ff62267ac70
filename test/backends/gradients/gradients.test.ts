import assert from 'node:assert/strict';
import { tf } from 'inception-lab';
import { forEachBackend } from '../../support/backends.js';
import { hashValues } from '../../support/hash-values.js';
import { cases, type Case } from './cases.js';
import { finiteDifferences, zeros, type Values } from './reference.js';

/** Of the largest element; float32 sums of some hundred terms are about 1e-6 off. */
const tolerance = 1e-4;

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

async function testCase(test: Case): Promise<void> {
  const inputs = randomInputs(test);
  const output = test.expected(...inputs);
  const weights = hashValues(`${test.name}/weights`, output.data.length);
  const weightedSum = ({ data }: Values) =>
    data.reduce((sum, value, i) => sum + value * weights[i]!, 0);

  const tensors = inputs.map(({ data, shape }) => tf.tensor(Float32Array.from(data), [...shape]));
  assertNear('output', await test.compute(...tensors).data(), output.data);

  const loss = (...xs: tf.Tensor[]) => {
    const result = test.compute(...xs);
    return result.mul<tf.Tensor>(tf.tensor(weights, result.shape)).sum<tf.Scalar>();
  };
  const gradients = tf.grads(loss)(tensors);
  const expected = finiteDifferences((...xs) => weightedSum(test.expected(...xs)), inputs);
  for (const [i, gradient] of gradients.entries()) {
    assertNear(`gradient by input ${i}`, await gradient.data(), expected[i]!);
  }
}

describe('Gradients against finite differences in float64', () => {
  forEachBackend(() => {
    for (const test of cases) {
      it(test.name, () => testCase(test));
    }
  });
});
