/** A value on its way between two processes: JSON, with the numbers of tensors beside it. */
export type Packed =
  | null
  | boolean
  | string
  | number
  | readonly Packed[]
  | { readonly $: 'undefined' }
  /** A number that JSON does not know. */
  | { readonly $: 'number'; readonly text: string }
  | { readonly $: 'object'; readonly entries: readonly (readonly [string, Packed])[] }
  | { readonly $: 'typed'; readonly type: string; readonly part: number }
  | {
      readonly $: 'tensor';
      readonly dtype: string;
      readonly shape: readonly number[];
      readonly part: number;
    }
  /** A place in a network: `id` says which of the call's. */
  | {
      readonly $: 'symbolic';
      readonly id: number;
      readonly shape: readonly (number | null)[];
      readonly dtype: string;
    }
  /** What was put on top of such places. */
  | {
      readonly $: 'layers';
      readonly config: string;
      /** The names of the input layers that stand for places, and which. */
      readonly inputs: readonly (readonly [string, number])[];
      /** Of layers whose weights were set by hand. */
      readonly weights: PackedWeights;
    }
  /** A network that an answer gives back. */
  | { readonly $: 'network'; readonly config: string; readonly weights: PackedWeights }
  /** What a check lends: each is known by its number as long as the answer's process lives. */
  | { readonly $: 'function'; readonly id: number }
  | {
      readonly $: 'variable';
      readonly id: number;
      readonly isTrainable: boolean;
      readonly value: Packed;
    }
  | {
      readonly $: 'model';
      readonly id: number;
      /** Its kind and configuration, as TensorFlow.js writes them. */
      readonly type: string;
      readonly config: string;
      /** Variables. */
      readonly weights: PackedWeights;
    }
  | { readonly $: 'optimizer'; readonly type: string; readonly config: string };

/** By the names of layers. */
export type PackedWeights = readonly (readonly [string, readonly Packed[]])[];

/** A message: its JSON part, and parts of bytes that this refers to by their places. */
export interface Parcel {
  readonly value: unknown;
  readonly parts: readonly Uint8Array[];
}

export const typedArrays = {
  Float32Array,
  Float64Array,
  Int8Array,
  Int16Array,
  Int32Array,
  Uint8Array,
  Uint8ClampedArray,
  Uint16Array,
  Uint32Array,
} as const;

/** The kinds of tensors that cross, and in what their numbers come. */
export const tensorTypes = {
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
} as const;
