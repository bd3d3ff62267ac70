/** Who wrote a file of weights, and so how its tensors are named and laid out. */
export type WeightsOrigin = 'inception-lab' | 'timm' | 'torchvision' | 'facenet-pytorch' | 'keras';

/** What a file says of one of its tensors before the numbers are read. */
export interface WeightsEntry {
  /** In the file, as errors show it. */
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
}

/** An open file of weights, of any format. */
export interface WeightsFile {
  /** By the names that a layout looks for. */
  readonly tensors: ReadonlyMap<string, WeightsEntry>;
  /** Texts about the file, by name. */
  readonly metadata?: ReadonlyMap<string, string>;
  /** The types of number that `read` can give. */
  readonly readableDtypes: readonly string[];
  /**
   * Reads one tensor, row-major, as float32.
   *
   * @param name a key of `tensors`
   */
  readonly read: (name: string) => Promise<Float32Array>;
  readonly close: () => Promise<void>;
}
