import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { touch } from '../../platform/node/cache-folder.js';
import { CompilerClient, type CompilerHost } from './compiler-client.js';
import { compilerProcess } from './compiler-process.js';
import { compilerThread } from './compiler-thread.js';
import { nodePlaces } from './node-places.js';
import { argumentOf } from './snapshot/given.js';
import { prepareSnapshot } from './snapshot/prepare-snapshot.js';
import { snapshotFile } from './snapshot/snapshot-file.js';

/** How long a kernel without a snapshot has run before one is made for the next: milliseconds. */
const patience = 5000;

/**
 * Node's compiler, so that it keeps nobody waiting: a process that begins with a snapshot, or, where
 * there is none yet, a thread that reads all types anew.
 *
 * @param cwd the notebook's folder, from which cells import
 */
export function nodeCompiler(cwd: string): CompilerClient {
  return new CompilerClient(prepared(cwd) ?? compilerThread(cwd));
}

/** Makes ready what the first kernel in a folder would start without; it takes some seconds. */
export async function prepareCompiler(cwd: string): Promise<void> {
  const build = prepareSnapshot({ cwd, places: nodePlaces() });
  // Where none can be made, kernels start without.
  if (build) await once(build, 'exit').catch(() => undefined);
}

function prepared(cwd: string): CompilerHost | undefined {
  const given = { cwd, places: nodePlaces() };
  try {
    const snapshot = snapshotFile(given);
    if (!existsSync(snapshot)) {
      setTimeout(() => prepareSnapshot(given)?.unref(), patience).unref();
      return undefined;
    }
    touch(snapshot);
    return compilerProcess(snapshot, argumentOf(given), () => {
      rmSync(snapshot, { force: true });
      return compilerThread(cwd);
    });
  } catch {
    // Where nothing can be kept, or something is missing.
    return undefined;
  }
}
