import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inceptionResNetV1, tf } from 'inception-lab';
import { handleModelFiles } from '../../dist/backends/node/model-files.js';
import { currentBuild, nativeFolder, nativePackage } from '../../dist/backends/native/folder.js';
import { forEachBackend } from '../support/backends.js';
import { temporaryFolder } from '../support/temporary-folder.js';

function network(seed: number): tf.LayersModel {
  return inceptionResNetV1({
    ...{ stem: 'small', inputShape: [8, 8, 3], width: 0.04, classes: 3, blocks: [1, 1, 1], seed },
  });
}

function outputOf(model: tf.LayersModel): number[] {
  const x = tf
    .range(0, 8 * 8 * 3)
    .div(100)
    .reshape([1, 8, 8, 3]);
  return [...(model.predict(x) as tf.Tensor).dataSync()];
}

describe("TensorFlow.js's own files of models", () => {
  it('have one handler, also where a process has this library twice', () => {
    handleModelFiles();
    assert.equal(tf.io.getSaveHandlers('file:///tmp/model').length, 1);
    assert.equal(tf.io.getLoadHandlers('file:///tmp/model/model.json').length, 1);
  });

  forEachBackend((backend) => {
    const folder = join(temporaryFolder(), 'new', 'model');
    const file = join(folder, 'model.json');

    it('are written and read', async () => {
      const model = network(1);
      await model.save(`file://${folder}`);
      const loaded = await tf.loadLayersModel(`file://${file}`);
      assert.deepEqual(outputOf(loaded), outputOf(model));
    });

    it('are replaced whole, without what was there before', async () => {
      const other = network(2);
      await other.save(`file://${folder}`);
      const names = await readdir(folder);
      assert.equal(names.length, 2, names.join());
      assert.deepEqual(outputOf(await tf.loadLayersModel(`file://${file}`)), outputOf(other));
    });

    it('are refused in a sentence where they are not whole, and the old ones stay', async () => {
      const load = (path: string) => tf.loadLayersModel(`file://${path}`);
      await assert.rejects(
        load(join(folder, 'none.json')),
        /^Error: Cannot load the model ".*none\.json": ENOENT/,
      );
      await assert.rejects(load(folder), /it is a folder; give its model\.json\.$/);
      const text = await readFile(file, 'utf8');
      const broken = join(folder, 'broken.json');
      await writeFile(broken, text.slice(0, -10));
      await assert.rejects(load(broken), /it is not JSON/);
      await writeFile(broken, text.replace(/"weights\.[0-9a-f]+\.bin"/, '"../weights.bin"'));
      await assert.rejects(load(broken), /its weights "\.\.\/weights\.bin" are not next to it\.$/);
      await mkdir(join(folder, 'weights'));
      const before = await readFile(file);
      await assert.rejects(
        network(3).save(`file://${file}`),
        /^Error: Cannot save a model in ".*model\.json"/,
      );
      assert.deepEqual(await readFile(file), before);
    });

    if (backend !== 'native') return;
    it("are tfjs-node's own, both ways", async () => {
      const base = join(nativeFolder(), currentBuild()?.kind ?? '', 'package.json');
      const { fileSystem } = (createRequire(base)(nativePackage) as NativePackage).io;
      const model = network(4);
      await model.save(`file://${folder}`);
      assert.deepEqual(outputOf(await tf.loadLayersModel(fileSystem(file))), outputOf(model));
      const theirs = temporaryFolder();
      await model.save(fileSystem(theirs));
      const loaded = await tf.loadLayersModel(`file://${join(theirs, 'model.json')}`);
      assert.deepEqual(outputOf(loaded), outputOf(model));
    });
  });
});

interface NativePackage {
  readonly io: { readonly fileSystem: (path: string) => tf.io.IOHandler };
}
