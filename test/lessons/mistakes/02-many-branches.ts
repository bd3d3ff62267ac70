import type { Mistakes } from './mistake.js';

export const manyBranches: Mistakes = {
  'naive-module': [
    {
      what: 'a convolution before the pool',
      change: ["pool3(x, 'naive", "pool3(conv(x, 'naive/x', x.shape[3], 1), 'naive"],
      message: /^✗ the parameters: expected 770, but got 812/,
    },
    {
      what: 'the 3×3 and the 5×5 changed round in the concatenation',
      change: [
        "conv(x, 'naive/branch2/conv1', three, 3),\n    conv(x, 'naive/branch3/conv1', five, 5),",
        "conv(x, 'naive/branch3/conv1', five, 5),\n    conv(x, 'naive/branch2/conv1', three, 3),",
      ],
      message: /^✗ the module's output: expected .*Hint: The order is 1×1, 3×3, 5×5, pool/s,
    },
    {
      what: 'no pool',
      change: ["    pool3(x, 'naive/branch4/pool1'),\n", ''],
      message: /^✗ the shape of the output: expected 20 at \[2\], but got 14/,
    },
  ],
  'predict-channels': [
    {
      what: 'a pool that is forgotten',
      change: ['[416, 640, 864]', '[224, 224, 224]'],
      message: /^✗ your prediction: expected 416 at \[0\], but got 224.*Hint: Each module has 64/s,
    },
    {
      what: 'every module as if it had 192 channels before it',
      change: ['[416, 640, 864]', '[416, 416, 416]'],
      message: /^✗ your prediction: expected 640 at \[1\], but got 416/,
    },
  ],
  'bottleneck-module': [
    {
      what: 'no bottleneck before the 3×3',
      change: ['conv(squeezed3,', 'conv(x,'],
      message:
        /^✗ the parameters: expected 163696, but got [\d,]+.*Hint: The 3×3 convolution sees/s,
    },
    {
      what: 'the pool after its 1×1',
      change: [
        "const pooled = pool3(x, 'module/branch4/pool1');",
        "const single1 = conv(x, 'module/branch4/conv1', poolFilters, 1);",
      ],
      also: ["conv(pooled, 'module/branch4/conv1', poolFilters, 1)", "pool3(single1, 'p')"],
      message: /^✗ the module's output: expected .*Hint: In the last branch the pool comes first/s,
    },
    {
      what: 'the branches in another order',
      change: [
        "  return concatenate(branches, 'module/concat');",
        "  return concatenate([branches[0], branches[2], branches[1], branches[3]], 'module/concat');",
      ],
      message: /^✗ the module's output: expected/,
    },
  ],
  'largest-bottleneck': [
    {
      what: 'what saves nothing counted too',
      change: ['Math.ceil(direct / perChannel) - 1', 'Math.floor(direct / perChannel)'],
      message: /^✗ 1×1, 12 channels to 4 filters: expected 2, but got 3/,
    },
    {
      what: 'the weights of the 1×1 forgotten',
      change: ['channels + k * k * filters', 'k * k * filters'],
      message: /^✗ 3×3, 192 channels to 128 filters: expected .*Hint: Weights: channels/s,
    },
  ],
};
