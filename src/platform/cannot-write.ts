/**
 * The error of what cannot be written, for whatever reason there is.
 *
 * @param what a file, in quotes, or something else
 */
export function cannotWrite(what: string, cause: unknown): Error {
  return new Error(`Cannot write ${what}: ${(cause as Error).message}.`, { cause });
}
