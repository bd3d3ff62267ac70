/**
 * `npm run bench:kernel`: this kernel and stock tslab side by side, as a front end in Python sees
 * them, in turn for some rounds; with `--deno`, Deno's kernel too, which does not check types; with
 * `--cells`, in a notebook of so many cells as well.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { prepareCompiler } from '../dist/kernel/compiler/node-compiler.js';

/** Milliseconds of one round; `null` for what a kernel cannot do. */
type Round = Partial<Record<keyof typeof rows, number | null>>;

const rows = {
  first: 'start to first result',
  small: 'a later, small cell',
  rested: 'the same, four a second',
  tfjs: 'import of TensorFlow.js',
  typed: "a later cell with TensorFlow.js's types",
  early: 'of many cells, one of the first 50',
  late: 'of many cells, one of the last 50',
};

const { values: options } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    deno: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    cells: { type: 'string' },
  },
});

const root = fileURLToPath(new URL('..', import.meta.url));
const kernels: Record<string, string[]> = {
  tslab: [process.execPath, join(root, 'node_modules/tslab/bin/tslab'), 'kernel', '--config-path'],
  'Inception Lab': [process.execPath, join(root, 'dist/kernel/jupyter/main.js')],
  ...(options.deno && { Deno: [options.deno, 'jupyter', '--kernel', '--conn'] }),
};

function install(data: string): void {
  for (const [display_name, command] of Object.entries(kernels)) {
    const folder = join(data, 'kernels', specName(display_name));
    mkdirSync(folder, { recursive: true });
    const argv = [...command, '{connection_file}'];
    const spec = { argv, display_name, language: 'typescript' };
    writeFileSync(join(folder, 'kernel.json'), JSON.stringify(spec));
  }
}

function specName(name: string): string {
  return `bench-${name.toLowerCase().replace(' ', '-')}`;
}

async function measure(name: string, data: string): Promise<Round> {
  const script = fileURLToPath(new URL('./kernel_contender.py', import.meta.url));
  // Packages are imported from where the kernel runs.
  const args = [script, specName(name), ...(options.cells ? [options.cells] : [])];
  const { stdout } = await promisify(execFile)(options.python, args, {
    cwd: root,
    env: { ...process.env, JUPYTER_PATH: data, JUPYTER_DATA_DIR: data },
  });
  return JSON.parse(stdout) as Round;
}

function median(values: readonly (number | null | undefined)[]): number | undefined {
  const sorted = values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  return sorted.length < values.length ? undefined : sorted[Math.floor(sorted.length / 2)];
}

const data = mkdtempSync(join(tmpdir(), 'inception-lab-bench-'));
const rounds = new Map<string, Round[]>();
try {
  install(data);
  // As `kernel install` does, and the first kernel for the second.
  await prepareCompiler(root);
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const name of Object.keys(kernels)) {
      process.stderr.write(`${name}, round ${round + 1}\n`);
      rounds.set(name, [...(rounds.get(name) ?? []), await measure(name, data)]);
    }
  }
} finally {
  rmSync(data, { recursive: true });
}

const names = [...rounds.keys()];
console.log(`${cpus()[0]?.model ?? 'CPU'}, ${cpus().length} cores, Node ${process.version}\n`);
console.log(`| milliseconds, median of ${options.rounds} rounds | ${names.join(' | ')} | ratio |`);
console.log(`| --- | ${names.map(() => '---').join(' | ')} | --- |`);
for (const [row, title] of Object.entries(rows)) {
  const medians = names.map((name) =>
    median((rounds.get(name) ?? []).map((round) => round[row as keyof typeof rows])),
  );
  if (medians.every((value) => value === undefined)) continue;
  const [tslab = NaN, ours = NaN] = medians;
  const cells = medians.map((value) => value?.toFixed(value < 100 ? 1 : 0) ?? '–');
  console.log(`| ${[title, ...cells, (ours / tslab).toFixed(2)].join(' | ')} |`);
}
