import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

/**
 * The folder of an installed package; `undefined` if it is not there. Unlike `require.resolve`, this
 * does not depend on what the package exports.
 */
export function findPackage(name: string): string | undefined {
  const folders = require.resolve.paths(name) ?? [];
  return folders.map((path) => join(path, name)).find((path) => existsSync(path));
}
