import { decodeImage, readImage, type Image } from '../../models/pictures/read-image.js';
import { resample } from '../../models/pictures/resample.js';
import { cut } from '../../models/pictures/resize.js';
import { uprightCrops, type CropCount } from '../../models/pictures/views.js';
import type { PictureSize } from './dataset.js';
import { mirror, regionOf, still, type Crop, type Variation } from './variation.js';

/** What is to be made of some pictures; plain data, to be sent to a thread. */
export interface PictureJob {
  /** Bytes of pictures of that size, one after another; or the paths of files. */
  readonly images: Uint8Array | readonly string[];
  readonly size: PictureSize;
  /** How each picture is varied; or how many crops of each are taken, as `crops` takes them. */
  readonly views: readonly Variation[] | CropCount;
}

/**
 * Decodes pictures and makes of them what a network takes.
 *
 * @returns `count · height · width · channels` numbers in [−1, 1], `count` views for pictures in turn
 * @throws Error that names the file that cannot be read as a picture.
 */
export async function makePictures({ images, size, views }: PictureJob): Promise<Float32Array> {
  const length = size.height * size.width * size.channels;
  const count = images instanceof Uint8Array ? images.length / length : images.length;
  const sourceOf = (i: number): Source => {
    if (!(images instanceof Uint8Array)) return images[i] ?? '';
    return { ...size, data: images.subarray(i * length, (i + 1) * length) };
  };
  const isVaried = typeof views !== 'number';
  const perPicture = isVaried || views === 1 ? 1 : views;
  const result = new Float32Array(count * perPicture * length);
  // One after another: threads are what is done at once.
  for (let i = 0; i < count; i++) {
    const target = result.subarray(i * perPicture * length, (i + 1) * perPicture * length);
    if (isVaried) await writeVaried(sourceOf(i), size, views[i], target);
    else await writeCrops(sourceOf(i), size, views, target);
  }
  return result;
}

/** A picture in memory, of whatever channels; or a file's path. */
type Source = Picture | string;

interface Picture extends PictureSize {
  readonly data: Uint8Array;
}

async function writeVaried(
  source: Source,
  size: PictureSize,
  variation: Variation | undefined,
  target: Float32Array,
): Promise<void> {
  const picture = variation?.crop
    ? await cropped(source, size, variation.crop)
    : await whole(source, size);
  writePicture(picture, target, variation);
}

/** A picture in memory as it is; of a file the centre, as networks are evaluated. */
async function whole(source: Source, size: PictureSize): Promise<Picture> {
  if (typeof source !== 'string') return source;
  const image = await readImage(source, { size: [size.height, size.width], crop: 224 / 256 });
  return { ...image, channels: 3 };
}

async function cropped(source: Source, size: PictureSize, crop: Crop): Promise<Picture> {
  const { height, width, channels } = size;
  if (typeof source !== 'string') {
    const { top, left, ...part } = regionOf(crop, source);
    const image = cut(coloured(source), [top, left], [part.height, part.width]);
    return withChannels(resample(image, [height, width]), channels);
  }
  const image = await decodeImage(source, {
    regionOf: (whole) => regionOf(crop, whole),
    width,
    height,
  });
  return { ...image, channels: 3 };
}

/** The upright crops, then their mirror images. */
async function writeCrops(
  source: Source,
  size: PictureSize,
  count: CropCount,
  target: Float32Array,
): Promise<void> {
  if (count === 1) {
    writePicture(await whole(source, size), target);
    return;
  }
  const image = typeof source === 'string' ? await readImage(source) : coloured(source);
  const upright = uprightCrops(image, count, size.height);
  const length = target.length / count;
  for (const [i, crop] of upright.entries()) {
    const picture = withChannels(crop, size.channels);
    const mirrored = i + upright.length;
    writePicture(picture, target.subarray(i * length, (i + 1) * length));
    writePicture(picture, target.subarray(mirrored * length, (mirrored + 1) * length), mirror);
  }
}

/** A grey picture with three channels that are alike. */
function coloured({ height, width, channels, data }: Picture): Image {
  if (channels === 3) return { height, width, data };
  const pixels = Uint8Array.from(
    { length: height * width * 3 },
    (_, i) => data[Math.floor(i / 3)] ?? 0,
  );
  return { height, width, data: pixels };
}

/** The first channels of a picture that has three. */
function withChannels({ height, width, data }: Image, channels: number): Picture {
  if (channels === 3) return { height, width, channels, data };
  const pixels = data.filter((_, i) => i % 3 < channels);
  return { height, width, channels, data: pixels };
}

/** Scales bytes to [−1, 1]; mirrors and moves. */
function writePicture(
  { height, width, channels, data }: Picture,
  target: Float32Array,
  { isFlipped, down, right }: Variation = still,
): void {
  for (let y = 0; y < height; y++) {
    const fromY = y - down;
    if (fromY < 0 || fromY >= height) continue;
    for (let x = 0; x < width; x++) {
      const fromX = (isFlipped ? width - 1 - x : x) - right;
      if (fromX < 0 || fromX >= width) continue;
      const from = (fromY * width + fromX) * channels;
      const to = (y * width + x) * channels;
      for (let c = 0; c < channels; c++) target[to + c] = (data[from + c] ?? 0) / 127.5 - 1;
    }
  }
}
