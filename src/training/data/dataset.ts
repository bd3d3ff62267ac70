/** Labelled pictures, all of one size, in memory. */
export interface Split {
  /** Bytes, `count · height · width · channels`: picture by picture, row by row. */
  readonly images: Uint8Array;
  /** Of each picture, the number of its class. */
  readonly labels: Uint8Array | Uint16Array;
  readonly count: number;
}

export interface Dataset {
  readonly name: string;
  readonly classes: readonly string[];
  readonly height: number;
  readonly width: number;
  /** 1: grey; 3: red, green, blue. */
  readonly channels: number;
  readonly train: Split;
  readonly test: Split;
}

/** How many pictures of each class there are. */
export function countClasses({ labels }: Split, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/** The first pictures of a split. */
export function firstPictures({ images, labels, count }: Split, wanted: number): Split {
  if (wanted > count) throw new Error(`There are ${count} pictures, and ${wanted} are asked for.`);
  const length = images.length / count;
  return {
    images: images.subarray(0, wanted * length),
    labels: labels.subarray(0, wanted),
    count: wanted,
  };
}
