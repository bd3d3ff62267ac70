import assert from 'node:assert/strict';
import type { Cell } from '../../dist/notebook/notebook.js';
import { textOf } from '../../dist/notebook/notebook.js';
import { Course, type Marks, type Submission } from './support/nbgrader.js';

interface Learner extends Submission {
  readonly name: string;
  /** What the learner does, and what becomes of it. */
  readonly what: string;
  /** Points a check, in the lesson's order. */
  readonly points: readonly number[];
}

const start = '00-start-here';
const unit = '01-the-convolution-unit';
/** Of part two. */
const shortcuts = '14-do-shortcuts-help';
const evaluating = '17-evaluating-like-the-paper';

const gradeId = ({ metadata }: Cell) => (metadata.nbgrader as { grade_id: string }).grade_id;
const without = (cells: readonly Cell[], ...ids: readonly string[]) =>
  cells.filter((cell) => !ids.includes(gradeId(cell)));

/** Answers to the first exercises of lesson 0: a wrong one, and one that is right. */
const zeros = 'function channelMeans(picture: tf.Tensor3D): tf.Tensor { return tf.zeros([3]); }';
const means = 'return picture.mean([0, 1]);';
const scaleWith = (statement: string) =>
  `function scale(picture: tf.Tensor3D): tf.Tensor3D { ${statement} }`;

/** A library of the learner's own, which takes everything for right. */
const fake = {
  'node_modules/inception-lab/package.json': '{ "name": "inception-lab", "main": "index.js" }',
  'node_modules/inception-lab/index.js': 'exports.check = () => {};',
};

/** By assignment, in the lesson's order; extras, which have no points, come last. */
const checks = {
  [start]: [
    'check-channel-means-1',
    'check-scale-pixels-1',
    'check-predict-shapes-1',
    'check-brightness-1',
  ],
  [unit]: [
    'check-convolve-1',
    'check-convolve-2',
    'check-convolution-unit-1',
    'check-predict-cost-1',
    'check-fold-1',
  ],
  [shortcuts]: [
    'check-fair-rate-1',
    'check-paired-differences-1',
    'check-predict-samples-1',
    'check-bootstrap-1',
    'check-verdict-1',
    'check-spent-1',
    'check-predict-depth-1',
    'check-false-alarms-1',
  ],
  [evaluating]: [
    'check-top-k-1',
    'check-predict-chance-1',
    'check-standard-error-1',
    'check-predict-pictures-1',
    'check-average-crops-1',
    'check-ensemble-1',
    'check-predict-price-1',
    'check-predict-gains-1',
  ],
};

