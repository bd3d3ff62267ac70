import assert from 'node:assert/strict';
import { crops, resNet } from '../../../dist/training/studies/evaluation/declaration.js';
import {
  errorsBySeed,
  judgeEvaluation,
} from '../../../dist/training/studies/evaluation/ensembles.js';
import type { NetworkResult } from '../../../dist/training/studies/evaluation/evaluate-network.js';
import { pack } from '../../../dist/training/studies/evaluation/pack.js';

const pictures = 40;

/** A network that gives the right class, the first, a probability for each picture. */
function network(seed: number, right: (picture: number) => number): NetworkResult {
  const rest = new Array<number>(8).fill(0);
  const rows = Array.from({ length: pictures }, (_, i) => [right(i), 1 - right(i), ...rest]);
  const probabilities = Object.fromEntries(crops.map((count) => [count, pack(rows)]));
  return {
    config: { study: 'residual', comparison: '', arm: resNet, seed, of: '', test: pictures },
    ...{ labels: '0'.repeat(pictures), probabilities },
    ...{ backend: 'cpu', device: 'test', date: '2016-02-23', seconds: 1 },
    versions: { node: '', tensorflow: '', inceptionLab: '' },
  };
}

const verdictOf = (results: readonly NetworkResult[], sentence: RegExp) =>
  judgeEvaluation(results).find(({ claim }) => sentence.test(claim.sentence))!;

describe('The evaluation of networks', () => {
  // Each is wrong about a tenth of the pictures, each about others, and not sure of it there.
  const complementary = [1, 2, 3, 4].map((seed) =>
    network(seed, (i) => (i % 10 === seed ? 0.4 : 0.9)),
  );

  it('averages probabilities: networks that are wrong by turns are right together', () => {
    const way = { crops: 1 } as const;
    const alone = errorsBySeed(complementary, { ...way, ensemble: 'one Inception-ResNet-v2' });
    assert.deepEqual(
      [...alone.values()].map(({ top1 }) => top1),
      [0.1, 0.1, 0.1, 0.1],
    );
    const two = errorsBySeed(complementary, { ...way, ensemble: 'two Inception-ResNet-v2' });
    assert.deepEqual(
      [...two.values()].map(({ top1 }) => top1),
      [0, 0, 0, 0],
    );
  });

  it('is judged picture by picture', () => {
    const { verdict, effect, pictures: judged } = verdictOf(complementary, /ensemble of four/);
    assert.deepEqual([verdict, judged], ['seen', pictures]);
    assert.ok(Math.abs(effect!.mean - 0.1) < 1e-12);
    // 40 pictures, a quarter of an error less in 16 of them: 1.96 √(0.25² · 0.4 · 0.6 / 40).
    assert.ok(Math.abs(effect!.low - (0.1 - 0.038)) < 0.008, `${effect!.low}`);
  });

  it('does not take one picture for several, since all ensembles see it', () => {
    const [first, ...others] = complementary;
    const alike = [first!, ...others].map(({ config: { seed } }) =>
      network(seed, (i) => (i === 7 && seed === 2 ? 0.4 : 0.9)),
    );
    const { verdict, effect } = verdictOf(alike, /ensemble of four/);
    assert.equal(verdict, 'not seen');
    assert.ok(effect!.mean > 0 && effect!.low === 0);
  });

  it('of two networks is not done', () => {
    assert.equal(verdictOf(complementary.slice(0, 2), /Twelve crops/).verdict, 'not done');
  });
});
