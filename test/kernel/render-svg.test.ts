import assert from 'node:assert/strict';
import { renderSvg, viz } from 'inception-lab';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

const costs = viz.costByBlock([
  { name: 'stem', parameters: 605_728, multiplyAdds: 2_289_943_648 },
  { name: 'head', parameters: 1_537_000, multiplyAdds: 1_536_000 },
]);
const maps = viz.featureMaps([
  [
    [1, 2],
    [3, 4],
  ],
]);

describe('renderSvg', () => {
  for (const [name, plot] of Object.entries({ costs, maps })) {
    it(`draws ${name} as Vega's own, slower way does`, async () => {
      const view = new View(parse(compile(plot as unknown as TopLevelSpec).spec), {
        renderer: 'none',
      });
      // Vega numbers gradients and clips of all plots of a process.
      const anonymous = (svg: string) => svg.replace(/(gradient|clip)_?\d+/g, '$1');
      assert.equal(anonymous(renderSvg(plot)), anonymous(await view.toSVG()));
    });
  }

  it('keeps the bytes of pictures out of what a screen reader says', () => {
    const descriptions = [...renderSvg(maps).matchAll(/aria-label="([^"]*)"/g)].map(
      ([, text]) => text,
    );
    assert.ok(descriptions.length > 0);
    assert.deepEqual(
      descriptions.filter((text) => text?.includes('base64')),
      [],
    );
  });

  it('refuses what is no specification', () => {
    assert.throws(() => renderSvg({ $schema: '', description: '' }), /Invalid specification/);
  });
});
