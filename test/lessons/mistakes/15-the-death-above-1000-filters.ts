import type { Mistakes } from './mistake.js';

export const theDeath: Mistakes = {
  zeros: [
    {
      what: 'what is not zero',
      change: ['map.equal(0)', 'map.notEqual(0)'],
      message: /^✗ the share of zeros: expected 0\.6875, but got 0\.3125.*equal\(0\)/s,
    },
    {
      what: 'a number in place of a share',
      change: ['isZero.mean()', 'isZero.sum()'],
      message: /^✗ the share of zeros: expected 0\.6875, but got 11/,
    },
    {
      what: 'channels that are zero at some place',
      change: ['.all([0, 1, 2])', '.any([0, 1, 2])'],
      message: /^✗ the share of dead channels: expected 0\.25, but got 1\b.*zero everywhere/s,
    },
    {
      what: 'places whose channels are all zero',
      change: ['.all([0, 1, 2])', '.all([3])'],
      message: /^✗ the share of dead channels: expected 0\.25, but got 0\b/,
    },
  ],
  'first-dead': [
    {
      what: 'the last one',
      change: ['shares.find', '[...shares].reverse().find'],
      message: /^✗ the first with more than 90 %: expected "A", but got "C".*stop at the first/s,
    },
    {
      what: 'the one with the most zeros',
      change: [
        'shares.find(({ value }) => value > bound)',
        '[...shares].sort((one, other) => other.value - one.value)[0]',
      ],
      message: /^✗ the first with more than 90 %: expected "A", but got "C"/,
    },
    {
      what: 'nothing said where all live',
      change: ["?.name ?? 'none'", '?.name'],
      message: /^✗ the first with more than 99\.5 %: expected "none", but got undefined.*say so/s,
    },
  ],
  'predict-drift': [
    {
      what: 'the same for any width',
      change: ['inputs * 0.5 * -0.01', '0.5 * -0.01'],
      message: /^✗ your prediction: expected -1\.12 at \[0\], but got -0\.005.*nothing cancels/s,
    },
    {
      what: 'the scale forgotten',
      change: ['0.1 * drift(448)', 'drift(448)'],
      message: /^✗ your prediction: expected -0\.224 at \[2\], but got -2\.24.*after the sum/s,
    },
    {
      what: 'as for inputs of both signs, by the root',
      change: ['inputs * 0.5', 'Math.sqrt(inputs) * 0.5'],
      message: /^✗ your prediction: expected -1\.12 at \[0\], but got -0\.07/,
    },
  ],
  'scaled-residual': [
    {
      what: 'no scale: right for the network that has none',
      change: ['change.mul(scale)', 'change'],
      message: /^✗ the last block of scale 0\.1: expected .*is scaled with it/s,
    },
    {
      what: 'the whole sum scaled',
      change: ['x.add(change.mul(scale)).relu()', 'x.add(change).mul(scale).relu()'],
      message: /^✗ the last block of scale 0\.1: expected .*x is not/s,
    },
    {
      what: 'a ReLU before the sum',
      change: ['change.mul(scale)).relu()', 'change.mul(scale).relu()).relu()'],
      message: /^✗ the last block of scale 1: expected .*The ReLU comes last/s,
    },
    {
      what: 'no ReLU',
      change: ['change.mul(scale)).relu()', 'change.mul(scale))'],
      message: /^✗ the last block of scale 1: expected 0 at .*, but got -/,
    },
  ],
  'predict-variance': [
    {
      what: 'deviations added in place of variances',
      change: ['(1 + s ** 2) ** 20', '(1 + s) ** 40'],
      message: /^✗ s = 1, without batch norm: expected 1.*20 factors of 1 \+ s²/s,
    },
    {
      what: 'the same growth with batch norm',
      change: ['[without(1), normalized(1)]', '[without(1), without(1)]'],
      message: /^✗ s = 1, with batch norm: expected 21.*, but got 1048576.*20 summands/s,
    },
    {
      what: 's in place of its square',
      change: ['1 + 20 * s ** 2', '1 + 20 * s'],
      message: /^✗ s = 0\.1, with batch norm: expected 1\.2.*, but got 3/,
    },
  ],
  'predict-warm-up': [
    {
      what: 'each step counted as one',
      change: ['(8 * 0.00001) / 0.045', '8'],
      message: /^✗ eight steps of warm-up: expected 0\.0017.*, but got 8.*Divide how far/s,
    },
    {
      what: 'one step of the eight',
      change: ['(8 * 0.00001)', '0.00001'],
      message: /^✗ eight steps of warm-up: expected 0\.0017.*, but got 0\.0002/,
    },
    {
      what: 'a power of ten too few',
      change: ['0.045 / 0.00001', '0.045 / 0.0001'],
      message: /^✗ one usual step: expected 4500, but got 450.*How many times/s,
    },
  ],
  'fold-scale': [
    {
      what: 'the bias left as it is',
      change: ['bias.mul(scale)', 'bias'],
      message: /^✗ the output without a scale: expected .*the bias is scaled too/s,
    },
    {
      what: 'divided in place of multiplied',
      change: ['kernel.mul(scale)', 'kernel.div(scale)'],
      message: /^✗ the output without a scale: expected /,
    },
  ],
};
