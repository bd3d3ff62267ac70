import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { viz } from 'inception-lab';
import { okabeIto, sequential } from '../../src/viz/colours.js';
import { contrast, inkOn } from '../../src/viz/contrast.js';
import { seriesColours } from '../../src/viz/series.js';
import {
  ciede2000,
  contrastOf,
  lab,
  parseHex,
  seen,
  sights,
  type Rgb,
} from '../support/colours.js';
import { drawn } from '../support/drawn.js';

/**
 * From 5 on an observer takes two colours for different ones (W. S. Mokrzycki, M. Tatol, "Colour
 * difference ΔE – A survey", Machine Graphics and Vision 20, 2011). That is of patches side by side:
 * thin lines apart from each other need more, so here twice as much is asked for.
 */
const clearlyDifferent = 10;
/** WCAG 2.2: success criterion 1.4.11 asks this of lines and bars, 1.4.3 that of text. */
const [leastOfGraphics, leastOfText] = [3, 4.5];

/** The page's background, light and dark, as the style sheet has it. */
function papers(): Rgb[] {
  const style = readFileSync('src/site/assets/style.css', 'utf8');
  const [, light, dark] = /--paper: light-dark\((#\w{6}), (#\w{6})\)/.exec(style)!;
  return [parseHex(light!), parseHex(dark!)];
}

const pairs = <Item>(items: readonly Item[]) =>
  items.flatMap((one, i) => items.slice(0, i).map((other) => [other, one] as const));

describe('The yardsticks of colour', () => {
  it('measure CIEDE2000 as its test data say', () => {
    // G. Sharma, W. Wu, E. N. Dalal, Color Research and Application 30 (1), 2005, table 1.
    for (const [one, other, expected] of [
      [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
      [[50, 2.5, 0], [73, 25, -18], 27.1492],
      [[50, 2.5, 0], [61, -5, 29], 22.8977],
      [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
      [[50, 0, 0], [50, -1, 2], 2.3669],
    ] as const) {
      assert.ok(Math.abs(ciede2000(one, other) - expected) < 5e-5, `${expected}`);
    }
  });

  it('see neither a green nor a red more in grey, with any sight', () => {
    for (const sight of Object.keys(sights)) {
      const [l, a, b] = lab(seen([128, 128, 128], sight));
      assert.ok(Math.abs(l - 53.6) < 0.1 && Math.hypot(a, b) < 0.1, sight);
    }
  });

  it('measure 21 between black and white', () => {
    assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21);
    assert.equal(contrastOf([0, 0, 0], [255, 255, 255]), 21);
  });
});

describe('The colours of series', () => {
  for (const sight of Object.keys(sights)) {
    it(`stay apart: ${sight}`, () => {
      const close = pairs(seriesColours).flatMap(([one, other]) => {
        const [a, b] = [one, other].map((hex) => lab(seen(parseHex(hex), sight)));
        const difference = ciede2000(a!, b!);
        return difference < clearlyDifferent ? [`${one} ${other}: ${difference.toFixed(1)}`] : [];
      });
      assert.deepEqual(close, []);
    });
  }

  it('stand out from the page, light or dark, but for the two that come fifth and sixth', () => {
    const pale = seriesColours.filter((hex) =>
      papers().some((paper) => contrastOf(parseHex(hex), paper) < leastOfGraphics),
    );
    assert.deepEqual(pale, [okabeIto.orange, okabeIto.skyBlue]);
    assert.deepEqual(seriesColours.slice(4, 6), pale);
  });

  it('come with a shape each, in every picture with lines', () => {
    const names = seriesColours.map((_, i) => `series ${i}`);
    const pictures = {
      lines: viz.lines(
        names.flatMap((series, i) => [
          { series, x: 1, y: i },
          { series, x: 2, y: i },
        ]),
        { xTitle: 'x', yTitle: 'y' },
      ),
      learningCurves: viz.learningCurves(names.map((arm, i) => ({ arm, epoch: 1, value: i / 10 }))),
      alongDepth: viz.alongDepth(
        names.map((series, value) => ({ series, name: 'a', value })),
        { quantity: 'n' },
      ),
    };
    for (const [name, picture] of Object.entries(pictures)) {
      const points = drawn(picture, 'symbol');
      assert.equal(new Set(points.map(({ shape }) => shape)).size, names.length, name);
      assert.equal(new Set(points.map(({ fill }) => fill)).size, names.length, name);
    }
  });

  it('have an outline that stands out, where they fill boxes', () => {
    const names = seriesColours.map((_, i) => `${i}`);
    const boxes = drawn(
      viz.architectureStrip(names.map((name) => ({ name, kind: name, side: 8, channels: 1 }))),
      'rect',
    );
    for (const { stroke = '' } of boxes) {
      for (const paper of papers()) {
        const outline = parseHex(stroke.replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3'));
        assert.ok(contrastOf(outline, paper) >= leastOfGraphics, stroke);
      }
    }
    assert.equal(boxes.length, names.length);
  });

  it('are those of bars only where they stand out', () => {
    const bars = [
      viz.costByBlock([{ name: 'stem', parameters: 1, multiplyAdds: 1 }]),
      viz.activationHistograms([{ name: 'stem', values: [1, 2] }]),
    ].flatMap((plot) => drawn(plot, 'rect'));
    for (const { fill = '' } of bars) {
      for (const paper of papers()) {
        assert.ok(contrastOf(parseHex(fill), paper) >= leastOfGraphics, fill);
      }
    }
    assert.equal(bars.length, 4);
  });
});

describe('The scale from little to much', () => {
  for (const sight of Object.keys(sights)) {
    it(`grows brighter along its way: ${sight}`, () => {
      const lightness = sequential.map((colour) => lab(seen(colour, sight))[0]);
      const rises = (steps: number) =>
        lightness.slice(steps).map((later, i) => later - lightness[i]!);
      // Neighbours differ by half a unit of L*, which nobody sees, and bytes round a tenth away.
      assert.ok(Math.min(...rises(1)) > -0.1);
      assert.ok(Math.min(...rises(2)) > 0);
    });
  }

  it('can be written on, in black or white, at every step', () => {
    for (const colour of sequential) {
      assert.ok(contrastOf(parseHex(inkOn(colour)), colour) >= leastOfText, String(colour));
    }
  });

  it("is written on so in a table's cells", () => {
    const cells = Array.from({ length: 50 }, (_, value) => ({
      row: `${value}`,
      column: 'a',
      value,
    }));
    const plot = viz.heatTable(cells);
    const fills = drawn(plot, 'rect').map(
      ({ fill = '' }) => fill.match(/\d+/g)!.map(Number) as unknown as Rgb,
    );
    const inks = drawn(plot, 'text').map(({ fill = '' }) => parseHex(fill));
    assert.equal(inks.length, 50);
    inks.forEach((ink, i) => {
      assert.ok(contrastOf(ink, fills[i]!) >= leastOfText, String(fills[i]));
    });
  });
});
