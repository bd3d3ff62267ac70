import { css, sequential, type Colour } from './colours.js';
import { inkOn } from './contrast.js';
import { extentOf } from './bins.js';
import { needDifferent, needNumbers, needSome } from './given.js';
import { specification, type Specification } from './specification.js';

/** One cell of a table. */
export interface HeatTableCell {
  readonly row: string;
  readonly column: string;
  readonly value: number;
  /** What stands in the cell in place of the number. */
  readonly label?: string;
}

export interface HeatTableOptions {
  readonly title?: string;
  /** What the rows are. */
  readonly rowTitle?: string;
  /** What the columns are. */
  readonly columnTitle?: string;
  /** How numbers are written, as d3 says it. Default: whole ones whole, others with three digits, large ones as 42.7M. */
  readonly format?: string;
  /**
   * What the colours are stretched over: each column's least and greatest number, for columns of
   * different units, or those of the whole table. Default: `'each column'`
   */
  readonly scale?: 'each column' | 'whole table';
}

/** Between cells, as a part of a cell. */
const gap = 0.04;

/** From here on, a number is written with M for millions and G for billions. */
const large = 100_000;

/** Pixels; a letter is about so wide. */
const cell = { least: 64, most: 150, height: 28, letter: 7, margin: 16 };

/**
 * A table whose cells are coloured by their numbers: dark for the least, bright for the greatest,
 * with the number written in black or white, whichever is read better. Rows and columns stand in
 * the order in which they come; a cell that is not given stays empty.
 *
 * @throws Error if there is no cell, if a value is no finite number, or if a cell is given twice.
 */
export function heatTable(
  cells: readonly HeatTableCell[],
  {
    title = 'Comparison',
    rowTitle,
    columnTitle,
    format,
    scale = 'each column',
  }: HeatTableOptions = {},
): Specification {
  needSome(cells, 'cells');
  for (const { row, column, value } of cells) needNumbers({ value }, `"${row}", "${column}"`);
  needDifferent(
    cells.map(({ row, column }) => `${row}", "${column}`),
    'cells',
  );
  const rows = [...new Set(cells.map(({ row }) => row))];
  const columns = [...new Set(cells.map(({ column }) => column))];
  const within = (column: string) =>
    cells.filter((one) => scale === 'whole table' || one.column === column);
  const ranges = new Map(
    columns.map((column) => [column, extentOf(within(column).map(({ value }) => value))]),
  );
  const values = cells.map((one) => {
    const colour = colourOf(one.value, ranges.get(one.column) ?? [0, 0]);
    return {
      ...one,
      colour: css(colour),
      ink: inkOn(colour),
      format: format ?? formatOf(one.value),
    };
  });
  const longest = Math.max(
    ...columns.map(({ length }) => length),
    ...cells.map(({ label = '' }) => label.length),
  );
  const wanted = longest * cell.letter + cell.margin;
  const width = Math.min(cell.most, Math.max(cell.least, wanted));
  const position = {
    x: {
      field: 'column',
      type: 'nominal',
      scale: { domain: columns, paddingInner: gap },
      title: columnTitle ?? null,
      axis: {
        orient: 'top',
        labelAngle: 0,
        // No limit where all fit: without a browser, text is taken for wider than it is.
        labelLimit: wanted > width ? width : 0,
        ticks: false,
      },
    },
    y: {
      field: 'row',
      type: 'nominal',
      scale: { domain: rows, paddingInner: gap },
      title: rowTitle ?? null,
      axis: { labelLimit: 220, ticks: false },
    },
  };
  const tooltip = [
    { field: 'row', type: 'nominal', title: rowTitle ?? 'row' },
    { field: 'column', type: 'nominal', title: columnTitle ?? 'column' },
    { field: 'value', type: 'quantitative', format: ',.6~g' },
  ];
  const own = (field: string) => ({ field, type: 'nominal', scale: null, legend: null });
  return specification({
    description: `${title}: a table of ${rows.length} rows (${rows.join(', ')}) and ${columns.length} columns (${columns.join(', ')}), coloured by value.`,
    title: {
      text: title,
      subtitle: `The brighter a cell, the greater its number in ${where(scale)}`,
    },
    width: { step: width },
    height: { step: cell.height },
    layer: [
      {
        data: { values },
        mark: { type: 'rect' },
        encoding: { ...position, color: own('colour'), tooltip },
      },
      {
        data: { values },
        transform: [
          {
            calculate: 'isValid(datum.label) ? datum.label : format(datum.value, datum.format)',
            as: 'text',
          },
        ],
        mark: { type: 'text', fontSize: 12 },
        encoding: {
          ...position,
          color: own('ink'),
          text: { field: 'text', type: 'nominal' },
          tooltip,
        },
      },
    ],
  });
}

function formatOf(value: number): string {
  if (Math.abs(value) >= large) return '.3~s';
  return Number.isInteger(value) ? ',d' : ',.3~r';
}

function where(scale: 'each column' | 'whole table'): string {
  return scale === 'each column' ? 'its column' : 'the whole table';
}

/** The middle of the scale where all numbers are equal. */
function colourOf(value: number, [least, greatest]: readonly [number, number]): Colour {
  const part = greatest > least ? (value - least) / (greatest - least) : 0.5;
  return sequential[Math.round(part * (sequential.length - 1))] ?? [0, 0, 0];
}
