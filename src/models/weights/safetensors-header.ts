import { byteLength, dtypes, type Dtype } from './dtypes.js';
import { checkJsonStructure } from './json-structure.js';
import { formatShape, quote } from './text.js';

/** What a safetensors file says of one of its tensors. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** The first byte of its numbers, counted from the end of the header. */
  readonly begin: number;
  /** The byte after the last. */
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** Under this name a header holds texts about the file, so no tensor can have it. */
export const metadataKey = '__metadata__';

/**
 * Reads a header and believes nothing of it: every tensor has a known type and a possible shape,
 * its bytes are as many as those take, and together the tensors fill the data without hole or
 * overlap. After this, nobody who trusts the header reads outside the file or allocates more
 * than its size.
 *
 * @param dataLength the bytes that follow the header in the file
 * @throws Error with a clause that says what is wrong.
 */
export function parseHeader(text: string, dataLength: number): SafetensorsHeader {
  const header = parseJson(text);
  if (!isObject(header)) throw new Error('its header is not a JSON object');
  const tensors = new Map<string, TensorEntry>();
  const metadata = new Map<string, string>();
  // Maps, and own entries only: a tensor may be called "__proto__" or "constructor".
  for (const [name, value] of Object.entries(header)) {
    if (name === metadataKey) addMetadata(metadata, value);
    else tensors.set(name, parseEntry(name, value));
  }
  checkCoverage([...tensors.values()], dataLength);
  return { tensors, metadata };
}

function parseJson(text: string): unknown {
  try {
    checkJsonStructure(text);
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Error('its header is not JSON', { cause: error });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function addMetadata(metadata: Map<string, string>, value: unknown): void {
  if (value === null) return; // as the reference implementation does
  if (!isObject(value)) throw new Error(`its ${metadataKey} is not a JSON object`);
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string') {
      throw new Error(`its ${metadataKey} has ${quote(text)} for ${quote(key)}, not a text`);
    }
    metadata.set(key, text);
  }
}

function parseEntry(name: string, value: unknown): TensorEntry {
  if (!isObject(value)) throw new Error(`its entry ${quote(name)} is not a JSON object`);
  const dtype = parseDtype(name, value.dtype);
  const shape = parseShape(name, value.shape);
  const [begin, end] = parseOffsets(name, value.data_offsets);
  const length = byteLength(dtype, shape.reduce(multiply, 1));
  if (end - begin !== length) {
    throw new Error(
      `its tensor ${quote(name)}, ${dtype} of shape ${formatShape(shape)}, ` +
        `has ${end - begin} bytes by its data_offsets, not ${length}`,
    );
  }
  return { name, dtype, shape, begin, end };
}

function parseDtype(name: string, value: unknown): Dtype {
  const dtype = dtypes.find((known) => known === value);
  if (dtype) return dtype;
  const what = value === undefined ? 'no dtype' : `the dtype ${quote(value)}`;
  throw new Error(`its tensor ${quote(name)} has ${what}; the format knows ${dtypes.join(', ')}`);
}

function parseShape(name: string, value: unknown): readonly number[] {
  if (!Array.isArray(value))
    throw new Error(`its tensor ${quote(name)} has a shape that is not a list`);
  const wrong: unknown = value.find((size) => !isCount(size));
  if (wrong !== undefined) {
    throw new Error(
      `its tensor ${quote(name)} has ${quote(wrong)} in its shape, not a whole number from 0`,
    );
  }
  const shape = value as number[];
  if (isCount(shape.reduce(multiply, 1))) return shape;
  throw new Error(
    `its tensor ${quote(name)} has the shape ${formatShape(shape)}, which is too large to count`,
  );
}

function parseOffsets(name: string, value: unknown): readonly [number, number] {
  if (Array.isArray(value) && value.length === 2 && value.every(isCount)) {
    const [begin = 0, end = 0] = value;
    if (begin <= end) return [begin, end];
  }
  throw new Error(
    `its tensor ${quote(name)} has no data_offsets [begin, end], two whole numbers with begin ≤ end`,
  );
}

function checkCoverage(tensors: TensorEntry[], dataLength: number): void {
  tensors.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let filled = 0;
  for (const { name, begin, end } of tensors) {
    if (end > dataLength) {
      throw new Error(
        `its tensor ${quote(name)} ends at byte ${end} of ${dataLength} bytes of data: ` +
          'the file is cut off, or its header is wrong',
      );
    }
    if (begin < filled) {
      throw new Error(`its tensor ${quote(name)} overlaps another before byte ${filled}`);
    }
    if (begin > filled) {
      throw new Error(`its bytes from ${filled} to ${begin} belong to no tensor`);
    }
    filled = end;
  }
  if (filled < dataLength) {
    throw new Error(`its bytes from ${filled} to ${dataLength} belong to no tensor`);
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function multiply(a: number, b: number): number {
  return a * b;
}
