import type { Mistakes } from './mistake.js';

export const training: Mistakes = {
  'cross-entropy': [
    {
      what: "the pictures' losses added up",
      change: ['losses.mean()', 'losses.sum()'],
      message: /^✗ the loss of two pictures: expected 1\.\d+, but got 2\..*mean over the pictures/s,
    },
    {
      what: 'a mean over the classes as well',
      change: ['.sum(1).neg()', '.mean(1).neg()'],
      message: /^✗ the loss of two pictures: expected 1\.\d+, but got 0\.\d+/,
    },
    {
      what: 'the logarithm of softmax: right until a probability is too small',
      change: ['tf.logSoftmax(logits)', 'tf.softmax(logits).log()'],
      message:
        /^✗ the loss of a network that is far too sure: expected 100, but got Infinity.*logSoftmax/s,
    },
  ],
  'predict-first-loss': [
    {
      what: 'no loss at all',
      change: ['[Math.log(10), Math.log(10)]', '[0, 0]'],
      message: /^✗ your prediction: expected 2\.30\d* at \[0\], but got 0/,
    },
    {
      what: 'a greater loss with smoothing',
      change: ['[Math.log(10), Math.log(10)]', '[Math.log(10), Math.log(10) + 0.5]'],
      message: /^✗ your prediction: expected 2\.30\d* at \[1\], but got 2\.80.*add up to 1/s,
    },
    {
      what: 'a logarithm to the base of 2',
      change: ['[Math.log(10), Math.log(10)]', '[Math.log2(10), Math.log2(10)]'],
      message: /^✗ your prediction: expected 2\.30\d* at \[0\], but got 3\.32/,
    },
  ],
  descend: [
    {
      what: 'a step uphill',
      change: ['variable.sub(', 'variable.add('],
      message:
        /^✗ the variables after it: expected 2\.3 at \[0\], but got 3\.7.*Against the gradient/s,
    },
    {
      what: 'a step without the learning rate',
      change: ['.mul(learningRate)', ''],
      message: /^✗ the variables after it: expected 2\.3 at \[0\], but got -4/,
    },
    {
      what: 'the loss after the step',
      change: ['return value.dataSync()[0]', 'return loss().dataSync()[0]'],
      message: /^✗ the loss, as it was before the step: expected 12, but got 6\.9/,
    },
  ],
  'rms-prop': [
    {
      what: 'ε outside of the root',
      change: ['m.add(epsilon).sqrt()', 'm.sqrt().add(epsilon)'],
      message: /^✗ v after step 1: expected .*with ε inside the root/s,
    },
    {
      what: 'the old mean square',
      change: ['m.add(epsilon)', 'meanSquare.add(epsilon)'],
      message: /^✗ v after step 1: expected .*with the new m/s,
    },
    {
      what: 'a gradient that is not squared',
      change: ['gradient.square()', 'gradient.abs()'],
      message:
        /^✗ m after step 1: expected 0\.901\d* at \[0\], but got 0\.91.*the square of the gradient/s,
    },
    {
      what: 'no momentum: the first step is right',
      change: ['velocity.mul(0.9).add(step)', 'step'],
      message: /^✗ v after step 2: expected /,
    },
    {
      what: 'a step uphill',
      change: ['weight.sub(v)', 'weight.add(v)'],
      message: /^✗ the weight after step 1: expected .*The weight less the new v/s,
    },
  ],
  'predict-step': [
    {
      what: 'a division by the gradient in both',
      change: ['[1, 0.01]', '[1, 1]'],
      message: /^✗ your prediction: expected 0\.0099\d* at \[1\], but got 1.*which of m and ε/s,
    },
    {
      what: 'no division in either',
      change: ['[1, 0.01]', '[0.01, 0.01]'],
      message: /^✗ your prediction: expected 0\.9999\d* at \[0\], but got 0\.01/,
    },
  ],
  'learning-rate': [
    {
      what: 'a fall in every epoch',
      change: ['Math.floor(epoch / 2)', 'epoch'],
      message: /^✗ the learning rates of epochs 0 to 5: expected 0\.045 at \[1\], but got 0\.0423/,
    },
    {
      what: 'a fall that has no steps',
      change: ['Math.floor(epoch / 2)', '(epoch / 2)'],
      message: /^✗ the learning rates of epochs 0 to 5: expected 0\.045 at \[1\], but got 0\.0436/,
    },
    {
      what: 'a fall by 94 %',
      change: ['0.94 **', '0.06 **'],
      message: /^✗ the learning rates of epochs 0 to 5: expected 0\.0423 at \[2\], but got 0\.0027/,
    },
  ],
  'running-average': [
    {
      what: 'average and weight exchanged',
      change: ['average.mul(d).add(weight.mul(1 - d))', 'weight.mul(d).add(average.mul(1 - d))'],
      message:
        /^✗ the average after step 0: expected 1\.\d+ at \[0\], but got 1\.1.*a tenth of the average/s,
    },
    {
      what: 'the same d from the start',
      change: ['Math.min(most, (1 + step) / (10 + step))', 'most'],
      message: /^✗ the average after step 0: expected 1\.\d+ at \[0\], but got 1\.000/,
    },
    {
      what: 'steps that are counted from 1',
      change: ['(1 + step) / (10 + step)', '(2 + step) / (11 + step)'],
      message: /^✗ the average after step 0: expected /,
    },
    {
      what: 'a d without limit',
      change: ['Math.min(most, (1 + step) / (10 + step))', '(1 + step) / (10 + step)'],
      message: /^✗ after a million steps: expected 1.*greater than 0\.9999/s,
    },
  ],
  'training-loop': [
    {
      what: 'batch normalization as in use',
      change: ['{ training: true }', '{}'],
      message: /^✗ the losses of four steps: expected .*With training: true in apply/s,
    },
    {
      what: "the next step's learning rate: the first loss is right",
      change: ['rateAt(step)', 'rateAt(step + 1)'],
      message: /^✗ the losses of four steps: expected \S+ at \[1\]/,
    },
    {
      what: 'a learning rate that stays',
      change: ['optimizer.learningRate = rateAt(step);', ''],
      message: /^✗ the losses of four steps: expected \S+ at \[2\]/,
    },
  ],
};
