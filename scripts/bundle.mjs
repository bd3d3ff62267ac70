// Packs build/bundle/inception-lab/: Node itself, the compiled library, the gradient suite, the
// bench and the packages that they run on, for a bare Linux machine without a network; and the same
// as one compressed file.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { runtimePackages } from './bundle/packages.mjs';
import { fail, run } from './run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = join(root, 'build', 'bundle');
const folder = join(output, 'inception-lab');
/** In bytes. */
const largest = 60 * 2 ** 20;

if (process.platform !== 'linux') fail('The bundle is for Linux: make it there.');
rmSync(output, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

copyNode();
// The compiler of cells reads the library's types.
copyTree('dist', (path) => /\.(js|d\.ts)$/.test(path) && !/^(page|site)\//.test(path));
copyTree('src/lessons', (path) => /lesson\.md$|\.png$/.test(path));
// What lesson 10 reads of the studies.
copyFile('docs/ablations.json');
copyTree('weights', (path) => path.endsWith('.safetensors') || path.endsWith('.json'));
copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
const sources = [
  ...typeScriptIn('test/backends/gradients'),
  'test/backends/batch-norm.test.ts',
  'test/backends/release-gradients.test.ts',
  'test/backends/webgpu.test.ts',
  // Those of picture files need an image codec, which the bundle leaves out.
  ...typeScriptIn('test/training').filter((path) => !/(folder|pictures)\.test\.ts$/.test(path)),
  ...typeScriptIn('test/support'),
  ...typeScriptIn('bench'),
];
for (const source of sources) compile(source);
// Whatever other programs the bench runs.
copyTree('bench', (path) => path.endsWith('.py'));
for (const name of runtimePackages(root, folder)) copyPackage(name);
cpSync(join(root, 'scripts', 'bundle', 'run.sh'), join(folder, 'run.sh'));
run('chmod', ['755', join(folder, 'run.sh')]);
await addPictures();
compress();

/** Node, without its debug symbols where there is a tool to strip them. */
function copyNode() {
  const copy = join(folder, 'node');
  copyFileSync(process.execPath, copy);
  run('chmod', ['755', copy]);
  spawnSync('strip', [copy], { stdio: 'ignore' });
}

function copyTree(path, wanted) {
  for (const name of filesIn(join(root, path))) {
    if (wanted(name)) copyFile(join(path, name));
  }
}

function copyFile(path) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  copyFileSync(join(root, path), join(folder, path));
}

/** Paths of all files in a folder, from there. */
function filesIn(path) {
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true }).filter((name) =>
    statSync(join(path, name)).isFile(),
  );
}

function typeScriptIn(path) {
  return filesIn(join(root, path))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(path, name));
}

/** Takes the types out of a module, and leaves it at its place. */
function compile(path) {
  const { outputText } = ts.transpileModule(readFileSync(join(root, path), 'utf8'), {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  });
  const compiled = join(folder, path.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(compiled), { recursive: true });
  writeFileSync(compiled, outputText);
}

function copyPackage(path) {
  const { main } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
  // TensorFlow.js's packages hold themselves some ten times over; Node takes the main file.
  const tensorflow = path.includes('@tensorflow/');
  const platform = join('dist', `linux-${process.arch}`);
  copyTree(path, (name) => {
    if (name.split('/').includes('node_modules')) return false;
    if (name.endsWith('package.json')) return true;
    if (tensorflow) {
      return name === main || /\.wasm$|^wasm-out\/.*\.js$|\.d\.ts$/.test(name);
    }
    if (path.endsWith('typescript-for-tslab'))
      return /^lib\/(typescript\.js|lib.*\.d\.ts)$/.test(name);
    if (path.includes('@types/')) return name.endsWith('.d.ts');
    if (path.endsWith('node_modules/webgpu')) {
      return name === 'index.js' || name.startsWith(platform);
    }
    return !/\.(map|ts|cts|mts|md)$/.test(name);
  });
}

/** For the study: those that it takes of CIFAR-10, where `inception-lab data cifar10` has fetched it. */
async function addPictures() {
  const { dataset } = await import(join(root, 'dist', 'index.js'));
  const { writeExcerpt } = await import(join(root, 'dist', 'training', 'data', 'excerpt.js'));
  try {
    const target = join(folder, 'cache', 'inception-lab', 'data', 'cifar10');
    await writeExcerpt(await dataset('cifar10'), { train: 4000, test: 1000 }, target);
  } catch (error) {
    console.log(`Without pictures for the study: ${error.message}`);
  }
}

function compress() {
  const archive = `${folder}-linux-${process.arch}.tar.xz`;
  run('tar', ['-cJf', archive, '-C', output, relative(output, folder)], {
    env: { ...process.env, XZ_OPT: '-6 -T0' },
  });
  const { size } = statSync(archive);
  const megabytes = (size / 2 ** 20).toFixed(1);
  if (size > largest) fail(`${archive} has ${megabytes} MiB; at most 60 are allowed.`);
  console.log(`${relative(root, archive)}: ${megabytes} MiB. Unpack it and start ./run.sh.`);
}
