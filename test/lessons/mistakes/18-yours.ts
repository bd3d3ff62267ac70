import type { Mistakes } from './mistake.js';

export const yours: Mistakes = {
  baseline: [
    {
      what: 'the class that is most frequent among those to test with',
      change: ['trainLabels.filter((k) => k === label)', 'testLabels.filter((k) => k === label)'],
      message:
        /^✗ the error for six labels .*: expected 0\.75, but got 0\.25.*most frequent one to train with/s,
    },
    {
      what: 'how often it is right',
      change: ['k !== answer', 'k === answer'],
      message: /^✗ the error for six labels .*: expected 0\.75, but got 0\.25/,
    },
    {
      what: 'the error on what is there to train with',
      change: [
        'testLabels.filter((k) => k !== answer).length / testLabels.length',
        'trainLabels.filter((k) => k !== answer).length / trainLabels.length',
      ],
      message: /^✗ the error for six labels .*: expected 0\.75, but got 0\.5/,
    },
  ],
  'new-head': [
    {
      what: 'the new layer on the old logits: the right shape',
      change: ["trained.getLayer('head/pool').output", 'trained.outputs[0]'],
      message: /^✗ the parameters: expected \d+, but got \d+.*not on the old logits/s,
    },
    {
      what: 'a softmax of its own',
      change: ['units: classes', "units: classes, activation: 'softmax'"],
      message:
        /^✗ the activation of the new layer: expected "linear", but got "softmax".*does the softmax itself/s,
    },
    {
      what: 'as many classes as before',
      change: ['units: classes', 'units: 10'],
      message: /^✗ the shape of the output: expected 7 at \[1\], but got 10/,
    },
    {
      what: 'no bias',
      change: ['units: classes', 'units: classes, useBias: false'],
      message: /^✗ the parameters: expected \d+, but got \d+/,
    },
  ],
  'predict-frozen': [
    {
      what: 'a moving mean that moves, as in some programs',
      change: ["['stayed', 'stayed', 'moved']", "['stayed', 'moved', 'moved']"],
      message: /^✗ your prediction: expected "stayed" at \[1\], but got "moved".*Frozen is frozen/s,
    },
    {
      what: 'everything moves',
      change: ["['stayed', 'stayed', 'moved']", "['moved', 'moved', 'moved']"],
      message: /^✗ your prediction: expected "stayed" at \[0\], but got "moved"/,
    },
  ],
  escape: [
    {
      what: 'the & last',
      change: [".replace(/&/g, '&amp;')", ''],
      also: [".replace(/'/g, '&#39;')", ".replace(/'/g, '&#39;')\n    .replace(/&/g, '&amp;')"],
      message:
        /^✗ a class with a program in it: expected "&lt;img .*but got "&amp;lt;.*Replace & first/s,
    },
    {
      what: 'only the first of each',
      change: ['/</g', "'<'"],
      message: /^✗ all five, twice: expected .*changes only the first/s,
    },
    {
      what: 'quotes left as they are',
      change: [".replace(/\"/g, '&quot;')", ''],
      message: /^✗ a class with a program in it: expected .*&quot;/s,
    },
    {
      what: 'what looks escaped left as it is',
      change: ['/&/g', '/&(?!lt;)/g'],
      message: /^✗ what was escaped before: expected "&amp;lt;", but got "&lt;"/,
    },
  ],
};
