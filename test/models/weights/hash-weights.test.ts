import assert from 'node:assert/strict';
import { hashImage, hashTensor } from '../../support/hash-weights.js';

describe('The integer hash that stands in for weights', () => {
  /** By a program of another language, written from the hash's description. */
  const expected: [name: string, shape: number[], seed: number, values: number[]][] = [
    [
      'features.0.conv.weight',
      [1, 3, 1, 1],
      0,
      [-0.9261124134063721, 1.3265490531921387, -1.0455507040023804],
    ],
    [
      'last_linear.weight',
      [1, 3],
      5,
      [-0.3233509063720703, 0.41374659538269043, -0.9865887761116028],
    ],
    ['features.0.bn.weight', [2], 0, [0.9098479747772217, 1.0914356708526611]],
    ['features.0.bn.running_var', [2], 0, [1.0501627922058105, 0.9747357964515686]],
    ['features.0.bn.bias', [2], 4294967295, [-0.09431526809930801, 0.0005807901616208255]],
  ];

  it('gives the numbers that it gives in Python', () => {
    for (const [name, shape, seed, values] of expected) {
      assert.deepEqual(Array.from(hashTensor(name, shape, seed)), values, name);
    }
    assert.deepEqual(Array.from(hashImage(2, 1)), [0.12424581497907639, -0.6693042516708374]);
  });
});
