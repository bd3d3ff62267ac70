import { needSome, needValues } from './given.js';
import { imageGrid } from './image-grid.js';
import { clamp, rgbPicture } from './pixels.js';
import type { Specification } from './specification.js';

export interface FeatureColoursOptions {
  readonly title?: string;
}

/** The map is enlarged on the page to about so many pixels. */
const leastWidth = 280;

/**
 * A feature map as one picture: its first principal component as red, the second as green, the third
 * as blue, each from its least number, dark, to its greatest, bright. Places of one colour are alike
 * to the network.
 *
 * @param projections `[y][x][component]`, such as `principalComponents` gives for a feature map;
 *   what is missing to three components is grey
 * @throws Error if there are none, or if one is no finite number.
 */
export function featureColours(
  projections: readonly (readonly (readonly number[])[])[],
  { title = 'The main components as colours' }: FeatureColoursOptions = {},
): Specification {
  needSome(projections, 'rows');
  const places = projections.flat();
  needSome(places, 'places');
  const [height, width] = [projections.length, projections[0]?.length ?? 0];
  const count = Math.min(3, places[0]?.length ?? 0);
  const channels = Array.from({ length: count }, (_, component) => {
    const values = places.map((place) => place[component] ?? NaN);
    needValues(values, `component ${component}`);
    const [least, greatest] = [Math.min(...values), Math.max(...values)];
    return values.map((value) => clamp((255 * (value - least)) / (greatest - least || 1), 255));
  });
  const data = Uint8Array.from({ length: 3 * places.length }, (_, i) =>
    Math.round(channels[i % 3]?.[Math.floor(i / 3)] ?? 127.5),
  );
  const zoom = Math.max(1, Math.round(leastWidth / width));
  return imageGrid([{ url: rgbPicture(width, height, data, zoom), label: '' }], {
    title,
    subtitle: `${height} × ${width} places; red, green and blue: components 1, 2 and 3`,
    description: `${title}: the first ${count} components of ${height} × ${width} places as red, green and blue.`,
    tile: { width: width * zoom, height: height * zoom, smooth: false },
    columns: 1,
  });
}
