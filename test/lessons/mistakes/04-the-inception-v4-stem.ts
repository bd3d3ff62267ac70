import type { Mistakes } from './mistake.js';

export const theStem: Mistakes = {
  'predict-sides': [
    {
      what: 'padding everywhere',
      change: ['[149, 147, 147, 73, 71, 35]', '[150, 150, 150, 75, 75, 38]'],
      message: /^✗ your prediction: expected 149 at \[0\], but got 150.*Hint: ⌊\(299/s,
    },
    {
      what: 'no padding in the third convolution',
      change: ['[149, 147, 147, 73, 71, 35]', '[149, 147, 145, 72, 70, 34]'],
      message: /^✗ your prediction: expected 147 at \[2\], but got 145/,
    },
  ],
  'first-split': [
    {
      what: 'the convolution first: the same shape and count',
      change: ['[pooled, convolved]', '[convolved, pooled]'],
      message: /^✗ the output: expected .*Hint: The pool comes first/s,
    },
    {
      what: 'a convolution of what the pool left',
      change: [
        "conv(x, 'stem/split1/branch2/conv1', 96, 3, {",
        "conv(pooled, 'stem/split1/branch2/conv1', 96, 3, {",
      ],
      message: /^✗ the shape of the output: your code stopped with/,
    },
    {
      what: 'as many filters as come in',
      change: ["'stem/split1/branch2/conv1', 96", "'stem/split1/branch2/conv1', 64"],
      message: /^✗ the shape of the output: expected 160 at \[2\], but got 128/,
    },
  ],
  'second-split': [
    {
      what: "TF-slim's order, the 1×7 first: the same shape and count",
      change: ['64, [7, 1]', '64, [1, 7]'],
      also: ["conv3', 64, [1, 7]", "conv3', 64, [7, 1]"],
      message: /^✗ the output: expected .*the 7×1 comes before the 1×7/s,
    },
    {
      what: 'padding in the last convolutions',
      change: ["conv2', 96, 3, { padding: 'valid' }", "conv2', 96, 3"],
      also: ["conv4', 96, 3, { padding: 'valid' }", "conv4', 96, 3"],
      message: /^✗ the shape of the output: expected 71 at \[0\], but got 73.*Only the two 3×3/s,
    },
    {
      what: 'no 1×1 before the 7×1',
      change: ['conv(squeezed,', 'conv(x,'],
      message: /^✗ the parameters: expected 189312, but got/,
    },
  ],
  'whole-stem': [
    {
      what: 'the pool first in the third split: the same shape and count',
      change: ['[convolved, pooled]', '[pooled, convolved]'],
      message: /^✗ the output: expected .*Hint: In the third split the convolution comes first/s,
    },
    {
      what: 'a third convolution without padding',
      change: ["'stem/conv3', 64, 3)", "'stem/conv3', 64, 3, { padding: 'valid' })"],
      message: /^✗ the shape of the output: expected 35 at \[0\], but got 34/,
    },
    {
      what: 'too few filters in the second convolution',
      change: ["'stem/conv2', 32", "'stem/conv2', 16"],
      message: /^✗ the parameters, the paper's: expected 605728, but got/,
    },
  ],
  'any-side': [
    {
      what: 'rounding up',
      change: ['Math.floor((left', 'Math.ceil((left'],
      message: /^✗ what is left of 150 pixels: expected 16, but got 17/,
    },
    {
      what: 'a window without padding forgotten',
      change: ['[2, 1, 2, 1, 2]', '[2, 2, 1, 2]'],
      message: /^✗ the smallest picture: expected 27, but got 23.*Go backwards/s,
    },
  ],
};
