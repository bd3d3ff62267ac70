import assert from 'node:assert/strict';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { viz } from 'inception-lab';

interface Item {
  readonly marktype?: string;
  readonly items?: Item[];
  readonly width?: number;
  readonly y?: number;
  readonly datum?: { name?: string };
}

/** The bars of a drawn plot: of the left panel, then of the right one. */
function bars(plot: viz.Specification): Item[] {
  const view = new View(parse(compile(plot as unknown as TopLevelSpec).spec), {
    renderer: 'none',
  }).run();
  const find = (item: Item): Item[] =>
    item.marktype === 'rect' ? (item.items ?? []) : (item.items ?? []).flatMap(find);
  return find((view.scenegraph() as unknown as { root: Item }).root).filter(
    ({ datum }) => datum?.name,
  );
}

describe('viz.costByBlock', () => {
  it('draws a bar a block and quantity, in the order given, of proportional length', () => {
    const drawn = bars(
      viz.costByBlock([
        { name: 'stem', parameters: 1, multiplyAdds: 40 },
        { name: 'inceptionA', parameters: 2, multiplyAdds: 10 },
        { name: 'head', parameters: 4, multiplyAdds: 0 },
      ]),
    );
    const names = drawn.map(({ datum }) => datum?.name);
    assert.deepEqual(names, ['stem', 'inceptionA', 'head', 'stem', 'inceptionA', 'head']);
    const [a, b, c, d, e, f] = drawn.map(({ width = NaN }) => width);
    assert.deepEqual([b! / a!, c! / a!, d! / e!, f], [2, 4, 4, 0]);
    const tops = drawn.slice(0, 3).map(({ y = NaN }) => y);
    assert.deepEqual(
      tops,
      [...tops].sort((left, right) => left - right),
    );
  });
});
