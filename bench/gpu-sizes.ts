/** How much each part computes. */
export interface Sizes {
  /** Of the gradient tests on a backend, those whose names have this. Default: all */
  readonly gradients?: string;
  readonly scaling: {
    readonly seconds: number;
    /** How many processes, by the batch of each. */
    readonly processes: Readonly<Record<number, readonly number[]>>;
    readonly blocks: readonly number[];
    readonly side: number;
    readonly warmUps: number;
    /** Of a process, in seconds. */
    readonly limit: number;
  };
  readonly bench: {
    readonly networks: readonly string[];
    readonly side: number;
    /** 1, or PyTorch's networks are others. */
    readonly width: number;
    readonly batches: readonly number[];
    readonly warmUps: number;
    readonly runs: number;
    readonly limit: number;
  };
  readonly lessons: { readonly numbers: readonly string[]; readonly limit: number };
  readonly study: { readonly comparison: string; readonly isMiniature: boolean };
}

export const forGpu: Sizes = {
  scaling: {
    ...{ seconds: 8, blocks: [5, 10, 5], side: 32, warmUps: 3, limit: 90 },
    processes: { 32: [1, 4, 8, 15], 128: [1] },
  },
  bench: {
    networks: ['inception-v4', 'inception-resnet-v2'],
    ...{ side: 299, width: 1, batches: [1, 8, 32], warmUps: 2, runs: 5, limit: 90 },
  },
  lessons: { numbers: ['01', '05', '10'], limit: 90 },
  study: { comparison: 'blocks-5-10-5', isMiniature: false },
};

/**
 * For a CPU that stands in for a GPU, to see that all parts run: a full-size network takes half a
 * minute a step there.
 */
export const quick: Sizes = {
  gradients: '(conv2d 1×1|averagePool 5×5|batchNorm by|relu|cross-entropy)',
  scaling: {
    ...{ seconds: 1, blocks: [1, 1, 1], side: 16, warmUps: 0, limit: 240 },
    processes: { 2: [2] },
  },
  bench: {
    networks: ['inception-resnet-v2'],
    ...{ side: 75, width: 0.1, batches: [1], warmUps: 0, runs: 1, limit: 240 },
  },
  lessons: { numbers: ['01'], limit: 300 },
  study: { comparison: 'blocks-1-1-1', isMiniature: true },
};
