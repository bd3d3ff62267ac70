import assert from 'node:assert/strict';
import { viz } from 'inception-lab';
import { drawn, words } from '../support/drawn.js';

const cells = [
  { row: 'GoogLeNet', column: 'parameters', value: 7_000_000 },
  { row: 'GoogLeNet', column: 'error', value: 0.3 },
  { row: 'Inception-v4', column: 'parameters', value: 42_679_816 },
  { row: 'Inception-v4', column: 'error', value: 0.2 },
  { row: 'Inception-v3', column: 'error', value: 0.25, label: 'a quarter' },
];
/** The ends of viridis, and its middle. */
const [dark, middle, bright] = ['rgb(68, 1, 84)', 'rgb(33, 145, 140)', 'rgb(253, 231, 37)'];

const fills = (plot: viz.Specification) =>
  Object.fromEntries(
    drawn(plot, 'rect').map(({ fill, datum }) => [
      `${datum?.row as string} ${datum?.column as string}`,
      fill,
    ]),
  );

describe('viz.heatTable', () => {
  it('colours each column from its least to its greatest number', () => {
    assert.deepEqual(fills(viz.heatTable(cells)), {
      'GoogLeNet parameters': dark,
      'Inception-v4 parameters': bright,
      'GoogLeNet error': bright,
      'Inception-v4 error': dark,
      'Inception-v3 error': middle,
    });
  });

  it('colours the whole table as one, if told to', () => {
    const whole = fills(viz.heatTable(cells, { scale: 'whole table' }));
    assert.deepEqual(
      [whole['GoogLeNet error'], whole['Inception-v4 error'], whole['Inception-v4 parameters']],
      [dark, dark, bright],
    );
  });

  it('keeps the order of rows and columns, and leaves a missing cell empty', () => {
    const boxes = drawn(viz.heatTable(cells), 'rect');
    const at = (row: string, column: string) =>
      boxes.find(({ datum }) => datum?.row === row && datum.column === column);
    assert.equal(at('Inception-v3', 'parameters'), undefined);
    const y = (row: string) => at(row, 'error')?.y ?? NaN;
    assert.ok(y('GoogLeNet') < y('Inception-v4') && y('Inception-v4') < y('Inception-v3'));
    assert.ok((at('GoogLeNet', 'parameters')?.x ?? NaN) < (at('GoogLeNet', 'error')?.x ?? NaN));
  });

  it('writes numbers that can be read at once, or what it was given', () => {
    const written = drawn(viz.heatTable(cells), 'text').map(({ text }) => text);
    assert.deepEqual(written, ['7M', '0.3', '42.7M', '0.2', 'a quarter']);
    assert.ok(words(viz.heatTable(cells, { format: '.2f' })).includes('0.30'));
  });

  it('gives equal numbers one colour, not an error', () => {
    const equal = [1, 2].map((row) => ({ row: `${row}`, column: 'a', value: 3 }));
    assert.deepEqual(Object.values(fills(viz.heatTable(equal))), [middle, middle]);
  });

  it('refuses no cells, what is no number, and a cell that is given twice', () => {
    assert.throws(() => viz.heatTable([]), /no cells/);
    const bad = { row: 'a', column: 'b', value: NaN };
    assert.throws(() => viz.heatTable([bad]), /value of "a", "b" is NaN/);
    assert.throws(
      () => viz.heatTable([cells[0]!, cells[0]!]),
      /Two cells are called "GoogLeNet", "parameters"/,
    );
  });
});
