import { imageGrid, type Tile } from './image-grid.js';
import { heatMap, rangeOf, signedScale, unsignedScale, type Rows } from './pixels.js';
import type { Specification } from './specification.js';

/** What one layer makes of one image: `values[y][x][channel]`, as `tensor.arraySync()` gives it. */
export type FeatureMapValues = readonly (readonly (readonly number[])[])[];

export interface FeatureMapsOptions {
  readonly title?: string;
  /** What the channels are called; by default their numbers, from 0. */
  readonly names?: readonly string[];
  /** At most so many channels are shown, the first ones. Default: 32. */
  readonly maximum?: number;
  /** Default: 8. */
  readonly columns?: number;
  /** The width of one map on the page, in pixels; its resolution is always the layer's. Default: 96. */
  readonly tileWidth?: number;
}

/** All pictures of one plot together, so that specification and SVG stay under 2 MB. */
const byteBudget = 950_000;

/**
 * A layer's feature maps as a grid of pictures, one a channel, each on its own scale: dark for
 * zero and bright for the greatest value, or, if any value of the layer is negative, white for
 * zero, purple above and orange below.
 *
 * @param values `[height][width][channel]`
 * @throws Error if `values` is not a three-dimensional array.
 */
export function featureMaps(
  values: FeatureMapValues,
  {
    title = 'Feature maps',
    names = [],
    maximum = 32,
    columns = 8,
    tileWidth = 96,
  }: FeatureMapsOptions = {},
): Specification {
  const channels = channelsOf(values);
  const tiles = tilesWithinBudget(values, Math.min(channels, maximum), names);
  const [height, width] = [values.length, values[0]?.length ?? 0];
  const shown =
    tiles.length < channels
      ? `the first ${tiles.length} of ${channels} maps`
      : mapsInWords(channels);
  return imageGrid(tiles, {
    title,
    subtitle: `${height} × ${width} pixels; ${shown}${channels > 1 ? ', each on its own colour scale' : ''}`,
    description: `${title}: ${shown} of ${height} × ${width} pixels.`,
    tile: {
      width: tileWidth,
      height: Math.round((tileWidth * height) / width),
      smooth: width > tileWidth,
    },
    columns,
  });
}

function mapsInWords(count: number): string {
  return count === 1 ? 'one map' : `all ${count} maps`;
}

function channelsOf(values: FeatureMapValues): number {
  const pixel = values[0]?.[0];
  if (pixel && typeof pixel[0] === 'number') return pixel.length;
  throw new Error(
    'Feature maps are a [height][width][channel] array that is not empty. ' +
      'Of a [batch, height, width, channel] tensor, take one image: tensor.arraySync()[0].',
  );
}

function tilesWithinBudget(
  values: FeatureMapValues,
  count: number,
  names: readonly string[],
): Tile[] {
  const signed = values.some((row) => row.some((pixel) => pixel.some((value) => value < 0)));
  const tiles: Tile[] = [];
  let bytes = 0;
  for (let channel = 0; channel < count; channel++) {
    const rows = values.map((row) => row.map((pixel) => pixel[channel] ?? NaN));
    const tile = drawChannel(rows, signed, names[channel] ?? `${channel}`);
    bytes += tile.url.length;
    if (bytes > byteBudget && tiles.length > 0) break;
    tiles.push(tile);
  }
  return tiles;
}

function drawChannel(rows: Rows, signed: boolean, label: string): Tile {
  const [least, greatest] = rangeOf(rows);
  const scale = signed ? signedScale(Math.max(-least, greatest)) : unsignedScale(greatest);
  return {
    url: heatMap(rows, scale),
    label,
    details: { least: least.toPrecision(3), greatest: greatest.toPrecision(3) },
  };
}
