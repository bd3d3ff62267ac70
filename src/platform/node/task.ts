/** What comes to a thread: which function is to do it, and what. */
export interface Task {
  readonly module: string;
  readonly name: string;
  readonly job: object;
}

/** What comes back: the result, or why there is none. */
export type Answer = { readonly result: unknown } | { readonly error: Error };

/** What is handed over, not copied. */
export function buffersIn(values: readonly unknown[]): ArrayBuffer[] {
  return values
    .filter((value) => ArrayBuffer.isView(value))
    .map(({ buffer }) => buffer as ArrayBuffer);
}
