/**
 * What can be read: a path or URL, a file that somebody has chosen, or the bytes themselves. In
 * Node a text is a path; in a browser it is what `saveWeights` has kept under that name, or a URL.
 */
export type Source = string | URL | Blob | Uint8Array;

/** A source as errors call it. */
export function nameOf(source: Source): string {
  if (typeof source === 'string') return `"${source}"`;
  if (source instanceof URL) return `"${source.href}"`;
  if (source instanceof Blob) {
    return 'name' in source ? `"${String(source.name)}"` : `${source.size} bytes`;
  }
  return `${source.length} bytes`;
}

/** The place of a file that lies beside another; `undefined` beside bytes. */
export function beside(source: Source, name: string): string | URL | undefined {
  if (source instanceof URL) return new URL(encodeURIComponent(name), source);
  if (typeof source !== 'string') return undefined;
  if (/^https?:\/\//.test(source)) return new URL(encodeURIComponent(name), source);
  return source.replace(/[^/\\]*$/, () => name);
}
