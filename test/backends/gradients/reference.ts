/** Forward operations in float64, written to be read: what gradients are held against. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export type Size = readonly [height: number, width: number];

export interface Windows {
  readonly size: Size;
  readonly strides: Size;
  readonly padding: 'same' | 'valid';
}

export function zeros(shape: readonly number[]): Values {
  return { shape, data: new Float64Array(shape.reduce((a, b) => a * b, 1)) };
}

/** Cross-correlation, as TensorFlow calls a convolution. `[b, h, w, i] * [kh, kw, i, o]`. */
export function conv2d(
  x: Values,
  kernel: Values,
  strides: Size,
  padding: Windows['padding'],
): Values {
  const [kernelHeight, kernelWidth, inChannels, outChannels] = kernel.shape as number[];
  const size: Size = [kernelHeight!, kernelWidth!];
  return overWindows(x, { size, strides, padding }, outChannels!, (inside, channel) => {
    let sum = 0;
    for (const { at, tap } of inside) {
      for (let i = 0; i < inChannels!; i++) {
        sum += x.data[at + i]! * kernel.data[(tap * inChannels! + i) * outChannels! + channel]!;
      }
    }
    return sum;
  });
}

/** @param kernel `[height, width, channels, multiplier]` */
export function depthwiseConv2d(
  x: Values,
  kernel: Values,
  strides: Size,
  padding: Windows['padding'],
): Values {
  const [height, width, channels, multiplier] = kernel.shape as [number, number, number, number];
  const windows = { size: [height, width] as const, strides, padding };
  return overWindows(x, windows, channels * multiplier, (inside, channel) =>
    inside.reduce(
      (sum, { at, tap }) =>
        sum +
        x.data[at + Math.floor(channel / multiplier)]! *
          kernel.data[tap * channels * multiplier + channel]!,
      0,
    ),
  );
}

/** The mean of the pixels inside each window; padding does not count. */
export function averagePool(x: Values, windows: Windows): Values {
  return overWindows(x, windows, x.shape[3]!, (inside, channel) => {
    const sum = inside.reduce((total, { at }) => total + x.data[at + channel]!, 0);
    return sum / inside.length;
  });
}

export function maxPool(x: Values, windows: Windows): Values {
  return overWindows(x, windows, x.shape[3]!, (inside, channel) =>
    Math.max(...inside.map(({ at }) => x.data[at + channel]!)),
  );
}

/** A pixel of a window: where its channels begin, and which of the window's places it takes. */
interface Pixel {
  readonly at: number;
  readonly tap: number;
}

function overWindows(
  x: Values,
  { size: [kernelHeight, kernelWidth], strides, padding }: Windows,
  outChannels: number,
  value: (inside: Pixel[], channel: number) => number,
): Values {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const [outHeight, top] = placed(height, kernelHeight, strides[0], padding);
  const [outWidth, left] = placed(width, kernelWidth, strides[1], padding);
  const result = zeros([batch, outHeight, outWidth, outChannels]);
  let out = 0;
  for (let b = 0; b < batch; b++) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++) {
        const inside: Pixel[] = [];
        for (let tap = 0; tap < kernelHeight * kernelWidth; tap++) {
          const y = row * strides[0] - top + Math.floor(tap / kernelWidth);
          const z = column * strides[1] - left + (tap % kernelWidth);
          if (y < 0 || y >= height || z < 0 || z >= width) continue;
          inside.push({ at: ((b * height + y) * width + z) * channels, tap });
        }
        for (let c = 0; c < outChannels; c++) result.data[out++] = value(inside, c);
      }
    }
  }
  return result;
}

/** How many windows there are along an axis, and how much padding stands before the first pixel. */
function placed(
  length: number,
  kernel: number,
  stride: number,
  padding: Windows['padding'],
): [windows: number, before: number] {
  if (padding === 'valid') return [Math.floor((length - kernel) / stride) + 1, 0];
  const windows = Math.ceil(length / stride);
  return [windows, Math.floor(Math.max((windows - 1) * stride + kernel - length, 0) / 2)];
}

/** Batch normalization over all axes but the last, by the batch's own mean and variance. */
export function batchNorm(x: Values, gamma: Values, beta: Values, epsilon: number): Values {
  const channels = gamma.shape[0]!;
  const rows = x.data.length / channels;
  const result = zeros(x.shape);
  for (let c = 0; c < channels; c++) {
    const column = Array.from({ length: rows }, (_, row) => x.data[row * channels + c]!);
    const mean = column.reduce((a, b) => a + b, 0) / rows;
    const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows;
    for (const [row, value] of column.entries()) {
      const normalized = (value - mean) / Math.sqrt(variance + epsilon);
      result.data[row * channels + c] = normalized * gamma.data[c]! + beta.data[c]!;
    }
  }
  return result;
}

