import type { Mistakes } from './mistake.js';

export const inceptionV4: Mistakes = {
  'predict-convolutions': [
    {
      what: 'one of each kind',
      change: ['149', '48'],
      message: /^✗ your prediction: expected 149, but got 48.*Hint: 11 \+ 4/s,
    },
    {
      what: 'the fully connected layer counted too',
      change: ['149', '150'],
      message: /^✗ your prediction: expected 149, but got 150/,
    },
  ],
  head: [
    {
      what: 'what is kept taken for what is dropped: the same shape, counts and output',
      change: ['rate: 0.2', 'rate: 0.8'],
      message: /^✗ the fraction that is dropped: expected 0\.2, but got 0\.8.*add up to 1/s,
    },
    {
      what: 'all numbers in place of their means',
      change: [
        "tf.layers.globalAveragePooling2d({ name: 'head/pool' })",
        "tf.layers.flatten({ name: 'head/pool' })",
      ],
      message: /^✗ the parameters: expected 1537000, but got 98305000/,
    },
    {
      what: 'no softmax: the same shape and counts',
      change: ["activation: 'softmax'", "activation: 'linear'"],
      message:
        /^✗ the sum of the probabilities: expected 1 at \[0\], but got .*softmax comes last/s,
    },
  ],
  'whole-network': [
    {
      what: 'k, l, m, n of Inception-ResNet-v2',
      change: ['k: 192, l: 224, m: 256, n: 384', 'k: 256, l: 256, m: 384, n: 384'],
      message:
        /^✗ a small one: the first convolution of branch 3 \("reductionA.*has 24 filters; yours has 32/,
    },
    {
      what: 'a module too few',
      change: ['i <= 7', 'i <= 6'],
      message: /^✗ a small one: .*\("inceptionB7\/.*is missing in yours.*Hint: Compare/s,
    },
  ],
  'activation-bytes': [
    {
      what: 'numbers in place of bytes',
      change: ['4 * batch', 'batch'],
      message: /^✗ one layer, one picture: expected 2841728, but got 710432/,
    },
    {
      what: 'the batch forgotten',
      change: ['4 * batch', '4'],
      message: /^✗ two layers, eight pictures: expected 896, but got 112.*Every picture/s,
    },
  ],
  'parameters-with': [
    {
      what: 'one more of each than asked for',
      change: [
        'inceptionA1: a, inceptionB1: b, inceptionC1: c',
        'inceptionA1: a + 1, inceptionB1: b + 1, inceptionC1: c + 1',
      ],
      message: /^✗ the published 4, 7 and 3: expected 42679816, but got /,
    },
    {
      what: 'what is not named left out',
      change: ['?? 1', '?? 0'],
      message: /^✗ the published 4, 7 and 3: .*Stem, reductions and head/s,
    },
  ],
};
