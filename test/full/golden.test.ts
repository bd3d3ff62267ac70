import assert from 'node:assert/strict';
import { useTestBackend } from '../support/backend.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { goldenCases, goldenDifference } from '../support/golden.js';

describe("Our networks answer as timm's do", () => {
  const folder = temporaryFolder();
  before(useTestBackend);

  for (const golden of goldenCases()) {
    const { model, seed, height, width } = golden;
    it(`${model}, seed ${seed}, ${height} × ${width}`, async () => {
      const difference = await goldenDifference(golden, folder);
      assert.ok(difference < 1e-3, `${difference} of the logits' spread`);
    });
  }
});
