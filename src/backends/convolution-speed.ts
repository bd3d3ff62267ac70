import { tf } from './tf.js';

/** One layer of the 35×35 grid's size, by 96 filters of 3×3. */
const [side, channels] = [35, 96];
const multiplyAdds = side * side * 9 * channels * channels;

/** For a backend as slow as plain JavaScript, one run takes a third of a second. */
const runs = 5;

/**
 * How fast the current backend convolves.
 *
 * @returns GFLOP/s, a multiply-add counted as two: the median of some runs after a first one
 */
export async function convolutionSpeed(): Promise<number> {
  const image = tf.randomUniform<tf.Rank.R4>([1, side, side, channels]);
  const kernel = tf.randomUniform<tf.Rank.R4>([3, 3, channels, channels]);
  const seconds: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const start = performance.now();
    const output = tf.conv2d(image, kernel, 1, 'same');
    await output.data();
    output.dispose();
    if (run > 0) seconds.push((performance.now() - start) / 1000);
  }
  tf.dispose([image, kernel]);
  const median = seconds.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? NaN;
  return (2 * multiplyAdds) / median / 1e9;
}
