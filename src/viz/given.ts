/**
 * Pictures of nothing, or of what is no number, would be blank, without a word.
 *
 * @param what `'layers'`
 * @throws Error if there are none
 */
export function needSome(items: ArrayLike<unknown>, what: string): void {
  if (items.length > 0) return;
  throw new Error(`There is nothing to draw: no ${what} were given. Give at least one.`);
}

/**
 * @param where `'the layer "conv1"'`
 * @throws Error that names the first that is no finite number
 */
export function needNumbers(numbers: Readonly<Record<string, number>>, where: string): void {
  for (const [name, number] of Object.entries(numbers)) {
    if (!Number.isFinite(number)) throw notFinite(`${name} of ${where}`, number);
  }
}

/**
 * @param where `'the layer "conv1"'`
 * @throws Error if there are none, or that says which is the first that is no finite number
 */
export function needValues(values: ArrayLike<number>, where: string): void {
  if (values.length === 0) {
    throw new Error(`There is nothing to draw: ${where} has no values. Give at least one.`);
  }
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    if (!Number.isFinite(value)) throw notFinite(`value ${i} of ${where}`, value);
  }
}

function notFinite(what: string, number: number): Error {
  return new Error(
    `A picture needs finite numbers, but ${what} is ${String(number)}. ` +
      'Find out where it comes from, or leave it out.',
  );
}

/**
 * @throws Error that names the first that stands there twice
 */
export function needDifferent(names: readonly string[], what: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) {
      throw new Error(`Two ${what} are called "${name}". Give each a name of its own.`);
    }
    seen.add(name);
  }
}

/**
 * @throws Error that names the first that is no whole number of at least 1
 */
export function needWhole(numbers: Readonly<Record<string, number>>): void {
  for (const [name, number] of Object.entries(numbers)) {
    if (Number.isInteger(number) && number > 0) continue;
    throw new Error(`${name} is ${number}. Give a whole number of at least 1.`);
  }
}
