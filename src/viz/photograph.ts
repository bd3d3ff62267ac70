import { imageGrid } from './image-grid.js';
import { rgbPicture } from './pixels.js';
import type { Specification } from './specification.js';

/** A picture as bytes: red, green and blue, pixel by pixel, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface PhotographOptions {
  readonly title?: string;
  /** What it shows, who took it, when. */
  readonly credit?: string;
}

/** A photograph, pixel for pixel. */
export function photograph(
  { width, height, data }: Pixels,
  { title = 'Photograph', credit }: PhotographOptions = {},
): Specification {
  const subtitle = [credit, `${height} × ${width} pixels`].filter(Boolean).join('; ');
  return imageGrid([{ url: rgbPicture(width, height, data), label: '' }], {
    title,
    subtitle,
    description: `${title}: ${subtitle}.`,
    tile: { width, height, smooth: true },
    columns: 1,
  });
}
