import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import vm from 'node:vm';
import writeFileAtomic from 'write-file-atomic';
import { cacheFolder, keepLatest, touch } from '../../platform/node/cache-folder.js';

export interface LoadedModule {
  readonly exports: unknown;
  /** Keeps what V8 has compiled of it by now, for the next process. */
  readonly saveCode: () => void;
}

/**
 * Loads a large CommonJS module as `require` does, and for whoever requires it later; with the code
 * that V8 compiled of it in an earlier process.
 */
export function loadWithCodeCache(path: string): LoadedModule {
  const cache = cacheFile(path);
  const script = new vm.Script(Module.wrap(readFileSync(path, 'utf8')), {
    filename: path,
    cachedData: read(cache),
  });
  const module = new Module(path);
  const require = createRequire(path);
  require.cache[path] = Object.assign(module, { filename: path });
  const run = script.runInThisContext() as (...args: unknown[]) => void;
  run.call(module.exports, module.exports, require, module, path, dirname(path));
  module.loaded = true;
  return {
    exports: module.exports,
    saveCode() {
      if (script.cachedDataRejected === false) return;
      try {
        mkdirSync(dirname(cache), { recursive: true });
        writeFileAtomic.sync(cache, script.createCachedData());
        keepLatest('code-', 4);
      } catch {
        // Where nothing can be kept, every start takes a little longer.
      }
    },
  };
}

function read(file: string): Buffer | undefined {
  try {
    touch(file);
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** V8 itself refuses what another version of it has made. */
function cacheFile(path: string): string {
  const { size, mtimeMs } = statSync(path);
  const key = JSON.stringify([path, size, mtimeMs, process.version, process.arch]);
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 16);
  return join(cacheFolder(), `code-${hash}.bin`);
}
