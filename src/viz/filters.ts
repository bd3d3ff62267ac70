import { imageGrid, type Tile } from './image-grid.js';
import { heatMap, rgbPicture, signedScale } from './pixels.js';
import type { Specification } from './specification.js';

/** A convolution's kernel: `kernel[y][x][input channel][filter]`, as `tensor.arraySync()` gives it. */
export type Kernel = readonly (readonly (readonly (readonly number[])[])[])[];

export interface FiltersOptions {
  readonly title?: string;
  /** What the filters are called; by default their numbers, from 0. */
  readonly names?: readonly string[];
  /** At most so many filters are shown, the first ones. Default: 32. */
  readonly maximum?: number;
  /** Default: 8. */
  readonly columns?: number;
}

/** The least size of a tile on the page, in pixels. */
const tileSize = 60;

/**
 * The filters of a convolution as a grid of pictures, one a filter, all on one scale.
 *
 * Filters over three channels are drawn in colour: grey is a weight of zero, redder means more
 * weight on red. Others are drawn as the mean over their input channels: white is zero.
 *
 * @param kernel `[height][width][input channel][filter]`
 * @throws Error if `kernel` is not a four-dimensional array.
 */
export function filters(
  kernel: Kernel,
  { title = 'Filters', names = [], maximum = 32, columns = 8 }: FiltersOptions = {},
): Specification {
  const [height, width, channels, count] = sizeOf(kernel);
  const inColour = channels === 3;
  const zoom = Math.ceil(tileSize / Math.max(height, width));
  const shown = Array.from({ length: Math.min(count, maximum) }, (_, filter) => filter);
  const draw = inColour ? drawColours : drawMeans;
  const tiles = shown.map((filter): Tile => ({
    url: draw(kernel, filter, greatestWeight(kernel), zoom),
    label: names[filter] ?? `${filter}`,
  }));
  const which = shown.length < count ? `the first ${shown.length} of ${count}` : `all ${count}`;
  const meaning = inColour ? 'grey is zero' : `mean over ${channels} input channels, white is zero`;
  return imageGrid(tiles, {
    title,
    subtitle: `${height} × ${width} weights; ${which} filters; ${meaning}`,
    description: `${title}: ${which} filters of ${height} × ${width} weights over ${channels} channels.`,
    tile: { width: width * zoom, height: height * zoom, smooth: false },
    columns,
  });
}

function sizeOf(
  kernel: Kernel,
): [height: number, width: number, channels: number, filters: number] {
  const size = [kernel, kernel[0], kernel[0]?.[0], kernel[0]?.[0]?.[0]].map((part) => part?.length);
  const [height, width, channels, count] = size;
  if (height && width && channels && count) return [height, width, channels, count];
  throw new Error(
    'Filters are a [height][width][input channel][filter] array that is not empty, ' +
      'such as model.getLayer(name).getWeights()[0].arraySync() of a convolution.',
  );
}

function greatestWeight(kernel: Kernel): number {
  return kernel.flat(3).reduce((greatest, weight) => Math.max(greatest, Math.abs(weight)), 0);
}

function drawColours(kernel: Kernel, filter: number, greatest: number, zoom: number): string {
  const bytes = kernel
    .flat(2)
    .map((weights) => 127.5 * (1 + (weights[filter] ?? 0) / (greatest || 1)));
  const data = new Uint8Array(Uint8ClampedArray.from(bytes));
  return rgbPicture(kernel[0]?.length ?? 0, kernel.length, data, zoom);
}

function drawMeans(kernel: Kernel, filter: number, greatest: number, zoom: number): string {
  const rows = kernel.map((row) => row.map((channels) => mean(channels, filter)));
  return heatMap(rows, signedScale(greatest), zoom);
}

function mean(channels: readonly (readonly number[])[], filter: number): number {
  const total = channels.reduce((sum, weights) => sum + (weights[filter] ?? 0), 0);
  return total / channels.length;
}
