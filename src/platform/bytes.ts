import type { Source } from './source.js';

/** Something that is open, of which any part can be read. */
export interface OpenBytes {
  /** In bytes. */
  readonly size: number;
  /** Reads so many bytes, which fill a buffer of their own. */
  readonly read: (position: number, length: number) => Promise<Uint8Array<ArrayBuffer>>;
  readonly close: () => Promise<void>;
}

/** All of a source's bytes. */
export async function readAll(
  source: Source,
  open: (source: Source) => Promise<OpenBytes>,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await open(source);
  try {
    return await bytes.read(0, bytes.size);
  } finally {
    await bytes.close();
  }
}

/** The first bytes, a character each, by which the kind of a file is told. */
export async function firstCharacters({ size, read }: OpenBytes, count: number): Promise<string> {
  return String.fromCharCode(...(await read(0, Math.min(count, size))));
}

/** How a zip archive begins. */
export const zipStart = 'PK\x03\x04';

/** Bytes that come in parts, as one. */
export async function joinChunks(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: BlobPart[] = [];
  for await (const chunk of chunks) parts.push(new Uint8Array(chunk));
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** What need not be opened any more. */
export function openInMemory(source: Blob | Uint8Array): OpenBytes {
  const close = () => Promise.resolve();
  if (source instanceof Blob) {
    const read = async (position: number, length: number) =>
      new Uint8Array(await source.slice(position, position + length).arrayBuffer());
    return { size: source.size, read, close };
  }
  const read = (position: number, length: number) =>
    Promise.resolve(new Uint8Array(source.subarray(position, position + length)));
  return { size: source.length, read, close };
}

/** What a server sends. */
export async function fetchBlob(url: URL | string): Promise<Blob> {
  const answer = await fetch(url).catch((error: unknown) => {
    throw new Error(`nothing came back (${(error as Error).message})`, { cause: error });
  });
  if (!answer.ok) throw new Error(`the server answered with status ${answer.status}`);
  return answer.blob();
}
