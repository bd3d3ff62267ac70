import type { Mistakes } from './mistake.js';

export const doShortcutsHelp: Mistakes = {
  'fair-rate': [
    {
      what: 'the greatest error in place of the least',
      change: ['one.error - other.error', 'other.error - one.error'],
      message: /^✗ the rate of a network that likes 0\.045: expected 0\.045, but got 0\.2.*least/s,
    },
    {
      what: 'the error in place of its rate',
      change: ['return best.learningRate', 'return best.error'],
      message: /^✗ the rate of a network .*but got 0\.64.*the rate that belongs to it/s,
    },
  ],
  'paired-differences': [
    {
      what: 'runs paired by their place in the list',
      change: [
        'worse.find((run) => run.seed === seed)',
        'worse[better.findIndex((run) => run.seed === seed)]',
      ],
      message:
        /^✗ the differences of seeds 1 and 3: expected shape \[2\], but got \[3\].*by its seed/s,
    },
    {
      what: 'better less worse',
      change: ['partner.errors.at(-1) - errors.at(-1)', 'errors.at(-1) - partner.errors.at(-1)'],
      message: /^✗ the differences of seeds 1 and 3: expected 0\.1 at \[0\], but got -0\.1/,
    },
    {
      what: 'the first epoch',
      change: ['partner.errors.at(-1) - errors.at(-1)', 'partner.errors[0] - errors[0]'],
      message: /^✗ the differences .*: expected 0\.3 at \[1\], but got 0\.1.*the last epoch/s,
    },
  ],
  'predict-samples': [
    {
      what: 'samples without replacement',
      change: ['[5 ** 5, 4 ** 5,', '[120, 24,'],
      message: /^✗ your prediction: expected 3125 at \[0\], but got 120.*n outcomes/s,
    },
    {
      what: 'the cut of three rounded up',
      change: ['Math.floor(0.025 * 3 ** 3)', 'Math.ceil(0.025 * 3 ** 3)'],
      message: /^✗ your prediction: expected 0 at \[3\], but got 1.*less than one/s,
    },
    {
      what: 'both ends together',
      change: ['Math.floor(0.025 * 5 ** 5)', 'Math.floor(0.05 * 5 ** 5)'],
      message: /^✗ your prediction: expected 78 at \[2\], but got 156/,
    },
  ],
  bootstrap: [
    {
      what: 'means sorted as text',
      change: ['means.sort((one, other) => one - other)', 'means.sort()'],
      message: /^✗ of −6, 2, 2, 2 and 2: expected -2\.8 at \[0\].*sorts as text/s,
    },
    {
      what: 'the least and the greatest of all means',
      change: ['[means[cut], means[means.length - 1 - cut]]', '[means[0], means.at(-1)]'],
      message: /^✗ of 1 to 5: expected 1\.8 at \[0\], but got 1.*78 at each end/s,
    },
    {
      what: '5 % left out at each end',
      change: ['0.025 * means.length', '0.05 * means.length'],
      message: /^✗ of 1 to 5: expected 1\.8 at \[0\], but got 2/,
    },
    {
      what: 'one count too few',
      change: ['{ length: n ** n }', '{ length: n ** n - 1 }'],
      message: /^✗ of 0 and 1, whose four .*: expected 1 at \[1\], but got 0\.5.*\[1, 1\] among/s,
    },
    {
      what: 'a cut of 78, whatever the number of samples (hidden)',
      change: ['Math.floor(0.025 * means.length)', 'means.length === 3125 ? 78 : 0'],
      message: /^✗ of 1, 2, 3 and 10: expected 1\.5 at \[0\], but got 1\b.*How many samples/s,
    },
  ],
  verdict: [
    {
      what: 'no third verdict',
      change: ["return high < 0 ? 'the opposite' : 'not seen';", "return 'not seen';"],
      message:
        /^✗ an interval below zero: expected "the opposite", but got "not seen".*wholly below/s,
    },
    {
      what: 'the greater end in place of the lesser',
      change: ['low > 0', 'high > 0'],
      message: /^✗ an interval over zero: expected "not seen", but got "seen".*contains zero/s,
    },
    {
      what: 'seeds not counted',
      change: ["if (differences.length < 3) return 'not done';", ''],
      message: /^✗ two seeds: expected "not done", but got "seen".*Count/s,
    },
  ],
  spent: [
    {
      what: 'the way forward alone',
      change: ['3 * multiplyAdds', 'multiplyAdds'],
      message: /^✗ two epochs of 100 .*: expected 3000 at \[0\], but got 1000.*Three passes/s,
    },
    {
      what: 'each epoch by itself',
      change: [' * (i + 1)', ''],
      message: /^✗ two epochs of 100 .*: expected 6000 at \[1\], but got 3000.*earlier epochs/s,
    },
  ],
  'predict-depth': [
    {
      what: 'no harm in shortcuts',
      change: ["three: 'did harm'", "three: 'helped less'"],
      message: /^✗ three blocks: expected "did harm", but got "helped less".*0\.17/s,
    },
    {
      what: 'the same at any depth',
      change: ["eight: 'helped less'", "eight: 'helped more'"],
      message: /^✗ eight blocks: expected "helped less", but got "helped more".*longest way/s,
    },
  ],
  'false-alarms': [
    {
      what: 'only those above zero',
      change: ['low > 0 || high < 0', 'low > 0'],
      message: /^✗ of four experiments, .*: expected 0\.5, but got 0\.25.*wholly below zero/s,
    },
    {
      what: 'those that contain zero',
      change: ['low > 0 || high < 0', 'low < 0 || high > 0'],
      message: /^✗ of four experiments, .*: expected 0\.5, but got 1/,
    },
    {
      what: 'a number in place of a share',
      change: ['alarms.length / experiments.length', 'alarms.length'],
      message: /^✗ of four experiments, .*: expected 0\.5, but got 2/,
    },
  ],
};
