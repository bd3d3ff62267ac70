import type { Mistakes } from './mistake.js';

export const inceptionB: Mistakes = {
  'predict-windows': [
    {
      what: 'two rows taken for a square',
      change: ['[1, 13],\n', '[7, 7],\n'],
      message:
        /^✗ your prediction: expected 1 at \[0\]\[0\], but got 7.*adds 6 places to the width/s,
    },
    {
      what: '7 + 7 for two windows of seven',
      change: ['[13, 13],', '[14, 14],'],
      message: /^✗ your prediction: expected 13 at \[2\]\[0\], but got 14/,
    },
  ],
  'stack-window': [
    {
      what: 'sizes added whole',
      change: ['[height + h - 1, width + w - 1]', '[height + h, width + w]'],
      message: /^✗ 3×3: expected 3 at \[0\], but got 4.*height − 1/s,
    },
    {
      what: 'width and height in the other order: right for squares',
      change: ['[height + h - 1, width + w - 1]', '[height + w - 1, width + h - 1]'],
      message: /^✗ 3×3, 5×1, 1×3: expected 7 at \[0\], but got 5/,
    },
  ],
  'inception-b': [
    {
      what: 'a column before the row: the same shape and counts',
      change: ["'B/branch3/conv2', 224, [1, 7]", "'B/branch3/conv2', 224, [7, 1]"],
      also: ["'B/branch3/conv3', 256, [7, 1]", "'B/branch3/conv3', 256, [1, 7]"],
      message: /the second convolution of branch 3 \(".*"\) is a 1×7; yours is a 7×1/,
    },
    {
      what: 'as the paper prints it, two rows: the same shape and counts',
      change: ["'B/branch3/conv3', 256, [7, 1]", "'B/branch3/conv3', 256, [1, 7]"],
      message: /the third convolution of branch 3 \(".*"\) is a 7×1; yours is a 1×7.*Hint: A row/s,
    },
    {
      what: 'a convolution left out',
      change: ["  fourth = conv(fourth, 'B/branch4/conv4', 224, [1, 7]);\n", ''],
      message: /the fourth convolution of branch 4 \(".*"\) is missing in yours/,
    },
  ],
  'best-product': [
    {
      what: 'a column that is not divided by the square of the row',
      change: [' / dot(row, row)', ''],
      message: /^✗ an edge, which is a product: expected .*up to a factor that cancels/s,
    },
    {
      what: 'a single turn',
      change: ['turn < 50', 'turn < 1'],
      message: /^✗ what is no product: expected .*Take more turns/s,
    },
  ],
};
