/** Ours to Keras's: the name of a layer of ours to that of a layer of Keras's. */
export type LayerNames = ReadonlyMap<string, string>;

/**
 * The convolutions of a block, branch by branch, which is the order Keras creates them in.
 *
 * @param counts how many convolutions each branch has
 */
export function convolutions(block: string, counts: readonly number[]): string[] {
  return counts.flatMap((count, b) =>
    numbers(count).map((c) => `${block}/branch${b + 1}/conv${c}`),
  );
}

/**
 * The convolution units that Keras leaves unnamed: it counts their layers as it creates them.
 *
 * @param units ours, in the order in which Keras creates its own
 */
export function unnamed(units: readonly string[]): [ours: string, kerass: string][] {
  return units.flatMap((unit, i): [string, string][] => [
    [unit, `conv2d_${i + 1}`],
    [`${unit}/batchNorm`, `batch_normalization_${i + 1}`],
  ]);
}

/** `1 … count`, to number blocks with. */
export function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}
