/**
 * Decodes PNGs in which every row is a picture of its own, and puts them one after another.
 *
 * @throws Error if one is no PNG.
 */
export async function decodeStrips(files: readonly Buffer[]): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  const strips = await Promise.all(
    files.map((file) => sharp(file).removeAlpha().toColourspace('srgb').raw().toBuffer()),
  );
  return new Uint8Array(Buffer.concat(strips));
}
