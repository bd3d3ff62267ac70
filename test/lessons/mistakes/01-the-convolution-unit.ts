import type { Mistakes } from './mistake.js';

export const theConvolutionUnit: Mistakes = {
  convolve: [
    {
      what: 'the kernel turned round',
      change: ['kernel[a][b]', 'kernel[kernel.length - 1 - a][kernel[0].length - 1 - b]'],
      message: /^✗ convolve with stride 1: expected .* at \[0\]\[0\].*not turned round/s,
    },
    {
      what: 'a stride that moves the window by one pixel all the same',
      change: ['image[stride * i + a][stride * j + b]', 'image[i + a][j + b]'],
      message: /^✗ convolve with stride 2: expected .* at \[0\]\[1\].*Hint: With a stride/s,
    },
    {
      what: 'a window that leaves the picture',
      change: ['/ stride) + 1', '/ stride) + 2'],
      message: /^✗ the size of convolve.*your code stopped with/,
    },
    {
      what: 'as many columns as rows',
      change: ['j < columns', 'j < rows'],
      message: /^✗ the size with a kernel that is not square: expected 3 at \[1\], but got 2/,
      hidden: true,
    },
  ],
  'convolution-unit': [
    {
      what: 'no ReLU',
      change: ['.add(beta).relu()', '.add(beta) as tf.Tensor4D'],
      message: /^✗ the least value is not negative: .*Hint: ReLU comes last/s,
    },
    {
      what: 'a ReLU before batch normalization',
      change: ["stride, 'valid');", "stride, 'valid').relu();"],
      message: /^✗ the unit's output: expected/,
    },
    {
      what: 'no ε',
      change: ['variance.add(0.001).sqrt()', 'variance.sqrt()'],
      message: /^✗ the unit's output: expected .*0\.001/s,
    },
    {
      what: 'the variance in place of the standard deviation',
      change: ['variance.add(0.001).sqrt()', 'variance.add(0.001)'],
      message: /^✗ the unit's output: expected .*√/s,
    },
    {
      what: 'padding',
      change: ["'valid'", "'same'"],
      message: /^✗ the shape of the unit's output: expected 4 at \[1\], but got 5/,
    },
  ],
  'predict-cost': [
    {
      what: 'a bias in place of γ and β',
      change: ['weights + 2 * 64', 'weights + 64'],
      message: /^✗ the parameters: expected 18560, but got 18496.*64 γ and 64 β/s,
    },
    {
      what: 'places of the input of the stem',
      change: ['147 * 147', '149 * 149'],
      message: /^✗ the multiply-adds: expected 398297088, but got 409208832.*147 · 147/s,
    },
  ],
  fold: [
    {
      what: 'the bias without the mean',
      change: ['beta.sub(mean.mul(factor)) as tf.Tensor1D', 'beta'],
      message: /^✗ convolution, bias, ReLU: expected .*Hint: Multiply out/s,
    },
    {
      what: 'γ alone in the kernel',
      change: ['gamma.div(variance.add(0.001).sqrt())', 'gamma'],
      message: /^✗ convolution, bias, ReLU: expected /,
    },
  ],
};
