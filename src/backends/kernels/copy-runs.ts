/** Equally long runs of values, the same distance apart. */
export interface Runs {
  /** A view of WebAssembly's memory. */
  readonly values: Float32Array;
  /** Where the first run begins. */
  readonly start: number;
  /** From the beginning of one run to the next. */
  readonly distance: number;
}

/** Below this, a loop is faster than the engine's own copying. */
const shortest = 16;

/**
 * Copies as many runs as the target has room for. Both lie in one memory; nothing is allocated, as
 * TensorFlow.js's own copying does with a view for every run.
 */
export function copyRuns(from: Runs, to: Runs, length: number): void {
  const count = to.values.length / to.distance;
  if (length < shortest) {
    for (let run = 0; run < count; run++) {
      const source = from.start + run * from.distance;
      const target = to.start + run * to.distance;
      for (let i = 0; i < length; i++) to.values[target + i] = from.values[source + i]!;
    }
    return;
  }
  const memory = new Float32Array(to.values.buffer);
  const first = (runs: Runs) => runs.values.byteOffset / memory.BYTES_PER_ELEMENT + runs.start;
  const [source, target] = [first(from), first(to)];
  for (let run = 0; run < count; run++) {
    const start = source + run * from.distance;
    memory.copyWithin(target + run * to.distance, start, start + length);
  }
}
