import type { Mistakes } from './mistake.js';

export const reductionA: Mistakes = {
  'predict-channels': [
    {
      what: 'the pool forgotten',
      change: ['[1024, 896, 1152]', '[640, 640, 768]'],
      message: /^✗ your prediction: expected 1024 at \[0\], but got 640.*Hint: Three branches/s,
    },
    {
      what: 'l in place of m',
      change: ['[1024, 896, 1152]', '[992, 832, 1024]'],
      message: /^✗ your prediction: expected 1024 at \[0\], but got 992/,
    },
  ],
  'max-pool': [
    {
      what: 'one window too few: the last one',
      change: ['(length - k) / stride) + 1', '(length - k) / stride)'],
      message: /^✗ 3×3 with stride 2: expected shape \[3, 4\], but got \[2, 3\].*windows begin/s,
    },
    {
      what: 'nothing below zero: the right shape',
      change: ['Math.max(\n', 'Math.max(0,\n'],
      message: /^✗ (3×3 with stride 2|2×2 with stride 1): expected -/,
    },
  ],
  'reduction-a': [
    {
      what: 'padding where the stride is 2',
      change: ["{ strides: 2, padding: 'valid' as const }", '{ strides: 2 }'],
      message:
        /^✗ your Reduction-A: your code stopped with|has no padding \(V\); yours has padding/,
    },
    {
      what: 'k and l in the other order',
      change: ["'R/branch3/conv1', k", "'R/branch3/conv1', l"],
      also: ["'R/branch3/conv2', l", "'R/branch3/conv2', k"],
      message: /the first convolution of branch 3 \(".*"\) has 6 filters; yours has 7 filters/,
    },
    {
      what: 'the pool behind the convolution in the concatenation: the same shape and counts',
      change: [
        "maxPool(x, 'R/branch1/pool1'),\n    conv(x, 'R/branch2/conv1', n, 3, halving),",
        "conv(x, 'R/branch2/conv1', n, 3, halving),\n    maxPool(x, 'R/branch1/pool1'),",
      ],
      message: /the concatenation \("R\/concat"\) takes the pool of branch 1 as number 1; yours/,
    },
  ],
  'pool-gradient': [
    {
      what: 'the last window alone, where several meet',
      change: ['gradient[top][left] += value', 'gradient[top][left] = value'],
      message: /^✗ the gradient, 3×3 with stride 2: expected .*windows overlap/s,
    },
    {
      what: 'always the upper left corner',
      change: ['rows[y][x] > rows[top][left]', 'rows[y][x] > Infinity'],
      message: /^✗ the gradient, 3×3 with stride 2: expected /,
    },
  ],
};
