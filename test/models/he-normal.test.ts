import assert from 'node:assert/strict';
import { inceptionV4, type tf } from 'inception-lab';
import { buildBlank } from '../../dist/models/parts/he-normal.js';
import { useTestBackend } from '../support/backend.js';

const small = { inputShape: [75, 75, 3], width: 0.02, classes: 2, seed: 1 } as const;
const build = () => inceptionV4({ ...small, inputShape: [...small.inputShape] });

/** The largest number in the first kernel, and the model's description of itself. */
function look(model: tf.LayersModel): [largest: number, description: string] {
  const largest = Math.max(...model.getWeights()[0]!.abs().dataSync());
  const description = JSON.stringify(model.toJSON());
  model.dispose();
  return [largest, description];
}

describe('buildBlank', () => {
  before(useTestBackend);

  it('makes kernels zeros, of a model that describes itself as it otherwise would', () => {
    const [random, description] = look(build());
    assert.ok(random > 0);
    const [blank, ofBlank] = look(buildBlank(build));
    assert.equal(blank, 0);
    assert.equal(ofBlank.length, description.length);
  });

  it('ends with what it builds, also by an error', () => {
    const fail = () => {
      throw new Error('not built');
    };
    assert.throws(() => buildBlank(fail), /not built/);
    assert.ok(look(build())[0] > 0);
  });
});
