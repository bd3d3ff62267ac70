import assert from 'node:assert/strict';
import { viz } from 'inception-lab';
import { drawn, words } from '../support/drawn.js';

const blocks = [
  { name: 'stem', kind: 'stem', side: 36, channels: 384 },
  { name: 'inceptionA1', kind: 'A', side: 36, channels: 384 },
  { name: 'reductionA', kind: 'reduction', side: 9, channels: 1024 },
  { name: 'head', kind: 'head', side: 1, channels: 1000, parameters: 1_537_000 },
];

describe('viz.architectureStrip', () => {
  it('draws a box a block from left to right, as high as the square root of its side', () => {
    const boxes = drawn(viz.architectureStrip(blocks), 'rect');
    const names = [...boxes].sort((a, b) => a.x - b.x).map(({ datum }) => datum?.block);
    assert.deepEqual(names, ['stem', 'inceptionA1', 'reductionA', 'head']);
    const heights = boxes.map(({ height = NaN }) => Math.round(height));
    assert.deepEqual(heights, [150, 150, 75, 25]);
    const middles = boxes.map(({ y, height = NaN }) => Math.round(y + height / 2));
    assert.equal(new Set(middles).size, 1);
  });

  it('writes a shape where it changes, and gives each kind a colour', () => {
    const plot = viz.architectureStrip(blocks);
    const labels = drawn(plot, 'text').map(({ datum }) => datum?.label);
    assert.deepEqual(labels, ['36²\n384', '9²\n1024', '1²\n1000']);
    assert.equal(new Set(drawn(plot, 'rect').map(({ fill }) => fill)).size, 4);
    for (const kind of ['stem', 'A', 'reduction', 'head']) assert.ok(words(plot).includes(kind));
  });

  it('names all 45 boxes of Inception-ResNet-v2, within the width of a page', () => {
    const many = Array.from({ length: 45 }, (_, i) => ({
      name: `inceptionResNetB${i}`,
      kind: 'B',
      side: 17,
      channels: 1088 + (i % 2),
    }));
    const plot = viz.architectureStrip(many);
    assert.equal(words(plot).filter((word) => word.startsWith('inceptionResNet')).length, 45);
    const boxes = drawn(plot, 'rect');
    assert.ok(Math.max(...boxes.map(({ x, width = NaN }) => x + width)) < 800);
    const texts = drawn(plot, 'text').map(({ x }) => x);
    assert.ok(
      texts.slice(1).every((x, i) => x - (texts[i] ?? NaN) >= 26),
      'texts collide',
    );
  });

  it('refuses no blocks, sides of nothing, two of one name, and more kinds than colours', () => {
    const draw = (some: viz.StripBlock[]) => () => viz.architectureStrip(some);
    assert.throws(draw([]), /no blocks/);
    assert.throws(draw([{ ...blocks[0]!, side: 0 }]), /side of the block "stem" is 0/);
    assert.throws(draw([{ ...blocks[0]!, channels: NaN }]), /channels of the block "stem" is NaN/);
    assert.throws(draw([blocks[0]!, blocks[0]!]), /Two blocks are called "stem"/);
    const kinds = Array.from({ length: 8 }, (_, i) => ({
      ...blocks[0]!,
      name: `${i}`,
      kind: `${i}`,
    }));
    assert.throws(draw(kinds), /8 kinds of blocks .* 7 colours/);
  });
});
