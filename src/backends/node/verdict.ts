import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import writeFileAtomic from 'write-file-atomic';
import type { BackendName, Device } from '../backend.js';
import { cacheFolder } from '../../platform/node/cache-folder.js';
import { nativeFiles } from './native.js';
import { tf } from '../tf.js';

/** What a backend did in a process of its own. */
export type Verdict =
  | ({ readonly works: true; readonly gigaflops?: number } & Device)
  | {
      readonly works: false;
      readonly why: string;
      /** Its process ended without a word: perhaps for a reason that has nothing to do with it. */
      readonly died?: true;
    };

/** A driver that hangs must not hang us. */
const patience = 60_000;
const day = 86_400_000;

/** The verdict on a backend: today's, or a new one. */
export async function verdictOn(name: BackendName): Promise<Verdict> {
  const { file, key } = cacheEntry(name);
  try {
    const known = JSON.parse(readFileSync(file, 'utf8')) as Cached;
    if (known.key === key && Date.now() - known.time < day) return known.verdict;
  } catch {
    // Not there, or not readable: then it is made.
  }
  return probe(name);
}

/** Tries a backend in a process of its own, and remembers what it did, unless it died. */
export async function probe(name: BackendName, measureSpeed = false): Promise<Verdict> {
  const verdict = await runProbe(name, measureSpeed);
  if (!verdict.works && verdict.died) return verdict;
  const { file, key } = cacheEntry(name);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileAtomic.sync(file, JSON.stringify({ key, time: Date.now(), verdict } satisfies Cached));
    forgetOldVerdicts(dirname(file));
  } catch {
    // A home that cannot be written to costs time only.
  }
  return verdict;
}

/** Every version and environment has a file of its own. */
function forgetOldVerdicts(folder: string): void {
  for (const name of readdirSync(folder).filter((each) => each.startsWith('backend-'))) {
    const file = join(folder, name);
    const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (age > day) rmSync(file, { force: true });
  }
}

interface Cached {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly verdict: Verdict;
}

/**
 * Tries a backend in a process of its own.
 *
 * @param environment variables that this process gets besides ours
 */
export function runProbe(
  name: BackendName,
  measureSpeed: boolean,
  environment: NodeJS.ProcessEnv = {},
): Promise<Verdict> {
  const args = measureSpeed ? [name, 'speed'] : [name];
  const child = fork(fileURLToPath(new URL('./probe.js', import.meta.url)), args, {
    execArgv: [],
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      end({ works: false, why: `it did not answer within ${patience / 1000} s` });
    }, patience);
    const end = (verdict: Verdict) => {
      clearTimeout(timer);
      child.removeAllListeners();
      child.kill('SIGKILL');
      resolve(verdict);
    };
    child.on('message', (verdict: Verdict) => {
      end(verdict);
    });
    child.on('close', (code, signal) => {
      const how = signal ?? `status ${code ?? '?'}`;
      end({ works: false, why: `its process ended with ${how}`, died: true });
    });
  });
}

/** Where the verdict is kept, and what must not have changed since. */
function cacheEntry(name: BackendName): { file: string; key: string } {
  const environment = Object.entries(process.env)
    .filter(([variable]) =>
      /^(VK_|CUDA_|TF_|LD_LIBRARY_PATH|INCEPTION_LAB_NATIVE|INCEPTION_LAB_WASM)/.test(variable),
    )
    .sort();
  const versions = [process.version, process.arch, hostname(), tf.version.tfjs];
  const key = createHash('sha256')
    .update(JSON.stringify([versions, environment, filesOf(name).map(modified)]))
    .digest('hex');
  // Machines that share a home, and environments side by side, do not overwrite each other's.
  const file = join(cacheFolder(), `backend-${name}-${key.slice(0, 16)}.json`);
  return { file, key };
}

/** What a backend consists of: installed anew, it is tried anew. */
function filesOf(name: BackendName): string[] {
  const own = fileURLToPath(import.meta.url);
  if (name === 'native') return [own, ...nativeFiles()];
  const packages = {
    webgpu: ['webgpu', '@tensorflow/tfjs-backend-webgpu'],
    wasm: ['@tensorflow/tfjs-backend-wasm'],
    cpu: [],
  };
  return [own, ...packages[name].map(resolved)];
}

function resolved(packageName: string): string {
  try {
    return createRequire(import.meta.url).resolve(packageName);
  } catch {
    return packageName;
  }
}

function modified(file: string): [string, number] {
  return [file, statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0];
}