/** Each element by itself. */
export function map(x: Values, f: (value: number, index: number) => number): Values {
  return { shape: x.shape, data: x.data.map(f) };
}

/** `[n, i] · [i, o]`. */
export function matMul(a: Values, b: Values): Values {
  const [rows, inner] = a.shape as [number, number];
  const columns = b.shape[1]!;
  const result = zeros([rows, columns]);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let i = 0; i < inner; i++)
        sum += a.data[row * inner + i]! * b.data[i * columns + column]!;
      result.data[row * columns + column] = sum;
    }
  }
  return result;
}

/** Of each row, `-log softmax(row)` at the row's label. */
export function crossEntropy(logits: Values, labels: readonly number[]): Values {
  const [rows, classes] = logits.shape as [number, number];
  const result = zeros([rows]);
  for (let row = 0; row < rows; row++) {
    const values = logits.data.subarray(row * classes, (row + 1) * classes);
    const sum = values.reduce((total, value) => total + Math.exp(value), 0);
    result.data[row] = Math.log(sum) - values[labels[row]!]!;
  }
  return result;
}

export function softmax(logits: Values): Values {
  const classes = logits.shape.at(-1)!;
  const exponentials = logits.data.map(Math.exp);
  return map(logits, (_, i) => {
    const start = i - (i % classes);
    const sum = exponentials.subarray(start, start + classes).reduce((a, b) => a + b, 0);
    return exponentials[i]! / sum;
  });
}

/** The mean over height and width, `[b, h, w, c]` → `[b, c]`. */
export function globalAverage(x: Values): Values {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const result = zeros([batch, channels]);
  for (let i = 0; i < x.data.length; i++) {
    const b = Math.floor(i / (height * width * channels));
    result.data[b * channels + (i % channels)]! += x.data[i]! / (height * width);
  }
  return result;
}

/** Side by side along the channels. */
export function concatenate(parts: readonly Values[]): Values {
  const widths = parts.map(({ shape }) => shape.at(-1)!);
  const rows = parts[0]!.data.length / widths[0]!;
  const data: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (const [i, { data: part }] of parts.entries()) {
      data.push(...part.subarray(row * widths[i]!, (row + 1) * widths[i]!));
    }
  }
  const channels = widths.reduce((a, b) => a + b, 0);
  return { shape: [...parts[0]!.shape.slice(0, -1), channels], data: Float64Array.from(data) };
}

/** The slices at these places along an axis; a place may come twice. */
export function gather(x: Values, places: readonly number[], axis: number): Values {
  const length = x.shape[axis]!;
  const inner = x.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const result = zeros(x.shape.map((size, i) => (i === axis ? places.length : size)));
  return map(result, (_, i) => {
    const place = places[Math.floor(i / inner) % places.length]!;
    const outer = Math.floor(i / inner / places.length);
    return x.data[(outer * length + place) * inner + (i % inner)]!;
  });
}

/** Enlarges each image to the nearest of its pixels, as TensorFlow does without `alignCorners`. */
export function resizeNearest(x: Values, [newHeight, newWidth]: Size): Values {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const result = zeros([batch, newHeight, newWidth, channels]);
  return map(result, (_, i) => {
    const c = i % channels;
    const column = Math.floor(i / channels) % newWidth;
    const row = Math.floor(i / channels / newWidth) % newHeight;
    const b = Math.floor(i / channels / newWidth / newHeight);
    const y = Math.min(Math.floor((row * height) / newHeight), height - 1);
    const z = Math.min(Math.floor((column * width) / newWidth), width - 1);
    return x.data[((b * height + y) * width + z) * channels + c]!;
  });
}

/** Local response normalization over `2 · radius + 1` neighbouring channels. */
export function localResponse(
  x: Values,
  radius: number,
  bias: number,
  alpha: number,
  beta: number,
): Values {
  const channels = x.shape.at(-1)!;
  return map(x, (value, i) => {
    const start = i - (i % channels);
    const from = Math.max(i - radius, start);
    const to = Math.min(i + radius + 1, start + channels);
    const squares = x.data.subarray(from, to).reduce((sum, v) => sum + v * v, 0);
    return value / (bias + alpha * squares) ** beta;
  });
}

/** The derivative of `f` by every element of every input, by central differences. */
export function finiteDifferences(
  f: (...inputs: Values[]) => number,
  inputs: readonly Values[],
): Float64Array[] {
  const step = 1e-5;
  return inputs.map(({ data }) =>
    Float64Array.from(data, (value, i) => {
      const at = (moved: number) => {
        data[i] = moved;
        const result = f(...inputs);
        data[i] = value;
        return result;
      };
      return (at(value + step) - at(value - step)) / (2 * step);
    }),
  );
}
