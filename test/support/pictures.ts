import sharp from 'sharp';

/** A tile of an image grid, as the specification's data hold it. */
export interface TileValue {
  readonly url: string;
  readonly label: string;
  readonly [field: string]: unknown;
}

/** The tiles of a plot that is a grid of pictures. */
export function tilesOf(plot: object): readonly TileValue[] {
  return (plot as { data: { values: TileValue[] } }).data.values;
}

/** The colours of a data URL's PNG, `pixels[y][x] = [red, green, blue]`, by another decoder than ours. */
export async function pixelsOf(url: string): Promise<number[][][]> {
  const [, base64 = ''] = /^data:image\/png;base64,(.+)$/.exec(url) ?? [];
  const { data, info } = await sharp(Buffer.from(base64, 'base64'))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const start = (y * width + x) * channels;
      return Array.from(data.subarray(start, start + 3));
    }),
  );
}
