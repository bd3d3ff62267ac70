import type { Image } from '../../platform/picture.js';
import { requireChoice } from '../parts/choice.js';

/** How pixels between pixels are computed. */
export type ResizeMethod = 'bilinear' | 'bicubic' | 'lanczos3';

export type HeightAndWidth = readonly [height: number, width: number];

interface Kernel {
  /** How far it reaches, in pixels. */
  readonly support: number;
  readonly weight: (distance: number) => number;
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

const kernels: Readonly<Record<ResizeMethod, Kernel>> = {
  bilinear: { support: 1, weight: (distance) => Math.max(0, 1 - distance) },
  bicubic: { support: 2, weight: catmullRom },
  lanczos3: {
    support: 3,
    weight: (distance) => (distance < 3 ? sinc(distance) * sinc(distance / 3) : 0),
  },
};

/**
 * Scales a picture, without regard to its proportions, to the bytes that Pillow's `Image.resize`
 * makes: what published networks were evaluated with. When it makes a picture smaller, the kernel
 * widens with the step between pixels, so that all of them count (antialiasing).
 *
 * @throws Error that lists the methods there are, if this is none of them.
 */
export function resample(
  image: Image,
  [height, width]: HeightAndWidth,
  method: ResizeMethod = 'bicubic',
): Image {
  requireChoice('method', method, Object.keys(kernels) as ResizeMethod[]);
  const kernel = kernels[method];
  const narrow = { width, height: image.height, data: new Uint8Array(image.height * width * 3) };
  for (const [x, taps] of tapsOf(image.width, width, kernel).entries()) {
    for (let y = 0; y < image.height; y++) {
      const from = (y * image.width + taps.first) * 3;
      weigh(image.data, { from, step: 3 }, taps, narrow.data, (y * width + x) * 3);
    }
  }
  const data = new Uint8Array(height * width * 3);
  for (const [y, taps] of tapsOf(narrow.height, height, kernel).entries()) {
    for (let x = 0; x < width; x++) {
      const from = (taps.first * width + x) * 3;
      weigh(narrow.data, { from, step: width * 3 }, taps, data, (y * width + x) * 3);
    }
  }
  return { width, height, data };
}

/** The pixels that one new pixel is made of. */
interface Taps {
  readonly first: number;
  /** They sum to 1, at the picture's edge too. */
  readonly weights: Float64Array;
}

function tapsOf(size: number, newSize: number, { support, weight }: Kernel): Taps[] {
  if (size === newSize) {
    return Array.from({ length: size }, (_, i) => ({ first: i, weights: Float64Array.of(1) }));
  }
  const step = size / newSize;
  const stretch = Math.max(step, 1);
  return Array.from({ length: newSize }, (_, i) => {
    const centre = (i + 0.5) * step;
    const first = Math.max(0, Math.floor(centre - support * stretch + 0.5));
    const end = Math.min(size, Math.floor(centre + support * stretch + 0.5));
    const weights = Float64Array.from({ length: end - first }, (_, tap) =>
      weight(Math.abs(first + tap + 0.5 - centre) / stretch),
    );
    const sum = weights.reduce((total, value) => total + value, 0);
    return { first, weights: weights.map((value) => value / sum) };
  });
}

/** Writes one new pixel; Pillow rounds to bytes after either direction. */
function weigh(
  pixels: Uint8Array,
  { from, step }: { readonly from: number; readonly step: number },
  { weights }: Taps,
  target: Uint8Array,
  at: number,
): void {
  for (let channel = 0; channel < 3; channel++) {
    let sum = 0.5;
    for (let tap = 0; tap < weights.length; tap++) {
      sum += (weights[tap] ?? 0) * (pixels[from + tap * step + channel] ?? 0);
    }
    target[at + channel] = Math.min(255, Math.max(0, Math.floor(sum)));
  }
}

/** Keys 1981 with a = −0.5, as Pillow has it; PyTorch and OpenCV have −0.75. */
function catmullRom(distance: number): number {
  if (distance < 1) return (1.5 * distance - 2.5) * distance * distance + 1;
  if (distance < 2) return ((2.5 - 0.5 * distance) * distance - 4) * distance + 2;
  return 0;
}
