// `npm run dev -- --lesson 05`: serves a lesson's page; after each change below src/ it compiles, runs
// the lesson anew, and reloads the pages that are open. Without a lesson, it is the first.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = join(root, 'build', 'dev');
const site = join(output, 'site');
const { values: options } = parseArgs({
  options: { lesson: { type: 'string', default: '00' }, backend: { type: 'string' } },
});

/** Reloads a page when what it shows has been made anew. Pages load only what lies beside them. */
const reload = `const made = () => fetch('made.txt', { cache: 'no-store' }).then((reply) => reply.text());
const before = await made();
setInterval(async () => {
  if ((await made().catch(() => before)) !== before) location.reload();
}, 500);
`;

function node(...args) {
  return spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
}

async function succeeds(...args) {
  const [status] = await once(node(...args), 'exit');
  return status === 0;
}

function run(...more) {
  const backend = options.backend === undefined ? [] : ['--backend', options.backend];
  const place = ['--output', output, '--lesson', options.lesson];
  return ['dist/cli/main.js', 'run', ...place, ...backend, '--allow-errors', ...more];
}

/** Lets the pages know when they are made anew. */
function finish() {
  writeFileSync(join(site, 'reload.js'), reload);
  for (const name of readdirSync(site).filter((name) => name.endsWith('.html'))) {
    const page = join(site, name);
    if (readFileSync(page, 'utf8').includes('reload.js')) continue;
    appendFileSync(page, '<script type="module" src="reload.js"></script>\n');
  }
  writeFileSync(join(site, 'made.txt'), String(Date.now()));
}

let isBusy = false;
let isStale = false;
let isCompiled = false;

/** Makes the pages; whatever changes meanwhile, once more. */
async function make() {
  isStale = true;
  if (isBusy) return;
  isBusy = true;
  while (isStale) {
    isStale = false;
    if (isCompiled) {
      isCompiled = false;
      if (!(await succeeds('scripts/after-compile.mjs'))) continue;
    }
    await succeeds(...run('--no-serve'));
    finish();
  }
  isBusy = false;
}

// It stays: kernels are processes of their own, and load what is newest.
const server = spawn(process.execPath, run(), { cwd: root, stdio: ['inherit', 'pipe', 'inherit'] });
server.on('exit', (status) => process.exit(status ?? 1));
server.stdout.setEncoding('utf8').on('data', (text) => {
  process.stdout.write(text);
  if (/^Lessons: /m.test(text)) finish();
});

const compiler = spawn(
  process.execPath,
  ['node_modules/typescript/bin/tsc', '--watch', '--preserveWatchOutput'],
  { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
);
let isFirst = true;
compiler.stdout.setEncoding('utf8').on('data', (text) => {
  const [, errors] = /Found (\d+) error/.exec(text) ?? [];
  if (errors !== '0') process.stdout.write(text);
  // It begins with a compilation of what prepare.mjs has compiled.
  if (errors === '0' && !isFirst) {
    isCompiled = true;
    void make();
  }
  if (errors !== undefined) isFirst = false;
});

let timer;
watch(join(root, 'src'), { recursive: true }, (_, name) => {
  // The compiler looks after these.
  if (name === null || name.endsWith('.ts') || !existsSync(join(root, 'src', name))) return;
  clearTimeout(timer);
  // Editors write more than once.
  timer = setTimeout(() => void make(), 100);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    compiler.kill();
    server.kill(signal);
  });
}
