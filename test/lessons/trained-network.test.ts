import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { useBackend } from '../../dist/backends/node/use-backend.js';
import {
  loadTrainedNetwork,
  loadTrainedRecipe,
  trainedNetworkNames,
} from '../../dist/lessons/trained-network.js';

describe("The course's trained networks", () => {
  before(() => useBackend('wasm'));

  for (const name of trainedNetworkNames) {
    it(`have what they were measured to err in the recipe, and in weights/README.md: ${name}`, async () => {
      const { measured } = await loadTrainedRecipe(name);
      assert.equal(measured!.pictures, 10_000);
      const percent = (100 * measured!.top1).toFixed(2);
      assert.ok(readFileSync('weights/README.md', 'utf8').includes(`on ${percent} %`), percent);
    });

    it(`take the pictures of their set, and are at most 3 MB: ${name}`, async () => {
      const model = await loadTrainedNetwork(name);
      const shape = name === 'cifar10' ? [null, 32, 32, 3] : [null, 28, 28, 1];
      assert.deepEqual(model.inputs[0]!.shape, shape);
      assert.deepEqual(model.outputs[0]!.shape, [null, 10]);
      assert.ok((await stat(`weights/${name}.safetensors`)).size <= 3e6);
      model.dispose();
    });
  }

  it('are refused by another name, with a list', async () => {
    await assert.rejects(
      loadTrainedNetwork('imagenet' as never),
      /no trained network "imagenet"\. Choose one of: fashion-mnist, fashion-mnist-deep, cifar10\./,
    );
  });
});
