import assert from 'node:assert/strict';
import { tf } from 'inception-lab';
import { channelOrders, type BranchOrder } from '../../../dist/models/weights/channel-orders.js';
import { useTestBackend } from '../../support/backend.js';

type Tensor = tf.SymbolicTensor;

function convolution(x: Tensor, name: string, filters: number): Tensor {
  return tf.layers.conv2d({ name, filters, kernelSize: 1 }).apply(x) as Tensor;
}

/** Branches of 2, 1 and 1 channels; the third is the block's input, pooled. */
function block(x: Tensor, name: string): Tensor {
  const pool = tf.layers.maxPooling2d({ name: `${name}/branch3/pool1`, poolSize: 1 });
  const branches = [
    convolution(x, `${name}/branch1/conv1`, 2),
    convolution(x, `${name}/branch2/conv1`, 1),
    pool.apply(x) as Tensor,
  ];
  return tf.layers.concatenate({ name: `${name}/concat` }).apply(branches) as Tensor;
}

describe('The order of channels', () => {
  const poolFirst: BranchOrder = () => [3, 1, 2];

  before(useTestBackend);

  it('follows the branches, also through a pool into the next block', () => {
    const first = block(tf.input({ shape: [2, 2, 1] }), 'one');
    const second = block(first, 'two');
    // Published: the pool's channel 0, then 1 and 2 of branch 1, then 3 of branch 2.
    assert.deepEqual(channelOrders(poolFirst)(first), [1, 2, 3, 0]);
    // Published: four pooled ones from 0 in the first block's order, then 4, 5 and 6.
    assert.deepEqual(channelOrders(poolFirst)(second), [4, 5, 6, 1, 2, 3, 0]);
    assert.deepEqual(channelOrders(() => undefined)(second), [0, 1, 2, 3, 4, 5, 6]);
  });

  it('refuses sums of channels in different orders, and branches it does not know', () => {
    const sum = (a: Tensor, b: Tensor) => tf.layers.add({ name: 'sum' }).apply([a, b]) as Tensor;
    const x = block(tf.input({ shape: [2, 2, 1] }), 'one');
    const orderOf = channelOrders(poolFirst);
    assert.deepEqual(orderOf(sum(x, x)), [1, 2, 3, 0]);
    assert.throws(
      () => orderOf(sum(x, convolution(x, 'up', 4))),
      /inputs of "sum".*different orders/,
    );
    assert.throws(
      () => channelOrders(() => [1, 2])(x),
      /"one\/concat" concatenates the branches 1, 2, 3, but the published network has 1, 2/,
    );
    const other = tf.layers.concatenate({ name: 'mine' }).apply([x, x]) as Tensor;
    assert.throws(() => orderOf(other), /"mine" concatenates the output of "one\/concat"/);
  });
});
