/** Where the guarded functions of the library find their guard. */
const guardKey = 'inception-lab.guard';

type Made = (...args: unknown[]) => unknown;

const { apply } = Reflect;

/**
 * Lets no function of the library be called that an exercise forbids, however an answer has come by
 * it; what such a function calls itself is its own affair.
 *
 * @returns says what is forbidden from now on; by then, the library must have been loaded
 */
export function guardLibrary(): (names: readonly string[]) => void {
  let forbidden = Object.create(null) as Record<string, true>;
  let isLoaded = false;
  let depth = 0;
  const guard = (name: string, original: Made): Made => {
    // A function of the answer's own is not to pass for one of the library's.
    if (isLoaded) return original;
    return function (this: unknown, ...args) {
      if (depth === 0 && forbidden[name]) {
        throw new Error(
          `the library's ${name} was called, but this exercise asks you to build it yourself`,
        );
      }
      depth++;
      try {
        return apply(original, this, args);
      } finally {
        depth--;
      }
    };
  };
  // Not to be written over by an answer.
  Object.defineProperty(globalThis, Symbol.for(guardKey), { value: guard });
  return (names) => {
    isLoaded = true;
    forbidden = Object.create(null) as Record<string, true>;
    for (const name of names) forbidden[name] = true;
  };
}

/** What is put behind a module of the library, so that one of its functions asks the guard. */
export function guardLine(name: string): string {
  return `\n${name} = globalThis[Symbol.for('${guardKey}')]?.('${name}', ${name}) ?? ${name};\n`;
}
