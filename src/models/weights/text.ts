/** A name as an error shows it: quoted, and cut if somebody made it megabytes long. */
export function quote(name: unknown): string {
  const text = typeof name === 'string' ? JSON.stringify(name.slice(0, 200)) : abridge(name);
  return shorten(text);
}

/** A shape as an error shows it: `[3, 3, 64, 96]`. */
export function formatShape(shape: readonly number[]): string {
  return shorten(`[${shape.slice(0, 50).join(', ')}${shape.length > 50 ? ', …' : ''}]`);
}

function abridge(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
