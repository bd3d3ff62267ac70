// Makes a fresh clone ready: installs what is missing, compiles what has changed.
// It runs before anything is installed, so it uses Node's own modules only.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, run } from './run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'dist', '.stamp');

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `Inception Lab needs Node 20.19 or later; this is Node ${process.versions.node}. Install a newer Node.`,
  );
}

function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  return statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

/** A hash of everything the compiler reads from this repository. */
function sourceHash() {
  const hash = createHash('sha256');
  const sources = readdirSync(join(root, 'src'), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => join('src', name));
  const scripts = [
    ...['after-compile.mjs', 'embed-wasm.mjs', 'snapshot-entry.mjs'],
    ...['page.mjs', 'declarations.mjs', 'worker-globals.mjs'],
  ];
  const settings = ['tsconfig.json', 'package-lock.json'].concat(
    scripts.map((name) => join('scripts', name)),
  );
  for (const name of [...settings, ...sources]) {
    hash.update(name).update(readFileSync(join(root, name)));
  }
  return hash.digest('hex');
}

function isBuilt(hash) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
}

checkNode();
if (!isInstalled()) {
  console.log('Installing the packages of package-lock.json …');
  // No package needs its install script here: each carries what it runs, and the one that would
  // download (the native TensorFlow binding) is optional and has a command of its own.
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    shell: process.platform === 'win32',
    failure: 'npm ci failed: see above.',
  });
}
const hash = sourceHash();
if (process.argv.includes('--rebuild') || !isBuilt(hash)) {
  console.log('Compiling …');
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  // By path: node_modules/.bin/tsc is the compiler that tslab brings along.
  run(process.execPath, ['node_modules/typescript/bin/tsc'], {
    cwd: root,
    failure: 'The library does not compile: see above.',
  });
  await import('./after-compile.mjs');
  chmodSync(join(root, 'dist', 'cli', 'main.js'), 0o755);
  writeFileSync(stamp, hash);
}
