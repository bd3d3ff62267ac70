import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the binary comes from: built for the CPU, built for CUDA, or the package's own download. */
export const nativeKinds = ['cpu', 'cuda', 'prebuilt'] as const;

export type NativeKind = (typeof nativeKinds)[number];

/** What a build was made of, so that other versions are built anew. */
export interface NativeBuild {
  readonly kind: NativeKind;
  /** The version of TensorFlow's library. */
  readonly tensorflow: string;
  /** The version of TensorFlow.js. */
  readonly tfjs: string;
}

export const nativePackage = '@tensorflow/tfjs-node-gpu';

/**
 * Where `inception-lab backend install` builds: beside `node_modules`, so that npm leaves it alone.
 * The environment variable `INCEPTION_LAB_NATIVE` names another folder.
 */
export function nativeFolder(): string {
  const named = process.env.INCEPTION_LAB_NATIVE ?? '';
  return named === '' ? projectNativeFolder(fileURLToPath(import.meta.url)) : named;
}

/**
 * @param ourFile a file in `dist/backends/native/` of this package, in a clone or installed
 */
export function projectNativeFolder(ourFile: string): string {
  const [project = '', ...inside] = ourFile.split(/[\\/]node_modules[\\/]/);
  const root = inside.length > 0 ? project : join(ourFile, '..', '..', '..', '..');
  return join(root, 'build', 'native');
}

/** The file that says which build is in use; it is written when that one has passed its test. */
export function currentFile(): string {
  return join(nativeFolder(), 'current.json');
}

/** The build that is in use; `undefined` where there is none. */
export function currentBuild(): NativeBuild | undefined {
  try {
    return JSON.parse(readFileSync(currentFile(), 'utf8')) as NativeBuild;
  } catch {
    return undefined;
  }
}
