/** Bits of one number, for every type of number that the format knows (safetensors 0.8). */
const bitsOfDtype = {
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  BOOL: 8,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  F8_E8M0: 8,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  I64: 64,
  U64: 64,
  F64: 64,
  C64: 64,
} as const;

/** How a safetensors file stores the numbers of a tensor. */
export type Dtype = keyof typeof bitsOfDtype;

export const dtypes = Object.keys(bitsOfDtype) as readonly Dtype[];

/** The bytes that so many numbers take; not a whole number if they do not end on a byte. */
export function byteLength(dtype: Dtype, count: number): number {
  return (count * bitsOfDtype[dtype]) / 8;
}

/** What weights can be saved as, by TensorFlow's names. */
export type WeightsDtype = 'float32' | 'float16';

/** The same, by the format's. */
export const storedAs = { float32: 'F32', float16: 'F16' } as const satisfies Record<
  WeightsDtype,
  Dtype
>;

export const weightsDtypes = Object.keys(storedAs) as readonly WeightsDtype[];

/** The types that numbers can be written as. */
export type WritableDtype = (typeof storedAs)[WeightsDtype];
