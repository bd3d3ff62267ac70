import type { Mistakes } from './mistake.js';

export const inceptionA: Mistakes = {
  'predict-windows': [
    {
      what: 'a pool that sees nothing around it',
      change: ['[3, 1, 3, 5]', '[1, 1, 3, 5]'],
      message: /^✗ your prediction: expected 3 at \[0\], but got 1.*also that of a pool/s,
    },
    {
      what: 'two 3×3 as 3 + 3',
      change: ['[3, 1, 3, 5]', '[3, 1, 3, 6]'],
      message: /^✗ your prediction: expected 5 at \[3\], but got 6/,
    },
  ],
  'average-pool': [
    {
      what: 'padding that counts: the right shape',
      change: ['/ near.length', '/ 9'],
      message:
        /^✗ the averages of ones: expected 1 at \[0\]\[0\], but got 0\.444444.*divide by how/s,
    },
    {
      what: 'a window that does not reach to the left',
      change: ['each.slice(Math.max(0, x - 1), x + 2)', 'each.slice(x, x + 2)'],
      message: /^✗ the averages of other numbers: expected 4\.5 at \[0\]\[1\], but got/,
    },
  ],
  'inception-a': [
    {
      what: 'too few filters in one convolution',
      change: ["'A/branch3/conv2', 96", "'A/branch3/conv2', 64"],
      message:
        /the second convolution of branch 3 \("A\/branch3\/conv2"\) has 96 filters; yours has 64 filters/,
    },
    {
      what: 'the pool left out: the same shape and counts',
      change: ["conv(pooled, 'A/branch1/conv1'", "conv(x, 'A/branch1/conv1'"],
      message: /the pool of branch 1 \(".*"\) is missing in yours.*Hint: Look at Figure 4/s,
    },
    {
      what: 'branches in another order: the same shape and counts',
      change: [
        "conv(x, 'A/branch2/conv1', 96, 1),\n    conv(squeezed3, 'A/branch3/conv2', 96, 3),",
        "conv(squeezed3, 'A/branch3/conv2', 96, 3),\n    conv(x, 'A/branch2/conv1', 96, 1),",
      ],
      message:
        /the concatenation .* takes the ReLU of the first convolution of branch 2 as number 2/,
    },
  ],
  'squeeze-at-once': [
    {
      what: 'a cut into equal parts',
      change: ['kernels.map(({ shape }) => shape[3])', 'kernels.length'],
      message: /^✗ branch 2, 4 filters: expected shape \[4\] at \[0\]\[0\]\[0\], but got \[3\]/,
    },
    {
      what: 'kernels one upon the other along the input channels',
      change: ['tf.concat(kernels, 3)', 'tf.concat(kernels, 2)'],
      message: /^✗ branch 2, 4 filters: your code stopped with .*along the last axis/s,
    },
  ],
};
