import assert from 'node:assert/strict';
import { useTestBackend } from '../support/backend.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { kerasDifference, kerasGolden } from '../support/keras-golden.js';

describe("Our networks answer as Keras's do", () => {
  const folder = temporaryFolder();
  before(useTestBackend);

  for (const golden of kerasGolden().cases) {
    const { model, seed, height, width } = golden;
    it(`${model}, seed ${seed}, ${height} × ${width}`, async () => {
      const difference = await kerasDifference(golden, folder);
      assert.ok(difference < 1e-3, `${difference} of the logits' spread`);
    });
  }
});
