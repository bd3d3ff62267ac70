import { tf } from '../tf.js';
import { copyRuns } from './copy-runs.js';
import { memoryOf } from './memory.js';
import type { MendedKernel } from './mend.js';

/** The way back of a concatenation; as that, without garbage. */
export const splitV: MendedKernel = {
  name: 'SplitV',
  backends: ['wasm'],
  compute(call, stock) {
    const { x } = call.inputs as { x: tf.Tensor };
    if (x.dtype !== 'float32') return stock!(call);
    const [axis] = tf.util.parseAxisParam(call.attrs.axis as number, x.shape);
    const sizes = tf.backend_util.prepareSplitSize(
      x,
      call.attrs.numOrSizeSplits as number | number[],
      axis,
    );
    const memory = memoryOf(call.backend);
    const distance = tf.util.sizeFromShape(x.shape.slice(axis));
    let start = 0;
    return sizes.map((size) => {
      const part = memory.allocate(x.shape.map((length, i) => (i === axis ? size : length)));
      const length = (distance / x.shape[axis!]!) * size;
      // Read after the allocation, with which the memory may have moved.
      const from = { values: memory.read(x), start, distance };
      copyRuns(from, { values: memory.read(part), start: 0, distance: length }, length);
      start += length;
      return part;
    });
  },
};
