/** How many steps a probability has: enough for 1e-5. */
const steps = 65_535;

/** Probabilities of ten classes a picture as text, 16 bits each. */
export function pack(rows: readonly (readonly number[])[]): string {
  const numbers = Uint16Array.from(rows.flat(), (probability) => Math.round(probability * steps));
  return Buffer.from(numbers.buffer).toString('base64');
}

/** @returns a row for each picture */
export function unpack(text: string, classes = 10): number[][] {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  const numbers = [...new Uint16Array(bytes.buffer)].map((number) => number / steps);
  return Array.from({ length: numbers.length / classes }, (_, i) =>
    numbers.slice(i * classes, (i + 1) * classes),
  );
}
