import { createHash } from 'node:crypto';

/** A result as a file has it: with a checksum, so that a number that was changed by hand is noticed. */
export function seal(result: object): string {
  return `${JSON.stringify({ ...result, checksum: checksumOf(result) }, null, 2)}\n`;
}

/** @throws Error with the end of a sentence that begins with the file. */
export function unseal(text: string): object {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new Error('is cut off, or is not JSON', { cause: error });
  }
  if (typeof parsed !== 'object' || parsed === null) throw new Error('is not an object of JSON');
  const { checksum, ...result } = parsed as { checksum?: string };
  if (checksum === undefined) throw new Error('has no checksum: another version wrote it');
  if (checksum !== checksumOf(result)) throw new Error('was changed after it had been written');
  return result;
}

function checksumOf(result: object): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(result)))
    .digest('hex')
    .slice(0, 16);
}

/** With its keys in one order, whatever order they were written in. */
export function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
