import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { byteLength } from './dtypes.js';
import { metadataKey } from './safetensors-header.js';
import { formatShape, quote } from './text.js';

/** A tensor on its way to a file. */
export interface TensorSource {
  readonly name: string;
  readonly shape: readonly number[];
  /** Gives the numbers, row-major; asked once, when it is this tensor's turn. */
  readonly read: () => Promise<Float32Array>;
}

/**
 * Writes tensors as float32 in the safetensors format, one after another, with the folders that
 * the path needs. At every moment the file is the old one or the new one, whole.
 *
 * @throws Error that names the file and says why it cannot be written; the old one stays.
 */
export async function writeSafetensors(
  path: string,
  tensors: readonly TensorSource[],
): Promise<void> {
  try {
    const header = formatHeader(tensors);
    await mkdir(dirname(path), { recursive: true });
    await replaceFile(path, async (file) => {
      await file.writeFile(header);
      for (const tensor of tensors) await file.writeFile(await bytesOf(tensor));
    });
  } catch (error) {
    throw new Error(`Cannot write "${path}": ${(error as Error).message}.`, { cause: error });
  }
}

/** Writes beside the old file, in the same folder so that the new one can take its name. */
async function replaceFile(
  path: string,
  write: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const draft = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    await writeNew(draft, write);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Writes a file that did not exist, down to the disk. */
async function writeNew(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await write(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The header's length and the header, which ends on a multiple of 8 so that the numbers are aligned. */
function formatHeader(tensors: readonly TensorSource[]): Buffer {
  const entries = new Map<string, object>();
  let begin = 0;
  for (const { name, shape } of tensors) {
    if (name === metadataKey) throw new Error(`no tensor can be called ${quote(name)}`);
    if (entries.has(name)) throw new Error(`two tensors are called ${quote(name)}`);
    const end = begin + byteLength('F32', sizeOf(shape));
    entries.set(name, { dtype: 'F32', shape, data_offsets: [begin, end] });
    begin = end;
  }
  const json = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const header = Buffer.alloc(8 + Math.ceil(json.length / 8) * 8, ' ');
  header.writeBigUInt64LE(BigInt(header.length - 8));
  json.copy(header, 8);
  return header;
}

async function bytesOf({ name, shape, read }: TensorSource): Promise<Uint8Array> {
  const values = await read();
  if (values.length !== sizeOf(shape)) {
    throw new Error(
      `the tensor ${quote(name)} of shape ${formatShape(shape)} came with ${values.length} numbers`,
    );
  }
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
