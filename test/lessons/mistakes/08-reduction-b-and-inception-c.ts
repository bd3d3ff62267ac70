import type { Mistakes } from './mistake.js';

export const reductionBAndInceptionC: Mistakes = {
  'predict-shape': [
    {
      what: 'with padding',
      change: ['[8, 8, 1536]', '[9, 9, 1536]'],
      message: /^✗ your prediction: expected 8 at \[0\], but got 9.*Hint: ⌊\(17/s,
    },
    {
      what: 'the pool forgotten',
      change: ['[8, 8, 1536]', '[8, 8, 512]'],
      message: /^✗ your prediction: expected 1536 at \[2\], but got 512/,
    },
  ],
  'reduction-b': [
    {
      what: 'the column before the row, with their filters: the same shape',
      change: ["'RB/branch3/conv2', 256, [1, 7]", "'RB/branch3/conv2', 256, [7, 1]"],
      also: ["'RB/branch3/conv3', 320, [7, 1]", "'RB/branch3/conv3', 320, [1, 7]"],
      message: /the second convolution of branch 3 \(".*"\) is a 1×7; yours is a 7×1/,
    },
    {
      what: 'the squeezing convolution of the short branch left out',
      change: ["conv(short, 'RB/branch2/conv2'", "conv(x, 'RB/branch2/conv2'"],
      message: /the first convolution of branch 2 \(".*"\) is missing in yours/,
    },
  ],
  'inception-c': [
    {
      what: 'the tines of the fourth branch swapped: the same shape and counts',
      change: ["'C/branch4/fork1', column, row", "'C/branch4/fork1', row, column"],
      message:
        /branch 1 of the fork of branch 4 \(".*"\) is a 3×1; yours is a 1×3.*Hint: In the third/s,
    },
    {
      what: 'a row and a column one after the other in the third branch',
      change: [
        "fork(third, 'C/branch3/fork1', row, column)",
        "conv(conv(third, 'C/branch3/conv2', 256, row), 'C/branch3/conv3', 512, column)",
      ],
      message: /of the fork of branch 3 \(".*"\) is missing in yours/,
    },
    {
      what: 'too few filters in the fourth branch',
      change: ["'C/branch4/conv2', 448", "'C/branch4/conv2', 384"],
      message: /the second convolution of branch 4 \(".*"\) has 448 filters; yours has 384 filters/,
    },
  ],
  'half-way': [
    {
      what: 'more than half asked for',
      change: ['>= total / 2', '> total / 2'],
      message: /^✗ 2, 1, 1: expected "?a"?, but got "?b"?.*Exactly half is enough/s,
    },
    {
      what: 'the largest block',
      change: [
        '(reached += value) >= total / 2',
        '(reached += value) && value === Math.max(...blocks.map((block) => block.value))',
      ],
      message: /^✗ 3, 3, 4: expected .*The largest block need not/s,
    },
  ],
};
