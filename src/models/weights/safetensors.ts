import { openBytes } from '#platform';
import { zipStart, type OpenBytes } from '../../platform/bytes.js';
import { nameOf, type Source } from '../../platform/source.js';
import { decode, readableDtypes } from './convert.js';
import { parseHeader, type SafetensorsHeader } from './safetensors-header.js';
import { quote } from './text.js';
import type { WeightsFile } from './weights-file.js';

/** An open safetensors file whose header has been checked in full. */
export interface SafetensorsFile extends SafetensorsHeader, WeightsFile {
  readonly tensors: SafetensorsHeader['tensors'];
  readonly metadata: SafetensorsHeader['metadata'];
  /**
   * Reads one tensor, row-major, as float32.
   *
   * @throws Error if there is none of that name, if its numbers are neither F32, F16 nor BF16,
   *   or if the file cannot be read.
   */
  readonly read: (name: string) => Promise<Float32Array>;
}

/** The header's length, a 64-bit integer, comes first. */
const lengthBytes = 8;
/** The reference implementation's limit, 100 MB. */
const longestHeader = 100_000_000;

/**
 * Opens a file of the safetensors format: the length of a JSON header, the header, the numbers.
 * Nothing of a tensor is read before the whole header has proved right.
 *
 * @param opening its bytes, if they are being opened already: then it closes them
 * @throws Error that names the file and what is wrong with it.
 */
export async function openSafetensors(
  source: Source,
  opening: Promise<OpenBytes> = openBytes(source),
): Promise<SafetensorsFile> {
  return explain(source, async () => {
    const file = await opening;
    try {
      return await readable(source, file);
    } catch (error) {
      await file.close();
      throw error;
    }
  });
}

async function readable(source: Source, file: OpenBytes): Promise<SafetensorsFile> {
  const dataStart = lengthBytes + (await readHeaderLength(file));
  const text = decodeText(await file.read(lengthBytes, dataStart - lengthBytes));
  const header = parseHeader(text, file.size - dataStart);
  return {
    ...header,
    readableDtypes,
    read: (name) =>
      explain(source, async () => {
        const entry = header.tensors.get(name);
        if (!entry) throw new Error(`it has no tensor ${quote(name)}`);
        const { dtype, begin, end } = entry;
        return decode(dtype, await file.read(dataStart + begin, end - begin));
      }),
    close: file.close,
  };
}

async function readHeaderLength({ size, read }: OpenBytes): Promise<number> {
  if (size < lengthBytes) throw new Error(`it has ${size} bytes, too few for a header`);
  const bytes = await read(0, lengthBytes);
  const kind = otherKind(bytes);
  if (kind !== undefined) throw new Error(`it is ${kind}`);
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  if (length > longestHeader) {
    throw new Error(`its header would be ${length} bytes long, more than ${longestHeader}`);
  }
  if (length > size - lengthBytes) {
    throw new Error(`its header would be ${length} bytes long, but the file has ${size}`);
  }
  return length;
}

/** What else the file is, by its first bytes; read as a length, they would be far too large a one. */
function otherKind(start: Uint8Array): string | undefined {
  const text = String.fromCharCode(...start);
  if (text.startsWith('\x89HDF\r\n\x1a\n')) return "HDF5, like Keras's .h5: give { from: 'keras' }";
  if (text.startsWith(zipStart)) return "a zip archive, like PyTorch's .pth and Keras's .keras";
  const [first, protocol = 0, opcode] = start;
  // An opcode is no byte of a header's length.
  if (first === 0x80 && protocol >= 2 && protocol <= 5 && opcode !== 0) {
    return "a Python pickle, like PyTorch's .pth and .bin";
  }
  if (/^[{[]\s*["{[\s]/.test(text)) return 'JSON';
  return undefined;
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new Error('its header is not UTF-8 text', { cause: error });
  }
}

async function explain<T>(source: Source, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new Error(
      `Cannot read ${nameOf(source)} as safetensors: ${(error as Error).message}. ` +
        'Give the path of a whole .safetensors file; if this one should be whole, fetch it again.',
      { cause: error },
    );
  }
}
