import { okabeIto } from './colours.js';

/** What tells lines apart, and kinds of boxes: those that stand out from any page come first. */
export const seriesColours: readonly string[] = Object.values(okabeIto);

/** Seven as well; of the second seven series, each colour takes the next shape, and so on. */
const shapes = [
  'circle',
  'square',
  'triangle-up',
  'diamond',
  'cross',
  'triangle-down',
  'triangle-right',
];

/** The colours of so many series; they begin again where they are used up. */
export function coloursOf(names: readonly string[]): string[] {
  return names.map((_, i) => seriesColours[i % seriesColours.length] ?? okabeIto.grey);
}

/**
 * How the points of a line show its series: by a colour and by a shape, for pages on which a colour
 * is pale and for eyes that do not see it.
 */
export function bySeries(
  field: string,
  names: readonly string[],
): Record<'color' | 'shape', unknown> {
  const encoding = { field, type: 'nominal', title: null };
  // One line needs no legend, if it has no name.
  const legend = names.join('') === '' ? null : { labelLimit: 360, symbolOpacity: 1 };
  const range = names.map((_, i) => shapes[(i + Math.floor(i / shapes.length)) % shapes.length]);
  return {
    color: { ...encoding, scale: { domain: names, range: coloursOf(names) }, legend },
    shape: { ...encoding, scale: { domain: names, range }, legend },
  };
}
