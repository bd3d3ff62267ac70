import { tf } from '../tf.js';
import { copyRuns } from './copy-runs.js';
import { memoryOf } from './memory.js';
import type { MendedKernel } from './mend.js';

/** Branches side by side, without the garbage that TensorFlow.js 4.22 makes for every pixel. */
export const concat: MendedKernel = {
  name: 'Concat',
  backends: ['wasm'],
  compute(call, stock) {
    const parts = Object.values(call.inputs).filter(({ size }) => size > 0);
    const [first] = parts;
    if (!first || parts.length < 2 || parts.some(({ dtype }) => dtype !== 'float32')) {
      return stock!(call);
    }
    const [axis] = tf.util.parseAxisParam(call.attrs.axis as number, first.shape);
    const memory = memoryOf(call.backend);
    const shapes = parts.map(({ shape }) => shape);
    tf.backend_util.assertParamsConsistent(shapes, axis!);
    const output = memory.allocate(tf.backend_util.computeOutShape(shapes, axis!));
    const values = memory.read(output);
    const lengths = shapes.map((shape) => tf.util.sizeFromShape(shape.slice(axis)));
    const distance = lengths.reduce((sum, length) => sum + length, 0);
    let start = 0;
    for (const [i, part] of parts.entries()) {
      const length = lengths[i]!;
      const from = { values: memory.read(part), start: 0, distance: length };
      copyRuns(from, { values, start, distance }, length);
      start += length;
    }
    return output;
  },
};
