import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { check, tf } from 'inception-lab';
import { useTestBackend } from '../support/backend.js';

/** What a failed check says. */
function complaint(...[what, actual, expected, options]: Parameters<typeof check>): string {
  try {
    check(what, actual, expected, options);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the check passed');
}

/** What a passed check prints. */
function praise(action: () => void): string[] {
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: string) => lines.push(line);
  try {
    action();
  } finally {
    console.log = log;
  }
  return lines;
}

describe('check', () => {
  before(useTestBackend);

  it('says so when the value is right', () => {
    const lines = praise(() => {
      check('the sum', 1 + 2, 3);
      check('the shape', [1, 35, 35, 384], [1, 35, 35, 384]);
      check('the tensor', tf.tensor2d([[1, 2]]), [[1, 2.00001]]);
      check('the typed array', Float32Array.of(1, 2), [1, 2]);
      check('not a number', NaN, NaN);
    });
    assert.deepEqual(lines, [
      '✓ the sum',
      '✓ the shape',
      '✓ the tensor',
      '✓ the typed array',
      '✓ not a number',
    ]);
  });

  it('says what was expected and what came, and on the second failure the hint', () => {
    const complain = () =>
      complaint('the number of filters', 64, 96, { hint: 'Look at Figure 4.' });
    assert.equal(complain(), '✗ the number of filters: expected 96, but got 64.');
    const second = '✗ the number of filters: expected 96, but got 64.\n  Hint: Look at Figure 4.';
    assert.equal(complain(), second);
    assert.equal(complain(), second);
    praise(() => {
      check('the number of filters', 96, 96, { hint: 'Look at Figure 4.' });
    });
    assert.equal(complain(), '✗ the number of filters: expected 96, but got 64.');
  });

  it('compares models by what they do', () => {
    const model = (units: number) =>
      tf.sequential({ layers: [tf.layers.dense({ name: 'd', units, inputShape: [2] })] });
    assert.deepEqual(
      praise(() => {
        check('the model', () => model(3), model(3));
      }),
      ['✓ the model'],
    );
    assert.equal(
      complaint('the model', () => model(4), model(3)),
      '✗ the model: the layer d ("d") has 3 units; yours has 4 units.',
    );
    assert.equal(complaint('the model', 5, model(3)), '✗ the model: expected a model, but got 5.');
  });

  it('names the first place that differs', () => {
    const actual = [
      [1, 2],
      [3, 5],
    ];
    assert.equal(
      complaint('m', actual, [
        [1, 2],
        [3, 4],
      ]),
      '✗ m: expected 4 at [1][1], but got 5.',
    );
  });

  it('tells shapes apart', () => {
    assert.equal(
      complaint('x', tf.zeros([2, 3]), tf.zeros([3, 2])),
      '✗ x: expected shape [3, 2], but got [2, 3].',
    );
    assert.equal(complaint('x', 5, [5]), '✗ x: expected an array of shape [1], but got 5.');
    assert.equal(complaint('x', '5', 5), '✗ x: expected 5, but got "5".');
    assert.equal(complaint('x', NaN, 1), '✗ x: expected 1, but got NaN.');
  });

  it('compares numbers with a tolerance', () => {
    assert.deepEqual(
      praise(() => {
        check('x', 1.05, 1, { tolerance: 0.1 });
      }),
      ['✓ x'],
    );
    assert.match(complaint('x', 1.05, 1, { tolerance: 0.01 }), /expected 1, but got 1\.05/);
    assert.equal(complaint('x', 2 / 3, 1), '✗ x: expected 1, but got 0.666667.');
    assert.equal(
      complaint('x', 2841729, 2841728, { tolerance: 0 }),
      '✗ x: expected 2841728, but got 2841729.',
    );
  });

  it("reports what the learner's code throws", () => {
    const unsolved = () => {
      throw new Error('not implemented');
    };
    assert.equal(complaint('f', unsolved, 1), '✗ f: your code stopped with "not implemented".');
  });

  it('throws an error whose whole text, as Node prints it, is the message', () => {
    assert.throws(
      () => {
        check('x', 1, 2, { hint: 'Add one.' });
      },
      (error: Error) => {
        assert.equal(error.name, 'CheckError');
        assert.equal(error.stack, error.message);
        assert.equal(inspect(error), error.message);
        return true;
      },
    );
  });

  it('leaves no tensor behind', () => {
    const x = tf.ones([2]);
    const before = tf.memory().numTensors;
    praise(() => {
      check('x', () => x.add(1), [2, 2]);
    });
    assert.equal(tf.memory().numTensors, before);
  });
});
