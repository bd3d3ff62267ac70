import { limits } from './limits.js';
import type { Parcel } from './packed.js';

/** Bytes that say how long the rest is. */
const head = 8;

/** A parcel as bytes: two lengths, the JSON, the parts. */
export function toFrame({ value, parts }: Parcel): Uint8Array[] {
  const lengths = parts.map(({ byteLength }) => byteLength);
  const json = Buffer.from(JSON.stringify({ value, lengths }));
  const start = Buffer.alloc(head);
  start.writeUInt32LE(json.byteLength, 0);
  start.writeUInt32LE(
    lengths.reduce((sum, length) => sum + length, 0),
    4,
  );
  return [start, json, ...parts];
}

/** Puts parcels together from what comes through a pipe. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #size = 0;

  /** @throws Error if it is no parcel, or larger than is allowed; nothing more is to be read then. */
  *add(chunk: Buffer): Generator<Parcel> {
    this.#chunks.push(chunk);
    this.#size += chunk.byteLength;
    while (this.#size >= head) {
      const start = this.#peek(head);
      const size = head + start.readUInt32LE(0) + start.readUInt32LE(4);
      if (size > limits.bytes) {
        throw new Error(`a message of ${size} bytes; at most ${limits.bytes} are allowed`);
      }
      if (this.#size < size) return;
      const whole = this.#peek(size);
      const rest = this.#chunks[0]?.subarray(size) ?? Buffer.alloc(0);
      this.#chunks = rest.byteLength > 0 ? [rest] : [];
      this.#size = rest.byteLength;
      yield parse(whole);
    }
  }

  /** The first bytes in one piece. */
  #peek(size: number): Buffer {
    if ((this.#chunks[0]?.byteLength ?? 0) < size) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0]?.subarray(0, size) ?? Buffer.alloc(0);
  }
}

function parse(frame: Buffer): Parcel {
  const jsonEnd = head + frame.readUInt32LE(0);
  const { value, lengths } = JSON.parse(frame.toString('utf8', head, jsonEnd)) as {
    value: unknown;
    lengths: unknown;
  };
  if (!Array.isArray(lengths)) throw new Error('a message without the lengths of its parts');
  let start = jsonEnd;
  const parts = lengths.map((length: unknown) => {
    if (!Number.isSafeInteger(length) || (length as number) < 0) {
      throw new Error('a message whose parts have no lengths');
    }
    const end = start + (length as number);
    if (end > frame.byteLength) throw new Error('a message that is shorter than it says');
    // A copy, so that it begins where numbers may.
    const part = new Uint8Array(frame.subarray(start, end));
    start = end;
    return part;
  });
  return { value, parts };
}
