import assert from 'node:assert/strict';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { renderSvg, viz } from 'inception-lab';

const points = [1, 2, 3].flatMap((epoch) =>
  [0.1, 0.3].flatMap((offset) => [
    { arm: 'with', epoch, value: offset + 0.3 / epoch },
    { arm: 'without', epoch, value: offset + 0.6 / epoch },
  ]),
);

describe('viz.learningCurves', () => {
  it('draws the mean of the runs, and a band from the least to the greatest', () => {
    const plot = viz.learningCurves(points, { title: 'Residual' });
    const view = new View(parse(compile(plot as unknown as TopLevelSpec).spec), {
      renderer: 'none',
    }).run();
    type Row = Record<string, number> & { arm: string };
    const rows = (view.data('data_1') as Row[]).concat(view.data('data_0') as Row[]);
    const of = (epoch: number) => rows.find((row) => row.arm === 'with' && row.epoch === epoch);
    const close = (actual: number | undefined, expected: number) => {
      assert.ok(Math.abs((actual ?? NaN) - expected) < 1e-9, `${actual} for ${expected}`);
    };
    const band = rows.find((row) => row.arm === 'without' && row.epoch === 2 && 'min_value' in row);
    close(band?.min_value, 0.4);
    close(band?.max_value, 0.6);
    close(
      of(3)?.mean_value ??
        rows.find((row) => row.arm === 'with' && row.epoch === 3 && 'mean_value' in row)
          ?.mean_value,
      0.3,
    );
  });

  it('keeps the order of the arms, and names whole epochs and percents', () => {
    const svg = renderSvg(viz.learningCurves(points, { arms: ['without', 'with'] }));
    assert.ok(svg.indexOf('>without<') < svg.lastIndexOf('>with<'));
    assert.match(svg, />1<.*>2<.*>3</s);
    assert.doesNotMatch(svg, />1\.5</);
    assert.match(svg, />\d+%</);
  });
});
