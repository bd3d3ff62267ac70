import { encode } from 'fast-png';
import { diverging, sequential, type Colour, type Palette } from './colours.js';

/** A picture of numbers, row by row: `rows[y][x]`. */
export type Rows = readonly (readonly number[])[];

/** The range of values that a palette is stretched over. */
export type Range = readonly [from: number, to: number];

/** A palette and what its ends stand for. */
export interface ColourScale {
  readonly palette: Palette;
  readonly range: Range;
}

/** From zero, dark, to the greatest value, bright. */
export function unsignedScale(greatest: number): ColourScale {
  return { palette: sequential, range: [0, greatest] };
}

/** Symmetric about zero, which is white, so that zero has the same colour everywhere. */
export function signedScale(reach: number): ColourScale {
  return { palette: diverging, range: [-reach, reach] };
}

/** The least and the greatest of the numbers. */
export function rangeOf(rows: Rows): Range {
  let [least, most] = [Infinity, -Infinity];
  for (const row of rows) {
    for (const value of row) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return [least, most];
}

/** The rows drawn in the colours of a scale, as the data URL of an indexed PNG. */
export function heatMap(rows: Rows, { palette, range: [from, to] }: ColourScale, zoom = 1): string {
  const step = to > from ? (palette.length - 1) / (to - from) : 0;
  const indices = rows.flatMap((row) => row.map((value) => (value - from) * step));
  const data = Uint8Array.from(indices, (index) => clamp(Math.round(index), palette.length - 1));
  return png({ ...sizeOf(rows), data, channels: 1 }, zoom, palette);
}

/** Red, green and blue bytes, pixel by pixel, as the data URL of a PNG. */
export function rgbPicture(width: number, height: number, data: Uint8Array, zoom = 1): string {
  return png({ width, height, data, channels: 3 }, zoom);
}

/**
 * A picture of red, green and blue bytes, made smaller by a whole factor until it is no wider than
 * this: each pixel is the mean of those it stands for.
 */
export function shrink(picture: Rgb, width: number): Rgb {
  const factor = Math.ceil(picture.width / width);
  if (factor === 1) return picture;
  const small = [picture.width, picture.height].map((side) =>
    Math.max(1, Math.floor(side / factor)),
  );
  const [columns, rows] = small as [number, number];
  const data = Uint8Array.from({ length: rows * columns * 3 }, (_, i) => {
    const x = (Math.floor(i / 3) % columns) * factor;
    const y = Math.floor(i / 3 / columns) * factor;
    let sum = 0;
    for (let down = 0; down < factor; down++) {
      for (let right = 0; right < factor; right++) {
        const row = Math.min(y + down, picture.height - 1);
        sum += picture.data[(row * picture.width + x + right) * 3 + (i % 3)] ?? 0;
      }
    }
    return Math.round(sum / factor ** 2);
  });
  return { width: columns, height: rows, data };
}

interface Rgb {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The nearest number from 0 to `last`. */
export function clamp(number: number, last: number): number {
  return Math.min(last, Math.max(0, number));
}

function sizeOf(rows: Rows): { width: number; height: number } {
  return { width: rows[0]?.length ?? 0, height: rows.length };
}

interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  readonly channels: number;
}

function png(raster: Raster, zoom: number, palette?: Palette): string {
  const colours = palette && { palette: palette.map((colour) => [...colour]) as Colour[] };
  const file = encode({ ...magnify(raster, zoom), ...colours, depth: 8 }, { zlib: { level: 9 } });
  return `data:image/png;base64,${base64(file)}`;
}

/** `fromCharCode` takes so many arguments at least, everywhere. */
const portion = 2 ** 13;

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += portion) {
    text += String.fromCharCode(...bytes.subarray(at, at + portion));
  }
  return btoa(text);
}

/**
 * Repeats every pixel `zoom` times in both directions: viewers smooth what they enlarge, and a
 * 3×3 kernel would become a blur.
 */
function magnify({ width, height, data, channels }: Raster, zoom: number): Raster {
  if (zoom === 1) return { width, height, data, channels };
  const big = new Uint8Array(data.length * zoom * zoom);
  for (let y = 0; y < height * zoom; y++) {
    for (let x = 0; x < width * zoom; x++) {
      const from = (Math.floor(y / zoom) * width + Math.floor(x / zoom)) * channels;
      big.set(data.subarray(from, from + channels), (y * width * zoom + x) * channels);
    }
  }
  return { width: width * zoom, height: height * zoom, data: big, channels };
}
