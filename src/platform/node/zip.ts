import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';

/**
 * Writes one file of a zip archive to the disk, under a name of ours: those in the archive are not
 * believed.
 *
 * @param most so many bytes it may have
 * @throws Error with a clause that says what is wrong.
 */
export async function unzipFile(
  archive: string,
  name: string,
  to: string,
  most: number,
): Promise<void> {
  const zip = await openPromise(archive, { autoClose: false });
  try {
    const entry = await find(zip, name);
    if (entry.uncompressedSize > most) {
      const sizes = `${megabytes(entry.uncompressedSize)}, and at most ${megabytes(most)} are read`;
      throw new Error(`its ${name} has ${sizes}`);
    }
    const content = await zip.openReadStreamPromise(entry);
    const sum = checksum();
    await pipeline(content, sum.stream, createWriteStream(to));
    if (sum.value() !== entry.crc32) throw new Error(`its ${name} is damaged`);
  } finally {
    zip.close();
  }
}

async function find(zip: ZipFile, name: string): Promise<Entry> {
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName === name) return entry;
  }
  throw new Error(`as a zip archive, it has no ${name}`);
}

/** yauzl checks sizes, and leaves this to us. */
function checksum() {
  let value = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _, done) {
      value = crc32(chunk, value);
      done(null, chunk);
    },
  });
  return { stream, value: () => value };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 0 })} MB`;
}
