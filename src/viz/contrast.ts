import type { Colour } from './colours.js';

/** Relative luminance, from 0 of black to 1 of white (WCAG 2.2, after sRGB). */
export function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((byte) => {
    const part = byte / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Colour;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG's contrast ratio, from 1 of equal colours to 21 of black and white. */
export function contrast(one: Colour, other: Colour): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [
    number,
    number,
  ];
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white, whichever is read better on this colour: the contrast is 4.58 or more. */
export function inkOn(colour: Colour): '#000000' | '#ffffff' {
  return contrast(colour, [0, 0, 0]) > contrast(colour, [255, 255, 255]) ? '#000000' : '#ffffff';
}
