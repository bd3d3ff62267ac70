import { needSome } from './given.js';
import { imageGrid, type ImageGridOptions, type Tile } from './image-grid.js';
import type { Pixels } from './photograph.js';
import { rgbPicture, shrink } from './pixels.js';
import type { Specification } from './specification.js';

/** A picture and what stands under it. */
export interface LabelledPicture {
  readonly picture: Pixels;
  readonly label?: string;
}

export interface PicturesOptions {
  readonly title?: string;
  readonly subtitle?: string;
  /** Default: 8. */
  readonly columns?: number;
  /** The width of one picture on the page, in pixels; larger ones are made smaller. Default: 96. */
  readonly tileWidth?: number;
}

/** What is nearest to a picture. */
export interface NearestPicturesRow {
  readonly query: LabelledPicture;
  /** The nearest first. */
  readonly nearest: readonly (LabelledPicture & {
    /** The cosine, from −1 to 1. */
    readonly similarity: number;
  })[];
}

export interface NearestPicturesOptions {
  readonly title?: string;
  /** The width of one picture on the page, in pixels; larger ones are made smaller. Default: 96. */
  readonly tileWidth?: number;
}

/** All pictures of one plot together, so that specification and SVG stay under 2 MB. */
const byteBudget = 950_000;

/**
 * Pictures side by side, such as those that excite a layer's channels. All are drawn in the height
 * and width of the first.
 *
 * @throws Error if there are none.
 */
export function pictures(
  given: readonly LabelledPicture[],
  { title = 'Pictures', subtitle, columns = 8, tileWidth = 96 }: PicturesOptions = {},
): Specification {
  const tiles = tilesOf(given, tileWidth);
  const count =
    tiles.length < given.length ? `the first ${tiles.length} of ${given.length}` : tiles.length;
  return imageGrid(tiles, {
    title,
    subtitle: [subtitle, tiles.length < given.length && `${count} pictures`]
      .filter(Boolean)
      .join('; '),
    description: `${title}: ${count} pictures (${labels(tiles)}).`,
    tile: tileLike(given, tileWidth),
    columns,
  });
}

/**
 * A row for each query: the picture that was asked for, then those nearest to it, with their
 * similarity.
 *
 * @throws Error if there is no row, or if rows have not equally many pictures.
 */
export function nearestPictures(
  rows: readonly NearestPicturesRow[],
  { title = 'Nearest pictures', tileWidth = 96 }: NearestPicturesOptions = {},
): Specification {
  needSome(rows, 'rows');
  const count = rows[0]?.nearest.length ?? 0;
  for (const [i, { nearest }] of rows.entries()) {
    if (nearest.length === count) continue;
    throw new Error(
      `Row ${i} has ${nearest.length} pictures besides the query, but the first has ${count}. ` +
        'Give the same number in each row.',
    );
  }
  const given = rows.flatMap(({ query, nearest }) => [
    { ...query, label: query.label ?? 'query' },
    ...nearest.map(({ picture, label, similarity }) => ({
      picture,
      label: [label, similarity.toFixed(2)].filter(Boolean).join(' '),
    })),
  ]);
  const all = tilesOf(given, tileWidth);
  const whole = Math.max(1, Math.floor(all.length / (count + 1)));
  const tiles = all.slice(0, whole * (count + 1));
  const shown = whole < rows.length ? `; the first ${whole} of ${rows.length} rows` : '';
  const said = rows
    .slice(0, whole)
    .map((_, i) => labels(tiles.slice(i * (count + 1), (i + 1) * (count + 1))))
    .join('; ');
  return imageGrid(tiles, {
    title,
    subtitle: `On the left what was looked for; beside it the ${count} nearest, with their cosine${shown}`,
    description: `${title}: ${whole} queries, each with its ${count} nearest (${said}).`,
    tile: tileLike(given, tileWidth),
    columns: count + 1,
  });
}

/** As many as a plot can hold. */
function tilesOf(given: readonly LabelledPicture[], tileWidth: number): Tile[] {
  needSome(given, 'pictures');
  const tiles: Tile[] = [];
  let bytes = 0;
  for (const [i, { picture, label = `${i}` }] of given.entries()) {
    const { width, height, data } = shrink(picture, Math.ceil(1.5 * tileWidth));
    const url = rgbPicture(width, height, data, Math.max(1, Math.floor(tileWidth / width)));
    bytes += url.length;
    if (bytes > byteBudget && tiles.length > 0) break;
    tiles.push({ url, label });
  }
  return tiles;
}

/** In the first picture's shape. */
function tileLike(given: readonly LabelledPicture[], tileWidth: number): ImageGridOptions['tile'] {
  const { width, height } = given[0]?.picture ?? { width: 1, height: 1 };
  const tileHeight = Math.round((tileWidth * height) / width);
  return { width: tileWidth, height: tileHeight, smooth: width > tileWidth };
}

function labels(tiles: readonly Tile[]): string {
  return tiles.map(({ label }) => label).join(', ');
}
