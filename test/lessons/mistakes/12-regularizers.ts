import type { Mistakes } from './mistake.js';

export const regularizers: Mistakes = {
  'smooth-targets': [
    {
      what: 'the share given to the other classes only: the right shape and sum',
      change: [
        '.add(smoothing / classes)',
        '.add(tf.oneHot(labels, classes).sub(1).mul(-smoothing / (classes - 1)))',
      ],
      message:
        /^✗ the targets of three .*: expected 0\.05 at \[0\]\[0\], but got 0\.0666667.*the right one as well/s,
    },
    {
      what: 'a right class that keeps 1',
      change: ['.mul(1 - smoothing)', ''],
      message: /^✗ the targets of three .*: expected 0\.85 at \[0\]\[2\], but got 1\.05/,
    },
  ],
  'predict-least-loss': [
    {
      what: 'a least loss of 0',
      change: ['[least(10), least(1000)]', '[0, 0]'],
      message: /^✗ your prediction: expected 0\.500\d* at \[0\], but got 0.*It is the entropy/s,
    },
    {
      what: 'the right class alone',
      change: [' - (classes - 1) * other * Math.log(other)', ''],
      message: /^✗ your prediction: expected 0\.500\d* at \[0\], but got 0\.0858/,
    },
    {
      what: 'one other class in place of all',
      change: ['(classes - 1) * other', 'other'],
      message: /^✗ your prediction: .*over the right class and the K − 1 others/s,
    },
  ],
  dropout: [
    {
      what: 'keep taken for the rate that is dropped: the right shape and mean',
      change: ['noise.less(keep)', 'noise.greaterEqual(keep)'],
      also: ['.div(keep)', '.div(1 - keep)'],
      message: /^✗ the share of zeros, .*but got 0\.[78].*The paper keeps 0\.8/s,
    },
    {
      what: 'no scaling',
      change: ['.div(keep)', ''],
      message: /^✗ the mean, about as before: expected 1\.\d+, but got 1\.[12].*Four of five/s,
    },
    {
      what: 'scaling by the drop rate',
      change: ['.div(keep)', '.div(1 - keep)'],
      message: /^✗ the mean, about as before: expected 1\.\d+, but got [56]/,
    },
    {
      what: 'scaling by the share that was kept this time: the right shape, zeros and mean',
      change: ['.div(keep)', '.div(mask.mean())'],
      message: /^✗ the output: expected .*not by how many were kept this time/s,
    },
  ],
  'predict-variance': [
    {
      what: 'the variance of the mask, without the scaling',
      change: ['[0.2 / 0.8, 0.5 / 0.5, 0.7 / 0.3]', '[0.16, 0.25, 0.21]'],
      message: /^✗ your prediction: expected 0\.2\d+ at \[0\], but got 0\.16.*mean of the squares/s,
    },
    {
      what: 'no variance at all',
      change: ['[0.2 / 0.8, 0.5 / 0.5, 0.7 / 0.3]', '[0, 0, 0]'],
      message: /^✗ your prediction: expected 0\.2\d+ at \[0\], but got 0/,
    },
  ],
  'batch-norm': [
    {
      what: 'each picture by its own moments: the right shape and means',
      change: ['tf.moments(x, [0, 1, 2])', 'tf.moments(x, [1, 2], true)'],
      message: /^✗ the output: expected .*over pictures, rows and columns together/s,
    },
    {
      what: 'one mean for all channels: the right shape',
      change: ['tf.moments(x, [0, 1, 2])', 'tf.moments(x)'],
      message: /^✗ the mean of each channel is β: expected -1 at \[0\].*its own mean/s,
    },
    {
      what: 'the variance of a sample, divided by m − 1: the right shape and means',
      change: ['variance.add(0.001)', 'variance.mul(36 / 35).add(0.001)'],
      message: /^✗ the output: expected .*the variance divides by m;/s,
    },
    {
      what: 'ε left out: the right shape and means',
      change: ['variance.add(0.001)', 'variance'],
      message: /^✗ the output: expected .*ε stands inside the root/s,
    },
    {
      what: 'γ after β',
      change: ['.mul(gamma).add(beta)', '.add(beta).mul(gamma)'],
      message: /^✗ the mean of each channel is β: expected -1 at \[0\], but got -1\.5/,
    },
  ],
  'moving-average': [
    {
      what: 'the momentum the wrong way round: the right shape',
      change: ['average.mul(momentum)', 'average.mul(1 - momentum)'],
      also: ['ofBatch.mul(1 - momentum)', 'ofBatch.mul(momentum)'],
      message: /^✗ the mean after three batches: expected 1\.\d+ at \[0\].*nine tenths of the old/s,
    },
    {
      what: 'a plain mean of the two',
      change: [
        'average.mul(momentum).add(ofBatch.mul(1 - momentum))',
        'average.add(ofBatch).div(2)',
      ],
      message: /^✗ the mean after three batches: expected 1\.\d+ at \[0\], but got 3\./,
    },
  ],
  'predict-auxiliary': [
    {
      what: 'a pool with padding',
      change: ['Math.floor((17 - 5) / 3) + 1', 'Math.ceil(17 / 3)'],
      message: /^✗ the side after the pool: expected 5, but got 6.*as in lesson 4/s,
    },
    {
      what: 'a bias in place of batch norm',
      change: ['1024 * 128 + 2 * 128', '1024 * 128 + 128'],
      message: /^✗ the parameters: expected 3359464, but got 3359336/,
    },
    {
      what: 'a second convolution of 1×1',
      change: ['side * side * 128 * 768', '128 * 768'],
      message: /^✗ the parameters: .*its kernel is as large as the map/s,
    },
  ],
  'best-lead': [
    {
      what: 'the right class without its share of the smoothing',
      change: ['(1 - smoothing + other)', '(1 - smoothing)'],
      message: /^✗ 10 classes, smoothing 0\.1: expected 4\.51\d*, but got 4\.4998/,
    },
    {
      what: 'the share of one other class taken for that of all',
      change: ['const other = smoothing / classes', 'const other = smoothing'],
      message: /^✗ 10 classes, smoothing 0\.1: expected .*the ratio of the two probabilities/s,
    },
  ],
};
