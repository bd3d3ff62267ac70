import { tf } from '../tf.js';
import { memoryOf } from './memory.js';
import type { MendedKernel } from './mend.js';

/**
 * Sums rows by the segment that each belongs to: the gradient of `gather`, which WebAssembly lacks
 * in TensorFlow.js 4.22. A row whose segment is not there is left out, as everywhere.
 */
export const unsortedSegmentSum: MendedKernel = {
  name: 'UnsortedSegmentSum',
  backends: ['wasm'],
  compute({ inputs, attrs, backend }) {
    const { x, segmentIds } = inputs as { x: tf.Tensor; segmentIds: tf.Tensor };
    const segments = attrs.numSegments as number;
    const memory = memoryOf(backend);
    const rowShape = x.shape.slice(segmentIds.rank);
    const dtype = x.dtype === 'int32' ? 'int32' : 'float32';
    const sums = memory.allocate([segments, ...rowShape], dtype);
    // Read after the allocation, with which the memory may have moved.
    const [from, to, ids] = [memory.read(x), memory.read(sums), memory.read(segmentIds)];
    const length = tf.util.sizeFromShape(rowShape);
    to.fill(0);
    for (let row = 0; row < ids.length; row++) {
      const segment = ids[row]!;
      if (segment < 0 || segment >= segments) continue;
      const [source, target] = [row * length, segment * length];
      for (let i = 0; i < length; i++) to[target + i]! += from[source + i]!;
    }
    return sums;
  },
};
