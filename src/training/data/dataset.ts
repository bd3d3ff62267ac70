/** Labelled pictures, in memory or in files. */
export interface Split {
  /**
   * Bytes, `count · height · width · channels`: picture by picture, row by row; or the paths of
   * `count` picture files of any size.
   */
  readonly images: Uint8Array | readonly string[];
  /** Of each picture, the number of its class. */
  readonly labels: Uint8Array | Uint16Array;
  readonly count: number;
}

/** What pictures are brought to before a network sees them. */
export interface PictureSize {
  readonly height: number;
  readonly width: number;
  /** 1: grey; 3: red, green, blue. */
  readonly channels: number;
}

export interface Dataset extends PictureSize {
  readonly name: string;
  readonly classes: readonly string[];
  readonly train: Split;
  readonly test: Split;
}

/** A set's files, by their names: the contents, uncompressed. */
export type Files = Readonly<Record<string, Uint8Array>>;

/** How many pictures of each class there are. */
export function countClasses({ labels }: Split, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/** So many pictures of a split, from the first on, or from another one. */
export function somePictures({ images, labels, count }: Split, wanted: number, from = 0): Split {
  const end = from + wanted;
  if (end > count) throw new Error(`There are ${count} pictures, but ${end} were asked for.`);
  const length = images.length / count;
  return {
    images: images.slice(from * length, end * length),
    labels: labels.subarray(from, end),
    count: wanted,
  };
}

/** @throws Error if it divides height or width with a rest. */
export function shrunkSize(
  { height, width }: Pick<PictureSize, 'height' | 'width'>,
  factor: number,
): Pick<PictureSize, 'height' | 'width'> {
  if ([factor, height / factor, width / factor].every((n) => Number.isInteger(n) && n >= 1)) {
    return { height: height / factor, width: width / factor };
  }
  throw new Error(
    `Pictures of ${height} × ${width} cannot be shrunk by ${factor}: give a divisor of both.`,
  );
}

/** Pictures of half, a third, … of the height and width: means over squares of pixels. */
export function shrink(data: Dataset, factor: number): Dataset {
  const { height, width } = shrunkSize(data, factor);
  const smaller = ({ images, ...split }: Split) => ({
    ...split,
    // Files are brought to the data set's size when they are read.
    images: images instanceof Uint8Array ? shrunk(images, data, factor) : images,
  });
  return { ...data, height, width, train: smaller(data.train), test: smaller(data.test) };
}

function shrunk(images: Uint8Array, { width, channels }: PictureSize, factor: number): Uint8Array {
  const row = width * channels;
  const result = new Uint8Array(images.length / factor ** 2);
  // Pictures lie one below the other: the squares are the same as in one tall picture.
  for (let i = 0; i < result.length; i++) {
    const channel = i % channels;
    const x = Math.floor(i / channels) % (width / factor);
    const y = Math.floor(i / (row / factor));
    let sum = 0;
    for (let down = 0; down < factor; down++) {
      const start = (y * factor + down) * row + x * factor * channels + channel;
      for (let right = 0; right < factor; right++) sum += images[start + right * channels] ?? 0;
    }
    result[i] = Math.round(sum / factor ** 2);
  }
  return result;
}
