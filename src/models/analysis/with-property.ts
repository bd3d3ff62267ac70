/**
 * Runs something while a property of an object has another value. Afterwards the object is as it
 * was, whatever happens; so nothing that runs may be asynchronous.
 */
export function withProperty<Result>(
  object: object,
  name: string,
  value: unknown,
  run: () => Result,
): Result {
  const before = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { value, configurable: true, writable: true });
  try {
    return run();
  } finally {
    if (before) Object.defineProperty(object, name, before);
    else Reflect.deleteProperty(object, name);
  }
}
