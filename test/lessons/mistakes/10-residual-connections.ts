import type { Mistakes } from './mistake.js';

export const residualConnections: Mistakes = {
  'predict-gradients': [
    {
      what: 'a sum of the two ways in place of a product of sums',
      change: ['1.5 ** 10', '1 + 0.5 ** 10'],
      message: /^✗ your prediction: expected 57\.665 at \[1\], but got 1\.000.*Hint: The deriv/s,
    },
    {
      what: 'a scale that also holds for the shortcut',
      change: ['1.05 ** 10', '0.15 ** 10'],
      message: /^✗ your prediction: expected 1\.62889 at \[2\], but got/,
    },
    {
      what: 'ten blocks that add in place of multiplying',
      change: ['0.5 ** 10', '10 * 0.5'],
      message: /^✗ your prediction: expected 0\.000976563 at \[0\], but got 5/,
    },
  ],
  'scaled-sum': [
    {
      what: 'the sum scaled: the right shape',
      change: ['x.add(change.mul(scale))', 'x.add(change).mul(scale)'],
      message:
        /^✗ the sum with a scale of 0\.1: expected 2\.5 at \[1\], but got 0\.7.*Only the change/s,
    },
    {
      what: 'a ReLU on the change: the right shape',
      change: ['change.mul(scale)).relu()', 'change.mul(scale).relu())'],
      message: /^✗ the sum with a scale of 0\.1: expected 0 at \[0\], but got 1.*may be negative/s,
    },
    {
      what: 'no ReLU: the right shape',
      change: ['.relu()', ''],
      message: /^✗ the sum with a scale of 0\.1: expected 0 at \[0\], but got -1/,
    },
  ],
  'inception-resnet-a': [
    {
      what: 'a ReLU on the linear convolution: the same shape and counts',
      change: ['filters: 256,', "filters: 256, activation: 'relu',"],
      message:
        /the linear 1×1 convolution .* has no activation; yours has the activation relu.*there is none between/s,
    },
    {
      what: 'the scale left out: the same shape and counts',
      change: ['scale: scale', 'scale: 1'],
      message: /the scaled sum \("A\/add"\) scales by 0\.2; yours scales by 1/,
    },
    {
      what: 'the change first, which scales x: the same shape and counts',
      change: ['[x, change]', '[change, x]'],
      message: /the scaled sum \("A\/add"\) takes the input as number 1; yours takes the linear/,
    },
    {
      what: 'branches in another order: the same shape and counts',
      change: [
        "conv(x, 'A/branch1/conv1', 32, 1),\n    conv(second, 'A/branch2/conv2', 32, 3),",
        "conv(second, 'A/branch2/conv2', 32, 3),\n    conv(x, 'A/branch1/conv1', 32, 1),",
      ],
      message:
        /the concatenation .* takes the ReLU of the first convolution of branch 1 as number 1/,
    },
    {
      what: 'a convolution unit in place of the linear convolution',
      change: ['linear.apply(mixed) as tf.SymbolicTensor', "conv(mixed, 'A/linear', 256, 1)"],
      message: /the linear 1×1 convolution \("A\/linear"\) has a bias; yours has no bias/,
    },
  ],
  'block-gradient': [
    {
      what: 'the shortcut forgotten',
      change: [
        'open.add(weights.matMul(open as tf.Tensor2D, true).mul(scale))',
        'weights.matMul(open as tf.Tensor2D, true).mul(scale)',
      ],
      message: /^✗ the gradient by x: expected .*goes down both ways/s,
    },
    {
      what: 'W in place of its transpose',
      change: ['(open as tf.Tensor2D, true)', '(open as tf.Tensor2D)'],
      message: /^✗ the gradient by x: expected /,
    },
    {
      what: 'the ReLU left out',
      change: [
        "above.mul(sum.greater(0).cast('float32'))",
        'above.mul(sum.greater(-99).cast("float32"))',
      ],
      message: /^✗ the gradient by x: expected .*The ReLU stops/s,
    },
  ],
};
