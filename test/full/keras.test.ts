import assert from 'node:assert/strict';
import { useTestBackend } from '../support/backend.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { kerasDifference, kerasGolden } from '../support/keras-golden.js';

describe("Our networks answer as Keras's do", () => {
  const folder = temporaryFolder();
  before(useTestBackend);

  const versions = [3, 'places', 'names', 2] as const;
  for (const [i, golden] of kerasGolden().cases.entries()) {
    const { model, seed, height, width } = golden;
    const version = versions[i % versions.length]!;
    it(`${model}, seed ${seed}, ${height} × ${width}, file of kind ${version}`, async () => {
      const difference = await kerasDifference(golden, folder, { version });
      assert.ok(difference < 1e-3, `${difference} of the logits' spread`);
    });
  }
});
