import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tf, train } from 'inception-lab';
import { describeOn } from '../support/backends.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { toyData } from '../support/toy-data.js';
import { toyModel } from '../support/toy-model.js';

/** A file of events: records of a length, a checksum, bytes and a checksum. */
function records(file: Buffer): Buffer[] {
  const all: Buffer[] = [];
  for (let at = 0; at < file.length;) {
    const length = Number(file.readBigUInt64LE(at));
    all.push(file.subarray(at + 12, at + 12 + length));
    at += 12 + length + 4;
  }
  return all;
}

/** The values of a tag, in their order: the field `simple_value` of tensorflow.Summary.Value. */
function values(file: Buffer, tag: string): number[] {
  return records(file).flatMap((record) => {
    const at = record.indexOf(Buffer.from([0x0a, tag.length, ...Buffer.from(tag)]));
    if (at < 0) return [];
    return [record.readFloatLE(record.indexOf(0x15, at + 2 + tag.length) + 1)];
  });
}

describeOn('native', "TensorBoard's log of a training, on the native backend,", () => {
  it('has the losses of all steps, and what became of each epoch', async () => {
    const folder = temporaryFolder();
    const losses: number[] = [];
    const model = toyModel();
    const tensors = tf.memory().numTensors;
    const config = { epochs: 2, batchSize: 8, averageDecay: 0.9, batchNormMomentum: 0.9 };
    const curve = await train(model, toyData(64, 32), config, {
      tensorBoard: folder,
      onStep: ({ loss }) => losses.push(loss),
    });
    assert.equal(tf.memory().numTensors, tensors);
    const [name = ''] = readdirSync(folder);
    const file = readFileSync(join(folder, name));
    assert.deepEqual(values(file, 'step/loss'), losses.map(Math.fround));
    for (const [tag, key] of [
      ['epoch/loss', 'loss'],
      ['epoch/top-1 error', 'top1'],
      ['epoch/learning rate', 'learningRate'],
    ] as const) {
      assert.deepEqual(
        values(file, tag),
        curve.map((result) => Math.fround(result[key])),
      );
    }
  });
});
