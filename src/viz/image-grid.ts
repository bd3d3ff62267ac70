import { specification, type Specification } from './specification.js';

/** One picture of a grid. */
export interface Tile {
  /** A data URL. */
  readonly url: string;
  /** What stands under it. */
  readonly label: string;
  /** What is shown on hovering: `{ least: '0.00', greatest: '3.1' }`. */
  readonly details?: Readonly<Record<string, string>>;
}

export interface ImageGridOptions {
  readonly title: string;
  readonly subtitle?: string;
  readonly description: string;
  /** The size of one tile in pixels, and whether the page may blur it; its pixels are data. */
  readonly tile: { readonly width: number; readonly height: number; readonly smooth: boolean };
  readonly columns: number;
}

const gap = 8;
const labelHeight = 14;

/**
 * Pictures side by side, in rows, each one `image` mark at its full resolution.
 */
export function imageGrid(
  tiles: readonly Tile[],
  { title, subtitle, description, tile, columns }: ImageGridOptions,
): Specification {
  const step = { x: tile.width + gap, y: tile.height + labelHeight + gap };
  const values = tiles.map(({ details, ...shown }, i) => ({
    ...shown,
    ...details,
    x: (i % columns) * step.x + tile.width / 2,
    y: Math.floor(i / columns) * step.y + tile.height / 2,
  }));
  const width = Math.min(columns, tiles.length) * step.x - gap;
  const height = Math.ceil(tiles.length / columns) * step.y - gap;
  const position = {
    x: { field: 'x', type: 'quantitative', axis: null, scale: { domain: [0, width] } },
    y: { field: 'y', type: 'quantitative', axis: null, scale: { domain: [height, 0] } },
  };
  const tooltip = ['label', ...Object.keys(tiles[0]?.details ?? {})].map((field) => ({
    field,
    type: 'nominal',
  }));
  return specification({
    description,
    title: { text: title, ...(subtitle === undefined ? {} : { subtitle }) },
    width,
    height,
    data: { values },
    layer: [
      {
        mark: { type: 'image', ...tile, aspect: false },
        encoding: {
          ...position,
          url: { field: 'url', type: 'nominal' },
          // Without it, the accessible description would repeat the picture's bytes.
          description: { field: 'label', type: 'nominal' },
          tooltip,
        },
      },
      {
        mark: { type: 'text', dy: tile.height / 2 + 4, baseline: 'top', fontSize: 10 },
        encoding: { ...position, text: { field: 'label' } },
      },
    ],
  });
}
