import type { Mistakes } from './mistake.js';

export const startHere: Mistakes = {
  'channel-means': [
    {
      what: 'the mean of everything',
      change: ['mean([0, 1])', 'mean()'],
      message: /^✗ the shape of the means: expected shape \[1\], but got \[0\].*axes 0 and 1/s,
    },
    {
      what: 'the sum, whose shape is right',
      change: ['mean([0, 1])', 'sum([0, 1])'],
      message: /^✗ the means of two pixels: expected 50 at \[0\], but got 100/,
    },
    {
      what: 'the mean over rows alone',
      change: ['mean([0, 1])', 'mean(0)'],
      message: /^✗ the shape of the means: expected shape \[1\], but got \[2\]/,
    },
  ],
  'scale-pixels': [
    {
      what: 'pixels from 0 to 1',
      change: ['div(127.5).sub(1)', 'div(255)'],
      message:
        /^✗ what becomes of 0, 127\.5 and 255: expected -1 at \[0\], but got 0.*Hint: Divide/s,
    },
    {
      what: 'the subtraction first',
      change: ['div(127.5).sub(1)', 'sub(1).div(127.5)'],
      message: /^✗ what becomes of 0, 127\.5 and 255: expected -1 at \[0\], but got -0\.0078/,
    },
  ],
  'predict-shapes': [
    {
      what: 'where a slice ends in place of how long it is',
      change: ['[2, 64, 32, 3]', '[2, 164, 82, 3]'],
      message: /^✗ the shape of middle: expected 64 at \[1\], but got 164/,
    },
    {
      what: 'axes that stay',
      change: ['[2, 3]', '[2, 1, 1, 3]'],
      message: /^✗ the shape of means: expected shape \[2\], but got \[4\].*Hint: Axes 1 and 2/s,
    },
  ],
  brightness: [
    {
      what: 'the plain mean',
      change: ['.mul(tf.tensor1d([0.299, 0.587, 0.114])).sum(2)', '.mean(2)'],
      message: /^✗ red, green, blue and white: expected 76\.\d* at \[0\]\[0\], but got 85/,
    },
    {
      what: 'the channels kept as an axis',
      change: ['.sum(2)', '.sum(2, true)'],
      message: /^✗ the shape: expected .*the axis of the channels, 2, is taken away/s,
    },
  ],
};
