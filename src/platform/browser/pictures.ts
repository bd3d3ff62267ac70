import { decode } from 'fast-png';
import { readAll } from '../bytes.js';
import type { Image, PictureChange } from '../picture.js';
import type { Platform } from '../platform.js';
import { openBytes } from './files.js';

/** Upright, as the camera was held; transparent pixels on white. */
export const decodePicture: Platform['decodePicture'] = async (source, change) => {
  const bytes = await readAll(source, openBytes);
  return (change ? undefined : decodePng(bytes)) ?? drawn(bytes, change);
};

const pngSignature = [0x89, 0x50, 0x4e, 0x47];

/**
 * Of a PNG without transparency the exact bytes, which a canvas does not promise: some browsers
 * change what is read from it, so that nobody is known by his drawing.
 */
function decodePng(bytes: Uint8Array): Image | undefined {
  if (pngSignature.some((byte, i) => bytes[i] !== byte)) return undefined;
  const { width, height, data, channels, depth, palette, transparency } = decode(bytes);
  if (depth !== 8 || transparency || channels === 2 || channels === 4) return undefined;
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) {
      const value = data[i * channels + (channels === 3 ? c : 0)] ?? 0;
      pixels[i * 3 + c] = palette ? (palette[value]?.[c] ?? 0) : value;
    }
  }
  return { width, height, data: pixels };
}

async function drawn(
  bytes: Uint8Array<ArrayBuffer>,
  change: PictureChange | undefined,
): Promise<Image> {
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const region = change?.regionOf(bitmap) ?? { top: 0, left: 0, ...sizeOf(bitmap) };
  const { width, height } = change ?? sizeOf(bitmap);
  const context = new OffscreenCanvas(width, height).getContext('2d', { alpha: false });
  if (!context) throw new Error('this browser has no canvas for it');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  const from = [region.left, region.top, region.width, region.height] as const;
  context.drawImage(bitmap, ...from, 0, 0, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, data: Uint8Array.from(data.filter((_, i) => i % 4 < 3)) };
}

function sizeOf({ width, height }: ImageBitmap): { width: number; height: number } {
  return { width, height };
}
