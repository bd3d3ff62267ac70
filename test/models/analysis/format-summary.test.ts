import assert from 'node:assert/strict';
import { formatSummary, inceptionV4, summarize, tf } from 'inception-lab';
import { buildBlank } from '../../../dist/models/parts/he-normal.js';
import { useTestBackend } from '../../support/backend.js';

describe('formatSummary', () => {
  it('says how many of the parameters are trainable, where some are frozen', () => {
    const dense = (units: number) => tf.layers.dense({ units, useBias: false });
    const model = tf.sequential({
      layers: [tf.layers.inputLayer({ inputShape: [3] }), dense(4), dense(5)],
    });
    const last = () => formatSummary(summarize(model)).split('\n').at(-1);
    assert.match(last()!, /dense/);
    model.layers[1]!.trainable = false;
    assert.equal(last(), '20 of the parameters are trainable, the others frozen.');
  });

  let lines: (depth: number) => string[];
  before(async () => {
    await useTestBackend();
    const summary = summarize(buildBlank(() => inceptionV4()));
    lines = (depth) => formatSummary(summary, { depth }).split('\n');
  });

  it('shows the network, then its blocks, in columns', () => {
    const [header = '', network = '', stem = ''] = lines(1);
    assert.match(network, /^inceptionV4 +1000 +42,679,816 +12,253,974,624 +[\d,]+ +[\d.]+$/);
    assert.match(stem, /^ {2}stem +35 × 35 × 384 +605,728 +2,289,943,648 +[\d,]+ +[\d.]+$/);
    assert.equal(
      header.indexOf('parameters') + 'parameters'.length,
      network.indexOf('42,679,816') + 10,
    );
    assert.equal(lines(1).length, 2 + 18);
    assert.equal(lines(0).length, 2);
  });

  it("shows a block's branches as its figure does, from left to right", () => {
    const all = lines(2).map((line) => line.split(/ {2,}/).find(Boolean));
    const start = all.indexOf('inceptionA1');
    assert.deepEqual(all.slice(start + 1, start + 6), [
      'branch1',
      'branch2',
      'branch3',
      'branch4',
      'concat',
    ]);
  });
});
