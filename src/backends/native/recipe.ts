import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type NativeBuild, type NativeKind, nativePackage } from './folder.js';

/** The TensorFlow whose C library the binding is compiled against. */
const wheelVersion = '2.21.0';

/** What the package's own download brings. */
const prebuiltVersion = '2.9.1';

/** Counts up when a build that is there must be made anew. */
const format = 1;

/** How a kind of build is made, and where. */
export interface Recipe extends NativeBuild {
  readonly format: number;
  /** Its folder; it can be moved together with the project. */
  readonly folder: string;
  /** The wheel on PyPI that carries TensorFlow's library. */
  readonly wheel: string;
}

/** @param base the folder that holds the builds of every kind */
export function recipeFor(kind: NativeKind, base: string): Recipe {
  const tensorflow = kind === 'prebuilt' ? prebuiltVersion : wheelVersion;
  const wheel = kind === 'cuda' ? 'tensorflow' : 'tensorflow-cpu';
  return { kind, tensorflow, tfjs: ourTfjsVersion(), format, folder: join(base, kind), wheel };
}

/** The folder of the npm package in a build. */
export function packageFolder({ folder }: Recipe): string {
  return join(folder, 'node_modules', ...nativePackage.split('/'));
}

/** Where Node looks for the binary. */
export function bindingFile(recipe: Recipe): string {
  return join(packageFolder(recipe), 'lib', 'napi-v8', 'tfjs_binding.node');
}

/** Loaded before the binary: see `compile.ts`. */
export function quietFile(recipe: Recipe): string {
  return join(packageFolder(recipe), 'lib', 'napi-v8', 'quiet.node');
}

function ourTfjsVersion(): string {
  const file = new URL('../../../package.json', import.meta.url);
  const { optionalDependencies } = JSON.parse(readFileSync(file, 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  const version = optionalDependencies[nativePackage];
  if (version === undefined) throw new Error(`package.json does not name ${nativePackage}.`);
  return version;
}
