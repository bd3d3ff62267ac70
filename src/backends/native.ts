import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cpus } from 'node:os';
import type { Backend } from './backend.js';
import { tf } from './tf.js';

const packageName = '@tensorflow/tfjs-node-gpu';
const require = createRequire(import.meta.url);

/** TensorFlow's C library through `@tensorflow/tfjs-node-gpu`: CUDA where it finds it, else all CPU cores. */
export const native: Backend = {
  name: 'native',
  async start() {
    requireBinding();
    await import(packageName);
    if (!(await tf.setBackend('tensorflow'))) throw new Error('TensorFlow did not register itself');
    const gpu = (tf.backend() as unknown as { isUsingGpuDevice: boolean }).isUsingGpuDevice;
    return { device: gpu ? 'GPU, CUDA' : `CPU, ${cpus().length} threads`, gpu };
  },
};

/** Loading the package without its binary prints a page of advice and throws: look first. */
function requireBinding(): void {
  let folder: string;
  try {
    folder = dirname(require.resolve(`${packageName}/package.json`));
  } catch {
    throw new Error(`the optional package ${packageName} is not installed`);
  }
  const { napi_versions } = (require(`${packageName}/package.json`) as PackageJson).binary;
  const built = napi_versions.some((version) =>
    existsSync(join(folder, 'lib', `napi-v${version}`, 'tfjs_binding.node')),
  );
  if (!built) throw new Error(`${packageName} is here, but its binary is not`);
}

interface PackageJson {
  binary: { napi_versions: number[] };
}
