import { interpolatePuOr, interpolateViridis } from 'd3-scale-chromatic';

/** Red, green and blue, each 0–255. */
export type Colour = [red: number, green: number, blue: number];

/** Colours from one end of a scale to the other. */
export type Palette = readonly Colour[];

/**
 * Enough that no eye sees steps; an indexed PNG could hold 256, and would be an eighth larger. Odd,
 * so that the middle of a scale, zero, has a colour of its own.
 */
const steps = 127;

/** From nothing (dark) to much (bright); told apart by the colour-blind. */
export const sequential: Palette = palette(interpolateViridis);

/** Below zero orange, zero white, above zero purple; told apart by the colour-blind. */
export const diverging: Palette = palette((t) => interpolatePuOr(1 - t));

/**
 * Single colours for bars and lines, by Okabe and Ito, told apart by the colour-blind, and a grey
 * that keeps away from all of them. The first four and the grey stand out from a white page and from
 * a dark one; orange and sky blue are pale on white.
 */
export const okabeIto = {
  blue: '#0072B2',
  vermilion: '#D55E00',
  green: '#009E73',
  purple: '#CC79A7',
  orange: '#E69F00',
  skyBlue: '#56B4E9',
  grey: '#696969',
} as const;

/** As a style sheet writes it. */
export function css([red, green, blue]: Colour): string {
  return `rgb(${red}, ${green}, ${blue})`;
}

function palette(interpolate: (t: number) => string): Palette {
  return Array.from({ length: steps }, (_, i) => parseColour(interpolate(i / (steps - 1))));
}

/** d3 answers `#440154` from some of its scales and `rgb(68, 1, 84)` from others. */
function parseColour(css: string): Colour {
  const numbers = css.startsWith('#')
    ? [1, 3, 5].map((start) => parseInt(css.slice(start, start + 2), 16))
    : (css.match(/\d+/g) ?? []).map(Number);
  const [red = 0, green = 0, blue = 0] = numbers;
  return [red, green, blue];
}
