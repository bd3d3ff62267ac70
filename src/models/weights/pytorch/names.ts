/** Ours to timm's: the name of a layer of ours to that of a PyTorch module. */
export type LayerNames = ReadonlyMap<string, string>;

/** The convolutions of a block, ours to timm's, without the block's own name. */
export type Convolutions = Readonly<Record<string, string>>;

/** A branch that begins with a pool and has one convolution. */
export const pooled = 'pooled';

/**
 * The convolutions of a block that timm writes as `branch0`, `branch1.0`, `branch1.1`, …: our
 * branches are numbered from 1, as they are drawn.
 *
 * @param branches how many convolutions each has; a pool before them counts in timm's numbers
 */
export function branches(...branches: readonly (number | typeof pooled)[]): Convolutions {
  const entries = branches.flatMap((branch, b): [string, string][] => {
    if (branch === pooled) return [[`branch${b + 1}/conv1`, `branch${b}.1`]];
    if (branch === 1) return [[`branch${b + 1}/conv1`, `branch${b}`]];
    return Array.from({ length: branch }, (_, c) => [
      `branch${b + 1}/conv${c + 1}`,
      `branch${b}.${c}`,
    ]);
  });
  return Object.fromEntries(entries);
}

/** The layers of a block's convolution units: convolution and batch normalization. */
export function units(
  block: string,
  timmBlock: string,
  convolutions: Convolutions,
): [ours: string, timms: string][] {
  return Object.entries(convolutions).flatMap(([ours, timms]): [string, string][] => [
    [`${block}/${ours}`, `${timmBlock}${timms}.conv`],
    [`${block}/${ours}/batchNorm`, `${timmBlock}${timms}.bn`],
  ]);
}

/** A residual block: its units, and the linear convolution that has no batch normalization. */
export function residual(
  block: string,
  theirs: string,
  convolutions: Convolutions,
): [ours: string, theirs: string][] {
  return [...units(block, `${theirs}.`, convolutions), [`${block}/linear`, `${theirs}.conv2d`]];
}

/** `1 … count`, to number blocks with. */
export function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}
