/** @throws Error if this is no whole number of at least `least`. */
export function requireWhole(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new Error(`${name} is ${value}. Give a whole number of at least ${least}.`);
}

/** @throws Error if this is no finite number of at least `least` and, if given, less than `below`. */
export function requireFrom(name: string, value: number, least: number, below = Infinity): void {
  if (value >= least && value < below) return;
  const limit = below === Infinity ? '' : ` and less than ${below}`;
  throw new Error(`${name} is ${value}. Give a number of at least ${least}${limit}.`);
}
