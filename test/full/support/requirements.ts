/** What a suite needs and a machine may lack. */
export type Requirement = 'jupyter' | 'nbgrader' | 'browser' | 'data' | 'onnx' | 'timm' | 'hub';

/**
 * Skips the suite, with a line that says why, when something it needs is missing. Where the
 * environment's `REQUIRE_SUITES` names it (`jupyter,browser`), that is an error instead.
 *
 * @param found what was looked for, or `undefined`
 * @param remedy what is missing, and how to get it
 */
export function need<T>(
  context: Mocha.Context,
  requirement: Requirement,
  found: T | undefined,
  remedy: string,
): T {
  if (found !== undefined) return found;
  const required = (process.env.REQUIRE_SUITES ?? '').split(',');
  if (required.includes(requirement)) throw new Error(remedy);
  console.log(`    Skipped: ${remedy}`);
  return context.skip();
}
