import { okabeIto } from './colours.js';
import { specification, type Specification } from './specification.js';

/** Boxes and arrows: what `diagram(model, block)` gives. */
export interface BoxesAndArrows {
  readonly nodes: readonly Box[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

export interface Box {
  readonly id: string;
  /** `'3×3 Conv (96)'` */
  readonly label: string;
  /** The row, counted from the input. */
  readonly rank: number;
  readonly outputShape: readonly (number | null)[];
}

export interface BlockDiagramOptions {
  readonly title?: string;
}

/** Pixels. */
const box = { width: 112, height: 38 };
const step = { x: box.width + 16, y: box.height + 30 };
const lineHeight = 13;
/** Room around the boxes, for arrows that go past them. */
const lane = 20;
/** How far before its box an arrow's head is. */
const head = 5;

interface Place {
  readonly x: number;
  readonly y: number;
}

const kinds = ['convolution', 'pool', 'other'] as const;

/** A block as the paper draws it: the input below, the output above, a column for each branch. */
export function blockDiagram(
  { nodes, edges }: BoxesAndArrows,
  { title = 'Block' }: BlockDiagramOptions = {},
): Specification {
  const columns = columnsOf({ nodes, edges });
  const [least, most] = [Math.min(...columns.values()), Math.max(...columns.values())];
  const last = Math.max(...nodes.map(({ rank }) => rank));
  const places = new Map(
    nodes.map(({ id, rank }): [string, Place] => [
      id,
      {
        x: lane + ((columns.get(id) ?? 0) - least) * step.x + box.width / 2,
        y: lane + (last - rank) * step.y + box.height / 2,
      },
    ]),
  );
  const width = (most - least) * step.x + box.width + 2 * lane;
  const height = last * step.y + box.height + 2 * lane;
  const boxes = nodes.map(({ id, label, outputShape }) => {
    const { x = 0, y = 0 } = places.get(id) ?? {};
    return {
      ...{ left: x - box.width / 2, right: x + box.width / 2, x },
      ...{ top: y - box.height / 2, bottom: y + box.height / 2, y },
      label,
      lines: label.replace(' (', '\n('),
      // The first of two lines stands higher.
      textY: label.includes(' (') ? y - lineHeight / 2 : y,
      layer: id,
      shape: outputShape.join(' × '),
      kind: kindOf(label),
      spoken: spokenBox(
        label,
        id,
        edges.filter(({ to }) => to === id).map(({ from }) => from),
      ),
    };
  });
  const arrows = edges.map(({ from, to }) => arrow(from, to, places));
  const lines = arrows.flatMap((points) =>
    points.slice(1).map(({ x, y }, i) => ({ ...points[i], x2: x, y2: y })),
  );
  const heads = arrows.map((points) => ({
    ...points.at(-1),
    shape: points.length === 3 ? 'triangle-up' : 'triangle-right',
  }));
  const axis = (field: string, domain: [number, number]) => ({
    field,
    type: 'quantitative',
    axis: null,
    scale: { domain },
  });
  const x = (field: string) => axis(field, [0, width]);
  const y = (field: string) => axis(field, [height, 0]);
  const tooltip = ['layer', 'label', 'shape'].map((field) => ({ field, type: 'nominal' }));
  return specification({
    description: `${title}: a diagram of ${nodes.length} boxes and ${edges.length} arrows.`,
    title,
    ...{ width, height },
    layer: [
      {
        data: { values: lines },
        mark: { type: 'rule', color: '#888', aria: false },
        encoding: { x: x('x'), y: y('y'), x2: { field: 'x2' }, y2: { field: 'y2' } },
      },
      {
        data: { values: heads },
        mark: { type: 'point', size: 40, filled: true, color: '#888', opacity: 1, aria: false },
        encoding: {
          x: x('x'),
          y: y('y'),
          shape: { field: 'shape', type: 'nominal', scale: null, legend: null },
        },
      },
      {
        data: { values: boxes },
        mark: { type: 'rect', cornerRadius: 4, fillOpacity: 0.25, strokeWidth: 1 },
        encoding: {
          x: x('left'),
          x2: { field: 'right' },
          y: y('top'),
          y2: { field: 'bottom' },
          color: {
            field: 'kind',
            type: 'nominal',
            legend: null,
            scale: { domain: kinds, range: [okabeIto.blue, okabeIto.orange, okabeIto.green] },
          },
          tooltip,
          description: { field: 'spoken' },
        },
      },
      {
        data: { values: boxes },
        mark: {
          ...{ type: 'text', lineBreak: '\n', lineHeight, fontSize: 11, baseline: 'middle' },
          aria: false,
        },
        encoding: { x: x('x'), y: y('textY'), text: { field: 'lines' }, tooltip },
      },
    ],
  });
}

/** What a screen reader says of a box, arrows included. */
function spokenBox(label: string, id: string, sources: readonly string[]): string {
  const after = sources.length > 0 ? `, after ${sources.join(' and ')}` : '';
  return `${label}: ${id}${after}`;
}

/** Straight up; or past the boxes in between, on the left: a shortcut. */
function arrow(from: string, to: string, places: ReadonlyMap<string, Place>): Place[] {
  const origin = { x: 0, y: 0 };
  const [begin, end] = [places.get(from) ?? origin, places.get(to) ?? origin];
  const isBlocked = [...places.values()].some(
    ({ x, y }) => x === begin.x && x === end.x && y < begin.y && y > end.y,
  );
  if (!isBlocked) {
    const last = { x: end.x, y: end.y + box.height / 2 + head };
    // Up in its own column first, so that it passes the longer branches beside it.
    const turn = { x: begin.x, y: end.y + step.y - box.height / 2 };
    return [{ x: begin.x, y: begin.y - box.height / 2 }, turn, last];
  }
  const left = lane / 2;
  return [
    { x: begin.x - box.width / 2, y: begin.y },
    { x: left, y: begin.y },
    { x: left, y: end.y },
    { x: end.x - box.width / 2 - head, y: end.y },
  ];
}

function kindOf(label: string): (typeof kinds)[number] {
  if (/Conv|Linear/.test(label)) return 'convolution';
  return label.includes('Pool') ? 'pool' : 'other';
}

/**
 * A column for every box. Where branches meet, a new tree begins: it stands in the middle of those
 * that meet, and every end of its branches has a column of its own.
 */
function columnsOf({ nodes, edges }: BoxesAndArrows): Map<string, number> {
  const sources = (id: string) => edges.filter(({ to }) => to === id).map(({ from }) => from);
  /** Those that only what stands at `id` goes into, in the order of their names. */
  const branches = (id: string): string[] =>
    nodes
      .map((node) => node.id)
      .filter((candidate) => String(sources(candidate)) === id)
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const columns = new Map<string, number>();
  const ends = (id: string): number => {
    const own = branches(id);
    return own.length === 0 ? 1 : own.reduce((sum, branch) => sum + ends(branch), 0);
  };
  const place = (id: string, centre: number) => {
    columns.set(id, centre);
    let left = centre - ends(id) / 2;
    for (const branch of branches(id)) {
      place(branch, left + ends(branch) / 2);
      left += ends(branch);
    }
  };
  for (const { id } of [...nodes].sort((a, b) => a.rank - b.rank)) {
    if (columns.has(id)) continue;
    const meeting = sources(id).map((source) => columns.get(source) ?? 0);
    const centre = meeting.length > 0 ? (Math.min(...meeting) + Math.max(...meeting)) / 2 : 0;
    place(id, centre);
  }
  return columns;
}
