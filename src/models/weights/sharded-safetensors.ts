import { openBytes } from '#platform';
import type { OpenBytes } from '../../platform/bytes.js';
import { beside, nameOf, type Source } from '../../platform/source.js';
import { readableDtypes } from './convert.js';
import { checkJsonStructure } from './json-structure.js';
import { openSafetensors, type SafetensorsFile } from './safetensors.js';
import type { TensorEntry } from './safetensors-header.js';
import { quote } from './text.js';
import type { WeightsFile } from './weights-file.js';

/** Bytes that an index may have; that of the largest published network has some megabytes. */
const longestIndex = 100_000_000;

/** Files that a checkpoint may have: each stays open. */
const mostFiles = 1000;

/** In which file each tensor is, by its name. */
type Index = ReadonlyMap<string, string>;

/**
 * Opens a checkpoint of one safetensors file, or of several by their index
 * (`model.safetensors.index.json`), beside which they lie.
 *
 * @param opening its bytes, which may be being opened already: it closes them
 * @throws Error that names the file and what is wrong with it.
 */
export async function openCheckpoint(
  source: Source,
  opening: Promise<OpenBytes> = openBytes(source),
): Promise<WeightsFile> {
  if (!(await beginsAsJson(opening))) return openSafetensors(source, opening);
  const bytes = await opening;
  const index = await readIndex(source, bytes).finally(() => bytes.close());
  const files = new Map<string, SafetensorsFile>();
  const close = async () => {
    for (const file of files.values()) await file.close();
  };
  try {
    for (const name of new Set(index.values())) {
      const place = beside(source, name);
      if (place === undefined) {
        throw refusal(source, 'its files are looked for next to it: give its path or URL');
      }
      files.set(name, await openSafetensors(place));
    }
    return { ...merge(source, index, files), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Each tensor from the file that the index says, and no other: of two, one would be out of date. */
function merge(
  source: Source,
  index: Index,
  files: ReadonlyMap<string, SafetensorsFile>,
): Omit<WeightsFile, 'close'> {
  const tensors = new Map<string, TensorEntry>();
  const holders = new Map<string, SafetensorsFile>();
  for (const [fileName, file] of files) {
    for (const [name, entry] of file.tensors) {
      if (index.get(name) !== fileName) {
        throw refusal(source, `it does not say that ${quote(fileName)} has ${quote(name)}`);
      }
      tensors.set(name, entry);
      holders.set(name, file);
    }
  }
  for (const [name, fileName] of index) {
    if (tensors.has(name)) continue;
    throw refusal(
      source,
      `${quote(fileName)} does not have the tensor ${quote(name)} that it names`,
    );
  }
  const [first] = files.values();
  return {
    tensors,
    ...(first ? { metadata: first.metadata } : {}),
    readableDtypes,
    read(name) {
      const file = holders.get(name);
      if (file) return file.read(name);
      return Promise.reject(refusal(source, `it names no tensor ${quote(name)}`));
    },
  };
}

/** A header's length comes first in a safetensors file: such a one would be far too long. */
async function beginsAsJson(opening: Promise<OpenBytes>): Promise<boolean> {
  // Who reads it next says why it cannot be read.
  const start = await opening
    .then(({ size, read }) => read(0, Math.min(8, size)))
    .catch(() => new Uint8Array());
  return /^\s*\{\s*["}\s]/.test(new TextDecoder().decode(start));
}

async function readIndex(source: Source, { size, read }: OpenBytes): Promise<Index> {
  if (size > longestIndex) throw refusal(source, `it has ${size} bytes, more than ${longestIndex}`);
  const map = weightMap(source, new TextDecoder().decode(await read(0, size)));
  const index = new Map<string, string>();
  for (const [name, file] of Object.entries(map)) {
    if (typeof file !== 'string' || !isFileName(file)) {
      throw refusal(
        source,
        `it says of ${quote(name)} that it is in ${quote(file)}, which is not a file next to it`,
      );
    }
    index.set(name, file);
  }
  const count = new Set(index.values()).size;
  if (count === 0) throw refusal(source, 'it names no tensors');
  if (count > mostFiles) throw refusal(source, `it names ${count} files, more than ${mostFiles}`);
  return index;
}

function weightMap(source: Source, text: string): object {
  try {
    checkJsonStructure(text);
    const { weight_map: map } = JSON.parse(text) as { weight_map?: unknown };
    if (typeof map === 'object' && map !== null && !Array.isArray(map)) return map;
  } catch (error) {
    throw refusal(source, `it is not complete JSON (${(error as Error).message})`);
  }
  throw refusal(source, 'it has no "weight_map"');
}

function isFileName(name: string): boolean {
  return name !== '' && !/^\.+$|[/\\\0]/.test(name);
}

function refusal(source: Source, problem: string): Error {
  return new Error(
    `Cannot read ${nameOf(source)} as the index of a checkpoint in several files: ${problem}. ` +
      'Give a whole model.safetensors.index.json with its files next to it, or one .safetensors file.',
  );
}
