import { needSome, needValues } from './given.js';
import type { Pixels } from './photograph.js';
import {
  heatMap as heatPicture,
  rangeOf,
  rgbPicture,
  signedScale,
  unsignedScale,
} from './pixels.js';
import type { ColourScale, Range, Rows } from './pixels.js';
import { specification, type Specification } from './specification.js';

export interface HeatMapOptions {
  readonly title?: string;
  /** What the numbers are, with units; stands at the colours' scale. */
  readonly quantity?: string;
  /** How much of the picture the map hides, from 0 to 1. Default: 0.6 */
  readonly opacity?: number;
}

/** Smaller pictures are enlarged on the page to about so many pixels. */
const leastWidth = 280;
/** Of a palette, every so many colours are given to the scale, the first and the last among them. */
const everyNth = 9;

/**
 * A heat map over the picture that it is about, stretched over all of it: dark for zero and bright
 * for the greatest number, or, if any is negative, white for zero, purple above and orange below.
 *
 * @param map `map[y][x]`, in any resolution, such as `gradCam`, `saliency` and `occlusion` give
 * @throws Error if the map is no table of finite numbers, or if the opacity is not allowed.
 */
export function heatMap(
  picture: Pixels,
  map: Rows,
  { title = 'Heat map', quantity, opacity = 0.6 }: HeatMapOptions = {},
): Specification {
  requireTable(map);
  if (!(opacity >= 0 && opacity <= 1)) {
    throw new Error(`The opacity is ${opacity}. Give a number from 0 to 1.`);
  }
  const zoom = Math.max(1, Math.round(leastWidth / picture.width));
  const [width, height] = [picture.width * zoom, picture.height * zoom];
  const scale = scaleOf(rangeOf(map));
  const along = (field: string, domain: readonly [number, number]) => ({
    field,
    type: 'quantitative',
    axis: null,
    scale: { domain, nice: false },
  });
  const position = { x: along('x', [0, width]), y: along('y', [height, 0]) };
  const centre = { x: width / 2, y: height / 2 };
  const image = (url: string, what: string, look: object) => ({
    data: { values: [{ ...centre, url }] },
    mark: { type: 'image', width, height, aspect: false, ...look },
    encoding: {
      ...position,
      url: { field: 'url', type: 'nominal' },
      // Without it, the accessible description would repeat the picture's bytes.
      description: { value: what },
    },
  });
  const pixels = rgbPicture(picture.width, picture.height, picture.data, zoom);
  return specification({
    description: `${title}: ${describe(map)} over a picture of ${picture.height} × ${picture.width} pixels.`,
    title,
    width,
    height,
    layer: [
      image(pixels, 'the picture', { smooth: zoom === 1 }),
      image(heatPicture(map, scale), 'the heat map', { smooth: true, opacity }),
      legend(scale, opacity, quantity, centre, position),
    ],
  });
}

/** What says which colour is which number: two points that nobody sees. */
function legend(
  { palette, range }: ColourScale,
  opacity: number,
  quantity: string | undefined,
  centre: object,
  position: object,
): Record<string, unknown> {
  const colours = palette.filter((_, i) => i % everyNth === 0).map((rgb) => `rgb(${String(rgb)})`);
  return {
    data: { values: range.map((value) => ({ ...centre, value })) },
    mark: { type: 'point', size: 0, strokeWidth: 0, opacity, aria: false },
    encoding: {
      ...position,
      color: {
        field: 'value',
        type: 'quantitative',
        scale: { domain: range, range: colours },
        legend: { title: quantity ?? null, gradientLength: 160, format: '.2~g', tickCount: 3 },
      },
    },
  };
}

/** A map of zeros has a scale, too. */
function scaleOf([from, to]: Range): ColourScale {
  return from < 0 ? signedScale(Math.max(-from, to)) : unsignedScale(to || 1);
}

function describe(map: Rows): string {
  const [least, greatest] = rangeOf(map);
  const [height, width] = [map.length, map[0]?.length ?? 1];
  const size = `a heat map of ${height} × ${width} numbers`;
  if (least === greatest) return `${size}, all ${short(least)},`;
  const row = map.findIndex((values) => values.includes(greatest));
  const column = map[row]?.indexOf(greatest) ?? 0;
  const percent = (place: number, count: number) => Math.round((100 * (place + 0.5)) / count);
  return (
    `${size} from ${short(least)} to ${short(greatest)}, the greatest ` +
    `${percent(column, width)} % from the left and ${percent(row, height)} % from the top,`
  );
}

function short(number: number): string {
  return String(Number(number.toPrecision(3)));
}

function requireTable(map: Rows): void {
  needSome(map, 'rows of the heat map');
  for (const [y, row] of map.entries()) {
    needValues(row, `row ${y} of the heat map`);
    if (row.length === map[0]?.length) continue;
    throw new Error(
      `Row ${y} of the heat map has ${row.length} numbers, but the first has ${map[0]?.length}. ` +
        'Give rows of equal length: map[y][x].',
    );
  }
}
