import type { Mistakes } from './mistake.js';

export const factorizingConvolutions: Mistakes = {
  'predict-fields': [
    {
      what: 'kernel sizes added up',
      change: ['[5, 7, 11]', '[6, 9, 9]'],
      message: /^✗ your prediction: expected 5 at \[0\], but got 6.*Hint: Every 3×3 adds 2 pixels/s,
    },
    {
      what: 'a stride that is forgotten',
      change: ['[5, 7, 11]', '[5, 7, 7]'],
      message: /^✗ your prediction: expected 11 at \[2\], but got 7.*so it adds 4/s,
    },
  ],
  'two-threes': [
    {
      what: 'no padding',
      change: ['seed: 1 }', "seed: 1, padding: 'valid' as const }"],
      message:
        /^✗ the shape of the output: expected 16 at \[0\], but got 12.*Hint: convolutionUnit pads/s,
    },
    {
      what: 'a second convolution that sees the input',
      change: ['convolutionUnit(first,', 'convolutionUnit(x,'],
      message:
        /^✗ what it sees: expected 5 at \[0\], but got 3.*Hint: Two 3×3, one after the other/s,
    },
    {
      what: 'the names changed round',
      change: ["name: 'five/conv1'", "name: 'five/conv2'"],
      also: [
        "convolutionUnit(first, { ...three, name: 'five/conv2' })",
        "convolutionUnit(first, { ...three, name: 'five/conv1' })",
      ],
      message: /^✗ what it sees: expected 5 at \[0\], but got 3/,
    },
  ],
  'asymmetric-pair': [
    {
      what: 'the column first: the same shape and count',
      // The blank keeps the second change from finding the first.
      change: ['kernelSize: [1, n]', 'kernelSize: [n, 1 ]'],
      also: ['kernelSize: [n, 1]', 'kernelSize: [1, n]'],
      message: /^✗ the output: expected .*Hint: A kernel size is \[height, width\]/s,
    },
    {
      what: 'two rows',
      change: ['kernelSize: [n, 1]', 'kernelSize: [1, n]'],
      message: /^✗ what it sees: expected 7 at \[0\], but got 1.*Hint: The second sees a column/s,
    },
    {
      what: 'a square',
      change: ['kernelSize: [1, n]', 'kernelSize: n'],
      message: /^✗ the weights: expected 896, but got 3584/,
    },
  ],
  'field-of': [
    {
      what: 'a stride that counts for its own layer',
      change: [
        'field += (kernelSize - 1) * step;\n    step *= stride;',
        'step *= stride;\n    field += (kernelSize - 1) * step;',
      ],
      message: /^✗ 3×3 with stride 2, then two 3×3: expected 11, but got 13.*not for its own/s,
    },
    {
      what: 'strides left out',
      change: ['(kernelSize - 1) * step', 'kernelSize - 1'],
      message: /^✗ 3×3 with stride 2, then two 3×3: expected 11, but got 7/,
    },
  ],
};