const learners: Readonly<Record<string, readonly Learner[]>> = {
  [start]: [
    { name: 'solved', what: 'solves everything: all points', points: [1, 1, 1] },
    {
      name: 'wrong',
      what: 'gets one answer wrong: none for that exercise, all for the rest',
      answers: { 'channel-means': zeros },
      points: [0, 1, 1],
    },
    {
      name: 'deleting',
      what: 'deletes text, a check and the exercise before it: they are put back, and the check fails',
      answers: { 'channel-means': zeros },
      change: (cells) =>
        without(cells, 'text-1', 'check-channel-means-1', 'exercise-scale-pixels', 'text-8'),
      points: [0, 0, 1],
    },
    {
      name: 'editing',
      what: 'edits checks and cells that they need, and takes another kernel: all is as it was',
      answers: { 'channel-means': zeros },
      change: (cells) =>
        cells.map((cell) =>
          /^(check|code)-/.test(gradeId(cell)) ? { ...cell, source: 'console.log(1);' } : cell,
        ),
      kernel: 'python3',
      points: [0, 1, 1],
    },
    {
      name: 'looping',
      what: 'loops for ever: none for that exercise',
      answers: { 'scale-pixels': scaleWith('while (true) {}') },
      points: [1, 0, 1],
    },
    {
      name: 'noisy',
      what: 'writes to stderr, and leaves a type error elsewhere: only the error costs points',
      answers: {
        'channel-means': `function channelMeans(picture: tf.Tensor3D): tf.Tensor { console.error('here'); ${means} }`,
        'scale-pixels': scaleWith("return 'pixels';"),
      },
      points: [1, 0, 1],
    },
    {
      name: 'leaving',
      what: 'ends the process: none for that exercise',
      answers: { 'scale-pixels': scaleWith('process.exit(0);') },
      points: [1, 0, 1],
    },
    {
      name: 'cheating',
      what: 'brings along another check and another library: no points by that',
      answers: {
        'channel-means': `const check = (...anything: unknown[]) => {};\n${zeros}`,
        'scale-pixels': `function check(...anything: unknown[]) {}\n${scaleWith('return picture;')}`,
      },
      files: fake,
      points: [0, 0, 1],
    },
  ],
  [unit]: [
    { name: 'solved', what: 'solves everything: all points', points: [1, 1, 3, 1] },
    {
      name: 'half',
      what: 'gets the sizes right and the numbers wrong: half the points of that exercise',
      answers: {
        convolve: `function convolve(image: number[][], kernel: number[][], stride = 1): number[][] {
          const places = (pixels: number, window: number) => Math.floor((pixels - window) / stride) + 1;
          const row = Array(places(image[0].length, kernel[0].length)).fill(0);
          return Array(places(image.length, kernel.length)).fill(row);
        }`,
      },
      points: [1, 0, 3, 1],
    },
    {
      name: 'hard-coded',
      what: 'knows the answers that the learner can see: none, by the hidden tests',
      answers: {
        convolve: `function convolve(image: number[][], kernel: number[][], stride = 1): number[][] {
          const all = [[-6, -2, 4], [3, -4, 3], [11, 0, -3]];
          return stride === 1 ? all : [[all[0][0], all[0][2]], [all[2][0], all[2][2]]];
        }`,
      },
      points: [0, 0, 3, 1],
    },
  ],
  [shortcuts]: [
    { name: 'solved', what: 'solves everything: all points', points: [1, 2, 2, 3, 2, 2, 1] },
    {
      name: 'wrong',
      what: 'takes the first learning rate for the best: none for that exercise',
      answers: {
        'fair-rate':
          'function fairRate(tried: { learningRate: number; error: number }[]): number { return tried[0].learningRate; }',
      },
      points: [0, 2, 2, 3, 2, 2, 1],
    },
  ],
  [evaluating]: [
    { name: 'solved', what: 'solves everything: all points', points: [2, 1, 1, 1, 2, 2, 1, 1] },
  ],
};

describe('nbgrader', () => {
  let course: Course;
  const marks: Record<string, Record<string, Marks>> = {};

  before(async function () {
    course = await Course.begin(this, Object.keys(checks));
    for (const [assignment, all] of Object.entries(learners)) {
      await course.nbgrader('generate_assignment', assignment);
      await course.submitUndone('undone', assignment);
      for (const learner of all) await course.submit(learner.name, assignment, learner);
      await course.nbgrader('autograde', assignment);
      marks[assignment] = await course.marks(assignment);
    }
  });

  it('hands out stubs in place of solutions, and no hidden tests', async () => {
    const { cells, metadata } = await course.release(unit);
    const text = cells.map(({ source }) => textOf(source)).join('\n');
    assert.equal(text.match(/throw new Error\('not implemented'\);/g)?.length, 4);
    assert.doesNotMatch(text, /SOLUTION|HIDDEN TESTS|not square/);
    assert.equal(metadata.kernelspec?.name, 'inception-lab');
  });

  for (const [assignment, ids] of Object.entries(checks)) {
    const marksOf = (points: readonly number[]) =>
      Object.fromEntries(ids.map((id, i) => [id, points[i] ?? 0]));

    it(`marks, in ${assignment}, a learner who does nothing: no points`, () => {
      assert.deepEqual(marks[assignment]!.undone, marksOf(ids.map(() => 0)));
    });

    for (const { name, what, points } of learners[assignment]!) {
      it(`marks, in ${assignment}, a learner who ${what}`, () => {
        assert.deepEqual(marks[assignment]![name], marksOf(points));
      });
    }
  }
});
