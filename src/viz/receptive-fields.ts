import { okabeIto } from './colours.js';
import type { Pixels } from './photograph.js';
import { rgbPicture } from './pixels.js';
import { specification, type Specification } from './specification.js';

/** What one place of a feature map sees of the picture, in pixels; it may reach over the edge. */
export interface Field {
  readonly label: string;
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

export interface ReceptiveFieldsOptions {
  readonly title?: string;
}

/** Receptive fields as frames over the picture, each in a colour of its own. */
export function receptiveFields(
  { width, height, data }: Pixels,
  fields: readonly Field[],
  { title = 'What one place sees' }: ReceptiveFieldsOptions = {},
): Specification {
  const left = Math.min(0, ...fields.map((field) => field.left));
  const top = Math.min(0, ...fields.map((field) => field.top));
  const right = Math.max(width, ...fields.map((field) => field.left + field.width));
  const bottom = Math.max(height, ...fields.map((field) => field.top + field.height));
  const labels = fields.map(({ label }) => label);
  const values = fields.map((field) => ({
    label: field.label,
    size: `${field.height} × ${field.width} pixels`,
    ...{ x: field.left, x2: field.left + field.width },
    ...{ y: field.top, y2: field.top + field.height },
  }));
  const along = (field: string, domain: readonly [number, number]) => ({
    field,
    type: 'quantitative',
    axis: null,
    scale: { domain, nice: false },
  });
  const x = (field: string) => along(field, [left, right]);
  const y = (field: string) => along(field, [bottom, top]);
  return specification({
    description: `${title}: ${labels.join(', ')}, as frames over a picture of ${height} × ${width} pixels.`,
    title,
    width: right - left,
    height: bottom - top,
    layer: [
      {
        data: { values: [{ x: width / 2, y: height / 2, url: rgbPicture(width, height, data) }] },
        mark: { type: 'image', width, height, aspect: false },
        encoding: {
          x: x('x'),
          y: y('y'),
          url: { field: 'url', type: 'nominal' },
          // Without it, the accessible description would repeat the picture's bytes.
          description: { value: 'the picture' },
        },
      },
      {
        data: { values },
        mark: { type: 'rect', filled: false, strokeWidth: 2.5 },
        encoding: {
          ...{ x: x('x'), x2: { field: 'x2' }, y: y('y'), y2: { field: 'y2' } },
          color: {
            field: 'label',
            type: 'nominal',
            title: null,
            scale: { domain: labels, range: colours.slice(0, labels.length) },
          },
          tooltip: [
            { field: 'label', type: 'nominal', title: 'layer' },
            { field: 'size', type: 'nominal', title: 'sees' },
          ],
        },
      },
    ],
  });
}

/** Bright ones first: photographs have dark and light places. */
const { orange, skyBlue, vermilion, green, purple, blue } = okabeIto;
const colours = [orange, skyBlue, vermilion, green, purple, blue];
