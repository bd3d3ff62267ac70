import { decodePicture } from '#platform';

/**
 * Decodes PNGs in which every row is a picture of its own, and puts them one after another.
 *
 * @throws Error if one is no PNG.
 */
export async function decodeStrips(files: readonly Uint8Array[]): Promise<Uint8Array> {
  const strips = await Promise.all(files.map((file) => decodePicture(file)));
  const lengths = strips.map(({ data }) => data.length);
  const whole = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const { data } of strips) {
    whole.set(data, at);
    at += data.length;
  }
  return whole;
}
