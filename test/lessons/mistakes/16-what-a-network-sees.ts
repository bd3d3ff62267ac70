import type { Mistakes } from './mistake.js';

export const whatANetworkSees: Mistakes = {
  'predict-gradient': [
    {
      what: 'a head that adds up',
      change: ['weight / 4', 'weight'],
      message: /^✗ the gradients of five channels, .*The mean of four numbers/s,
    },
    {
      what: 'a mean over two places',
      change: ['weight / 4', 'weight / 2'],
      message: /^✗ the gradients of five channels, at the first place: expected /,
    },
  ],
  'grad-cam': [
    {
      what: 'nothing cut off: right where all places speak for the class',
      change: ['.sum(3).relu()', '.sum(3)'],
      message:
        /^✗ your map of the boot, after inceptionResNetB1: expected 0 at .*cut off below zero/s,
    },
    {
      what: "each place's own gradient: right at the last map",
      change: ['features.mul(weights)', 'features.mul(gradient)'],
      message:
        /^✗ your map of the boot, after inceptionResNetB1: expected .*One weight per channel/s,
    },
    {
      what: 'the gradient added up over the places',
      change: ['gradient.mean([1, 2], true)', 'gradient.sum([1, 2], true)'],
      message:
        /^✗ your map of the boot, after inceptionResNetC1: expected 0\.891\d* at \[0\]\[0\], but got 3\.56/,
    },
    {
      what: 'one weight for all channels',
      change: ['gradient.mean([1, 2], true)', 'gradient.mean()'],
      message: /^✗ your map of the boot, after inceptionResNetC1: expected /,
    },
  ],
  occlusion: [
    {
      what: 'what is left in place of what is lost',
      change: ['whole - probabilityOf', '-whole + probabilityOf'],
      message: /^✗ your drops for the boot: expected .*less that of the covered one/s,
    },
    {
      what: 'rows and columns exchanged',
      change: ['cover(photograph, top, left)', 'cover(photograph, left, top)'],
      message: /^✗ your drops for the boot: expected .*rows from the top/s,
    },
    {
      what: 'logits in place of probabilities',
      change: ['tf.softmax(logits)', 'logits'],
      message: /^✗ your drops for the boot: expected .*The probability/s,
    },
  ],
  saliency: [
    {
      what: 'gradients with their signs',
      change: ['.abs()', ''],
      message: /^✗ your saliency of the boot: expected .*without the sign/s,
    },
    {
      what: 'the gradient of the probability',
      change: ['(network.apply(x) as tf.Tensor2D)', 'tf.softmax(network.apply(x) as tf.Tensor2D)'],
      message: /^✗ your saliency of the boot: expected .*not the probability's/s,
    },
  ],
  climb: [
    {
      what: 'steps as long as the gradient',
      change: ['gradient.div(length)', 'gradient'],
      message: /^✗ a step of two pictures, .*: expected 0\.2 at .*0\.0015 and 2/s,
    },
    {
      what: 'one length for all pictures',
      change: ['mean([1, 2, 3], true)', 'mean()'],
      message: /^✗ a step of two pictures, .*: expected 0\.2 at /,
    },
    {
      what: 'a step downhill',
      change: ['x.add(gradient', 'x.sub(gradient'],
      message: /^✗ a step of two pictures, .*: expected 0\.2 at .*, but got -0\.2/,
    },
  ],
};
