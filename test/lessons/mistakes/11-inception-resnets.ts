import type { Mistakes } from './mistake.js';

export const inceptionResNets: Mistakes = {
  'predict-channels': [
    {
      what: "Figure 17's number",
      change: ['[1152, 2144]', '[1154, 2146]'],
      message:
        /^✗ your prediction for v2: expected 1152 at \[0\], but got 1154.*goes through the pool/s,
    },
    {
      what: "Figure 19's number",
      change: ['[1152, 2144]', '[1152, 2048]'],
      message: /^✗ your prediction for v2: expected 2144 at \[1\], but got 2048/,
    },
    {
      what: 'the pool left out',
      change: ['[896, 1792]', '[640, 896]'],
      message: /^✗ your prediction for v1: expected 896 at \[0\], but got 640/,
    },
  ],
  'inception-resnet-b': [
    {
      what: 'the 7×1 first: the same shape and count',
      change: ['wide, [1, 7]', 'wide, [7, 1]'],
      also: ['tall, [7, 1]', 'tall, [1, 7]'],
      message:
        /^✗ your Inception-ResNet-B, v1: the second convolution of branch 2 .* is a 1×7; yours is a 7×1/,
    },
    {
      what: 'the branches in another order: the same shape and count',
      change: [
        "conv(x, 'B/branch1/conv1', first, 1),\n    conv(row, 'B/branch2/conv3', tall, [7, 1]),",
        "conv(row, 'B/branch2/conv3', tall, [7, 1]),\n    conv(x, 'B/branch1/conv1', first, 1),",
      ],
      message:
        /^✗ your Inception-ResNet-B, v1: the concatenation .* takes the ReLU of the first convolution of branch 1 as number 1/,
    },
    {
      what: 'filters in another order, which only v2 shows',
      change: ["'B/branch2/conv2', wide", "'B/branch2/conv2', first"],
      message:
        /^✗ your Inception-ResNet-B, v2: the second convolution of branch 2 .* has 160 filters; yours has 192/,
    },
    {
      what: 'a squeeze as wide as branch 1, which only v2 shows',
      change: ["'B/branch2/conv1', 128", "'B/branch2/conv1', first"],
      message:
        /^✗ your Inception-ResNet-B, v2: the first convolution of branch 2 .* has 128 filters; yours has 192/,
    },
  ],
  'reduction-b': [
    {
      what: 'the stride one box too early: the same shape and count',
      change: [
        "conv(squeezed4, 'R/branch4/conv2', third, 3)",
        "conv(squeezed4, 'R/branch4/conv2', third, 3, stride2V)",
      ],
      also: [
        "conv(middle, 'R/branch4/conv3', fourth, 3, stride2V)",
        "conv(middle, 'R/branch4/conv3', fourth, 3)",
      ],
      message:
        /^✗ your Reduction-B, v1: the second convolution of branch 4 .* has stride 1; yours has stride 2.*only the last box/s,
    },
    {
      what: "Inception-v4's pool at the end: the same shape and count",
      change: ["    maxPool(x, 'R/branch1/pool1'),\n", ''],
      also: [
        'fourth, 3, stride2V),\n  ];',
        "fourth, 3, stride2V),\n    maxPool(x, 'R/branch1/pool1'),\n  ];",
      ],
      message:
        /^✗ your Reduction-B, v1: the concatenation .* takes the pool of branch 1 as number 1/,
    },
    {
      what: "version 1's filters in both",
      change: ["'R/branch4/conv3', fourth", "'R/branch4/conv3', third"],
      message:
        /^✗ your Reduction-B, v2: the third convolution of branch 4 .* has 320 filters; yours/,
    },
  ],
  'whole-v1': [
    {
      what: 'unscaled residuals: the same shape and counts',
      change: ['residualScale: 0.1', 'residualScale: 1'],
      message:
        /^✗ your network, .*: the scaled sum .* scales by 0\.1; yours scales by 1\..*Follow the plan/s,
    },
    {
      what: 'm and n of Reduction-A confused: the same shape',
      change: ['...filtersOfReductionA.v1', '...filtersOfReductionA.v1, m: 384, n: 256'],
      message:
        /^✗ your network, .*: the .*convolution of branch \d .*reductionA.* filters; yours has/,
    },
    {
      what: 'five B in place of ten',
      change: ['i <= 10', 'i <= 5'],
      message: /^✗ your network, .*"inceptionResNetB6\/.*is missing in yours/,
    },
    {
      what: "version 2's B",
      change: [
        'inceptionResNetB(x, { ...options,',
        "inceptionResNetB(x, { ...options, version: 'v2',",
      ],
      message: /^✗ your network, .*"inceptionResNetB1\/.* filters; yours has/,
    },
  ],
  'predict-order': [
    {
      what: 'the text believed: version 2 as drawn above Inception-v4',
      change: [
        "'Inception-ResNet-v2, 5/10/5',\n    'Inception-v4, 4/7/3',",
        "'Inception-v4, 4/7/3',\n    'Inception-ResNet-v2, 5/10/5',",
      ],
      message: /^✗ your order: expected "Inception-ResNet-v2, 5\/10\/5" at \[2\].*how many blocks/s,
    },
    {
      what: 'version 1 below its model',
      change: [
        "'Inception-v3',\n    'Inception-ResNet-v1, 5/10/5',",
        "'Inception-ResNet-v1, 5/10/5',\n    'Inception-v3',",
      ],
      message: /^✗ your order: expected "Inception-v3" at \[0\].*a little more than its model/s,
    },
    {
      what: 'the released network too',
      change: [
        "'Inception-ResNet-v2, 10/20/10',",
        "'Inception-ResNet-v2, released',\n    'Inception-ResNet-v2, 10/20/10',",
      ],
      message: /^✗ your order: /,
    },
  ],
  'inception-resnet-c': [
    {
      what: 'the column first: the same shapes and counts where the filters are equal',
      change: ['wide, [1, 3]', 'wide, [3, 1]'],
      also: ['tall, [3, 1]', 'tall, [1, 3]'],
      message: /^✗ your Inception-ResNet-C, v1: .*a 1×3 and then a 3×1/s,
    },
    {
      what: 'filters of the version that is asked for in the wrong place',
      change: ["'C/branch2/conv3', tall", "'C/branch2/conv3', wide"],
      message: /^✗ your Inception-ResNet-C, v2: .*has 256 filters; yours has 224/s,
    },
  ],
};
