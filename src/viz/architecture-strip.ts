import { needDifferent, needNumbers, needSome } from './given.js';
import { coloursOf, seriesColours } from './series.js';
import { specification, type Specification } from './specification.js';

/** One block of a network. */
export interface StripBlock {
  readonly name: string;
  /** A colour each: `'stem'`, `'A'`, `'reduction'`. */
  readonly kind: string;
  /** Of its output map, in pixels. */
  readonly side: number;
  /** Of its output. */
  readonly channels: number;
  readonly parameters?: number;
  /** For one image. */
  readonly multiplyAdds?: number;
}

export interface ArchitectureStripOptions {
  readonly title?: string;
}

/** Pixels. */
const strip = {
  height: 150,
  top: 30,
  mostWidth: 760,
  step: { least: 15, most: 34 },
  letter: 6.5,
  lineHeight: 11,
};

/**
 * A whole network from left to right, a box a block. Its height is the side of the block's output
 * map, on a square-root scale, its colour the block's kind; where the shape changes, it is written
 * above the box: `35²` and `384`.
 *
 * @throws Error if there is no block, if two have one name, if a side is not above 0, if a number
 *   is not finite, or if there are more kinds than colours (7).
 */
export function architectureStrip(
  blocks: readonly StripBlock[],
  { title = 'The whole network' }: ArchitectureStripOptions = {},
): Specification {
  check(blocks);
  const kinds = [...new Set(blocks.map(({ kind }) => kind))];
  const step = Math.min(
    strip.step.most,
    Math.max(strip.step.least, Math.floor(strip.mostWidth / blocks.length)),
  );
  const boxes = blocks.map((block) => place(block, blocks));
  const { shape: first } = boxes[0] ?? {};
  return specification({
    description: `${title}: ${blocks.length} blocks from the input to the output (${kinds.join(', ')}), from ${first ?? ''} to ${boxes.at(-1)?.shape ?? ''}.`,
    title: {
      text: title,
      subtitle: [
        "A box's height is the side of its output map, on a square-root scale;",
        'above it, where they change: the side, squared, and the channels',
      ],
    },
    width: { step },
    height: bottom,
    layer: layersOf(boxes, { kinds, step }),
  });
}

/** The plot's lower edge, in pixels, as its upper edge is 0. */
const bottom = strip.top + strip.height + 6;
const middle = strip.top + strip.height / 2;

/** A block as a box, in pixels from the upper edge. */
interface Box extends StripBlock {
  readonly shape: string;
  readonly top: number;
  readonly bottom: number;
}

function place(block: StripBlock, blocks: readonly StripBlock[]): Box {
  const greatest = Math.max(...blocks.map(({ side }) => side));
  const half = (strip.height / 2) * Math.sqrt(block.side / greatest);
  const shape = `${block.side} × ${block.side} × ${block.channels}`;
  return { ...block, shape, top: middle - half, bottom: middle + half };
}

/** The line through the middle, the boxes, and their texts. */
function layersOf(
  boxes: readonly Box[],
  { kinds, step }: { readonly kinds: readonly string[]; readonly step: number },
): unknown[] {
  const x = {
    field: 'name',
    type: 'ordinal',
    scale: { domain: boxes.map(({ name }) => name), paddingInner: 0.2, paddingOuter: 0.2 },
    title: null,
    axis: { labelAngle: -90, labelLimit: 150, labelOverlap: false, ticks: false, grid: false },
  };
  const y = (field: string) => ({
    field,
    type: 'quantitative',
    scale: { domain: [bottom, 0], nice: false, zero: false },
    axis: null,
  });
  const color = {
    field: 'kind',
    type: 'nominal',
    title: null,
    scale: { domain: kinds, range: coloursOf(kinds) },
    legend: { orient: 'bottom', direction: 'horizontal', symbolType: 'square' },
  };
  const tooltip = tooltipOf(boxes);
  return [
    {
      data: { values: [{ middle }] },
      mark: { type: 'rule', color: '#888', aria: false },
      encoding: { y: y('middle') },
    },
    {
      data: { values: boxes },
      // The outline is for colours that are pale on white.
      mark: { type: 'bar', cornerRadius: 2, strokeWidth: 1, stroke: '#888' },
      encoding: { x, y: y('top'), y2: { field: 'bottom' }, color, tooltip },
    },
    {
      data: { values: labelled(boxes, step) },
      mark: {
        ...{ type: 'text', align: 'left', baseline: 'bottom', fontSize: 10 },
        ...{ dy: -3 - strip.lineHeight, lineHeight: strip.lineHeight, lineBreak: '\n' },
      },
      encoding: {
        // From the left edge on, over boxes that are no higher.
        x: { ...x, bandPosition: 0 },
        y: y('top'),
        text: { field: 'label', type: 'nominal' },
        tooltip,
      },
    },
  ];
}

/** Costs only where they were given. */
function tooltipOf(boxes: readonly Box[]): unknown[] {
  const cost = (field: 'parameters' | 'multiplyAdds', title: string) =>
    boxes.some((box) => field in box) ? [{ field, type: 'quantitative', title, format: ',' }] : [];
  return [
    { field: 'name', type: 'nominal', title: 'block' },
    { field: 'kind', type: 'nominal' },
    { field: 'shape', type: 'nominal', title: 'output' },
    ...cost('parameters', 'parameters'),
    ...cost('multiplyAdds', 'multiply-adds'),
  ];
}

/**
 * Blocks whose output is of another shape than what was written last; where a text would run into
 * that one, the next block of that shape has it.
 */
function labelled(boxes: readonly Box[], step: number): (Box & { readonly label: string })[] {
  const shown: (Box & { readonly label: string })[] = [];
  let end = -Infinity;
  boxes.forEach((box, i) => {
    const last = shown.at(-1);
    if (last?.side === box.side && last.channels === box.channels) return;
    const isBeside = last !== undefined && Math.abs(last.top - box.top) < 2 * strip.lineHeight;
    if (isBeside && i * step < end) return;
    end = i * step + strip.letter * Math.max(3, String(box.channels).length);
    shown.push({ ...box, label: `${box.side}²\n${box.channels}` });
  });
  return shown;
}

function check(blocks: readonly StripBlock[]): void {
  needSome(blocks, 'blocks');
  for (const { name, side, channels, parameters = 0, multiplyAdds = 0 } of blocks) {
    needNumbers({ side, channels, parameters, multiplyAdds }, `the block "${name}"`);
    if (side > 0) continue;
    throw new Error(`The side of the block "${name}" is ${side}. Give one above 0.`);
  }
  needDifferent(
    blocks.map(({ name }) => name),
    'blocks',
  );
  const kinds = new Set(blocks.map(({ kind }) => kind));
  if (kinds.size <= seriesColours.length) return;
  throw new Error(
    `There are ${kinds.size} kinds of blocks (${[...kinds].join(', ')}), but only ${seriesColours.length} ` +
      'colours that can be told apart. Join some, such as both reductions.',
  );
}
