/**
 * `npm run gradients`: tries the gradients of TensorFlow.js's operations on each backend, and writes
 * those that are not right everywhere into docs/backends.md.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { backendNames, useBackend, type BackendName } from 'inception-lab';
import {
  gradientVerdict,
  operations,
  withTable,
  type Verdict,
} from '../test/support/gradient-table.js';
import { useSoftwareAdapter } from '../test/support/software-adapter.js';

const page = 'docs/backends.md';

useSoftwareAdapter();
const verdicts = new Map<string, Map<BackendName, Verdict>>();
for (const backend of backendNames) {
  await useBackend(backend);
  for (const name of operations.keys()) {
    const row = verdicts.get(name) ?? new Map<BackendName, Verdict>();
    verdicts.set(name, row.set(backend, await gradientVerdict(name)));
  }
}
const table = new Map(
  [...verdicts].filter(([, row]) => [...row.values()].some((verdict) => verdict !== 'right')),
);
await writeFile(page, withTable(await readFile(page, 'utf8'), table));
console.log(`${table.size} of ${operations.size} are not right everywhere: ${page} lists them.`);
process.exit();
