import type { Mistakes } from './mistake.js';

export const evaluatingLikeThePaper: Mistakes = {
  'top-k': [
    {
      what: 'one class too many',
      change: ['before.length >= k', 'before.length > k'],
      message:
        /^✗ the top-1, top-2 and top-3 errors .*: expected 0\.75 at \[0\], but got 0\.5.*with k or more/s,
    },
    {
      what: 'what is right in place of what is wrong',
      change: ['before.length >= k', 'before.length < k'],
      message: /^✗ the top-1, top-2 and top-3 errors .*: expected 0\.75 at \[0\], but got 0\.25/,
    },
    {
      what: 'a count in place of a share',
      change: ['wrong.length / probabilities.length', 'wrong.length'],
      message: /^✗ the top-1, top-2 and top-3 errors .*: expected 0\.75 at \[0\], but got 3/,
    },
    {
      what: 'the first k classes in place of the most probable ones',
      change: [
        'const before = row.filter((p) => p > row[labels[i]]);\n    return before.length >= k;',
        'return labels[i] >= k;',
      ],
      message: /^✗ the top-1, top-2 and top-3 errors .*: expected 0 at \[2\], but got 0\.25/,
    },
  ],
  'predict-chance': [
    {
      what: 'how often the guess is right',
      change: [
        '{ ten: [9 / 10, 5 / 10], thousand: [999 / 1000, 995 / 1000] }',
        '{ ten: [0.1, 0.5], thousand: [0.001, 0.005] }',
      ],
      message:
        /^✗ your prediction: expected 0\.9 at \[0\]\[0\], but got 0\.1.*five guesses leave K − 5/s,
    },
    {
      what: 'five guesses that may be the same',
      change: ['[9 / 10, 5 / 10]', '[9 / 10, 0.9 ** 5]'],
      message: /^✗ your prediction: expected 0\.5 at \[0\]\[1\], but got 0\.59/,
    },
    {
      what: 'percent',
      change: ['[9 / 10, 5 / 10]', '[90, 50]'],
      message: /^✗ your prediction: expected 0\.9 at \[0\]\[0\], but got 90/,
    },
  ],
  'standard-error': [
    {
      what: 'n outside of the root',
      change: ['Math.sqrt((p * (1 - p)) / n)', 'Math.sqrt(p * (1 - p)) / n'],
      message: /^✗ of an error of one half, .*: expected 0\.01, but got 0\.0002.*n included/s,
    },
    {
      what: 'the variance',
      change: ['Math.sqrt((p * (1 - p)) / n)', '(p * (1 - p)) / n'],
      message: /^✗ of an error of one half, .*: expected 0\.01, but got 0\.0001/,
    },
    {
      what: 'as of a count: right for one half, and for nothing else',
      change: ['Math.sqrt((p * (1 - p)) / n)', 'Math.sqrt(p / 2 / n)'],
      message: /^✗ of small, as the draws spread: expected 0\.0\d+, but got/,
    },
  ],
  'predict-pictures': [
    {
      what: 'points taken for fractions',
      change: ['0.01 ** 2, (0.2 * 0.8) / 0.001 ** 2', '1 ** 2, (0.2 * 0.8) / 0.1 ** 2'],
      message: /^✗ your prediction: expected 1600 at \[0\], but got 0\.16.*a point is 0\.01/s,
    },
    {
      what: 'ten times the pictures for a tenth',
      change: ['(0.2 * 0.8) / 0.001 ** 2', '16000'],
      message: /^✗ your prediction: expected 160000 at \[1\], but got 16000/,
    },
  ],
  'average-crops': [
    {
      what: 'logits averaged, and the softmax last: the right shape and sum',
      change: ['logits.softmax().mean(0)', 'logits.mean(0).softmax()'],
      message: /^✗ the probabilities: expected .*First the softmax of every crop/s,
    },
    {
      what: 'the mean over classes',
      change: ['mean(0)', 'mean(1)'],
      message: /^✗ the shape of the output: expected 10 at \[0\], but got 12.*axis 0/s,
    },
    {
      what: 'the sum',
      change: ['mean(0)', 'sum(0)'],
      message: /^✗ the probabilities: expected /,
    },
    {
      what: 'the first crop alone',
      change: ['logits.softmax().mean(0)', 'logits.softmax().slice([0], [1]).squeeze()'],
      message: /^✗ the probabilities: expected /,
    },
  ],
  ensemble: [
    {
      what: 'a sum',
      change: ['sum / answers.length', 'sum'],
      message: /^✗ the mean of three made-up answers: expected 0\.6 at \[0\]\[0\], but got 1\.8/,
    },
    {
      what: 'always halved: right for two networks alone',
      change: ['sum / answers.length', 'sum / 2'],
      message:
        /^✗ the mean of three made-up answers: expected 0\.6 at \[0\]\[0\], but got 0\.9.*Add up over the networks/s,
    },
    {
      what: 'a vote of the surest in place of the mean',
      change: [
        'return sum / answers.length;',
        'return sum && Math.max(...answers.map((each) => each[i][k]));',
      ],
      message: /^✗ the mean of three made-up answers: expected 0\.6 at \[0\]\[0\], but got 1/,
    },
  ],
  'predict-gains': [
    {
      what: 'a gain from everything',
      change: ['twelveCrops: false', 'twelveCrops: true'],
      message: /^✗ twelve crops: expected false, but got true.*32 pixels/s,
    },
    {
      what: 'a gain from nothing',
      change: ['twoNetworks: true', 'twoNetworks: false'],
      message: /^✗ two networks: expected true, but got false.*different pictures/s,
    },
  ],
  'predict-price': [
    {
      what: 'the crops forgotten',
      change: ['(144 * (12.25 + 3 * 13.16)) / 12.25', '(12.25 + 3 * 13.16) / 12.25'],
      message: /^✗ your prediction: expected 607\.\d+, but got 4\.2.*every one of 144 crops/s,
    },
    {
      what: 'the crops for one network alone',
      change: ['144 * (12.25 + 3 * 13.16)', '144 * 12.25 + 3 * 13.16'],
      message: /^✗ your prediction: expected 607\.\d+, but got 147/,
    },
  ],
};
