import assert from 'node:assert/strict';
import {
  diagram,
  googLeNet,
  inceptionResNetV2,
  inceptionV4,
  renderSvg,
  viz,
  type tf,
} from 'inception-lab';
import { buildBlank } from '../../dist/models/parts/he-normal.js';
import { useTestBackend } from '../support/backend.js';

interface BoxValue {
  readonly label: string;
  readonly layer: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface LineValue {
  readonly x: number;
  readonly y: number;
  readonly x2: number;
  readonly y2: number;
}

function valuesOf(plot: object): { boxes: BoxValue[]; lines: LineValue[] } {
  const { layer } = plot as { layer: { data: { values: unknown[] } }[] };
  return {
    lines: layer[0]!.data.values as LineValue[],
    boxes: layer[2]!.data.values as BoxValue[],
  };
}

/** The labels of a row of boxes, from left to right, rows from below. */
function rows(boxes: readonly BoxValue[]): string[][] {
  const heights = [...new Set(boxes.map(({ top }) => top))].sort((a, b) => b - a);
  return heights.map((height) =>
    boxes
      .filter(({ top }) => top === height)
      .sort((a, b) => a.left - b.left)
      .map(({ label }) => label),
  );
}

describe('The diagram of a block', () => {
  const models: Record<string, tf.LayersModel> = {};
  before(async () => {
    await useTestBackend();
    models.v4 = buildBlank(() => inceptionV4());
    models.resNet = buildBlank(() => inceptionResNetV2());
    models.googLeNet = googLeNet();
  });
  after(() => {
    for (const model of Object.values(models)) model.dispose();
  });

  it('says each box, and what it comes after, to who cannot see it, and no arrow', () => {
    const svg = renderSvg(viz.blockDiagram(diagram(models.v4!, 'reductionA')));
    const spoken = [...svg.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label);
    assert.equal(spoken.filter((label) => label?.includes('reductionA/')).length, 6);
    assert.ok(
      spoken.includes(
        '3×3 Conv (256 stride 2 V): reductionA/branch3/conv3, after reductionA/branch3/conv2',
      ),
    );
    assert.ok(!spoken.some((label) => /x2|textY|left:/.test(label ?? '')));
  });

  it('has the branches of Figure 4 from left to right, the input below', () => {
    const { boxes } = valuesOf(viz.blockDiagram(diagram(models.v4!, 'inceptionA1')));
    assert.deepEqual(rows(boxes), [
      ['Input'],
      ['Avg Pooling', '1×1 Conv (96)', '1×1 Conv (64)', '1×1 Conv (64)'],
      ['1×1 Conv (96)', '3×3 Conv (96)', '3×3 Conv (96)'],
      ['3×3 Conv (96)'],
      ['Filter concat'],
    ]);
  });

  for (const [name, block] of [
    ['v4', 'stem'],
    ['v4', 'inceptionA1'],
    ['v4', 'reductionA'],
    ['v4', 'inceptionB1'],
    ['v4', 'reductionB'],
    ['v4', 'inceptionC1'],
    ['googLeNet', 'inception3a'],
    ['resNet', 'inceptionResNetA1'],
    ['resNet', 'inceptionResNetB1'],
    ['resNet', 'inceptionResNetC1'],
  ] as const) {
    it(`has every box and arrow of ${block}, and no box over another or under an arrow`, () => {
      const drawn = diagram(models[name]!, block);
      const plot = viz.blockDiagram(drawn);
      const { boxes, lines } = valuesOf(plot);
      assert.equal(boxes.length, drawn.nodes.length);
      assert.ok(lines.length >= drawn.edges.length);
      const { width, height } = plot as unknown as { width: number; height: number };
      for (const [i, box] of boxes.entries()) {
        assert.ok(box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height);
        for (const other of boxes.slice(i + 1)) {
          const apart =
            box.right <= other.left ||
            other.right <= box.left ||
            box.bottom <= other.top ||
            other.bottom <= box.top;
          assert.ok(apart, `${box.layer} and ${other.layer}`);
        }
        for (let t = 0.02; t < 1; t += 0.02) {
          for (const { x, y, x2, y2 } of lines) {
            const [lineX, lineY] = [x + t * (x2 - x), y + t * (y2 - y)];
            const isInside =
              lineX > box.left + 1 &&
              lineX < box.right - 1 &&
              lineY > box.top + 1 &&
              lineY < box.bottom - 1;
            assert.ok(!isInside, `an arrow goes through ${box.layer}`);
          }
        }
      }
    });
  }
});
