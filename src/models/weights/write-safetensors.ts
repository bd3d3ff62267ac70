import { replaceFile } from '#platform';
import { encode } from './convert.js';
import { byteLength, type WritableDtype } from './dtypes.js';
import { metadataKey } from './safetensors-header.js';
import { formatShape, quote } from './text.js';
import { cannotWrite } from '../../platform/cannot-write.js';

/** A tensor on its way to a file. */
export interface TensorSource {
  readonly name: string;
  readonly shape: readonly number[];
  /** Gives the numbers, row-major; asked once, when it is this tensor's turn. */
  readonly read: () => Promise<Float32Array>;
}

/** Texts about a file, by name. */
export type Metadata = Readonly<Record<string, string>>;

export interface FileOptions {
  readonly metadata?: Metadata;
  /** As what the numbers are written. Default: `'F32'`. */
  readonly dtype?: WritableDtype;
}

/**
 * Writes tensors in the safetensors format, one after another, with the folders that the path needs.
 * At every moment the file is the old one or the new one, whole.
 *
 * @throws Error that names the file and says why it cannot be written; the old one stays.
 */
export async function writeSafetensors(
  path: string,
  tensors: readonly TensorSource[],
  options?: FileOptions,
): Promise<void> {
  try {
    await replaceFile(path, safetensorsChunks(tensors, options));
  } catch (error) {
    throw cannotWrite(`"${path}"`, error);
  }
}

/** A file's bytes, tensor by tensor. */
export async function* safetensorsChunks(
  tensors: readonly TensorSource[],
  { metadata = {}, dtype = 'F32' }: FileOptions = {},
): AsyncGenerator<Uint8Array> {
  yield formatHeader(tensors, metadata, dtype);
  for (const tensor of tensors) yield await bytesOf(tensor, dtype);
}

/** The header's length and the header, which ends on a multiple of 8 so that the numbers are aligned. */
function formatHeader(
  tensors: readonly TensorSource[],
  metadata: Metadata,
  dtype: WritableDtype,
): Uint8Array {
  const entries = new Map<string, object>();
  if (Object.keys(metadata).length > 0) entries.set(metadataKey, metadata);
  let begin = 0;
  for (const { name, shape } of tensors) {
    if (name === metadataKey) throw new Error(`no tensor can be called ${quote(name)}`);
    if (entries.has(name)) throw new Error(`two tensors are called ${quote(name)}`);
    const end = begin + byteLength(dtype, sizeOf(shape));
    entries.set(name, { dtype, shape, data_offsets: [begin, end] });
    begin = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const length = Math.ceil(json.length / 8) * 8;
  const header = new Uint8Array(8 + length).fill(' '.charCodeAt(0));
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(json, 8);
  return header;
}

async function bytesOf(
  { name, shape, read }: TensorSource,
  dtype: WritableDtype,
): Promise<Uint8Array> {
  const values = await read();
  if (values.length !== sizeOf(shape)) {
    throw new Error(
      `the tensor ${quote(name)} of shape ${formatShape(shape)} came with ${values.length} numbers`,
    );
  }
  try {
    return encode(dtype, values);
  } catch (error) {
    throw new Error(`the tensor ${quote(name)}: ${(error as Error).message}`, { cause: error });
  }
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
