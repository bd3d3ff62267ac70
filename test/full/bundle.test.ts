import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findLesson, readLessons } from '../../dist/lessons/catalogue.js';
import { toNotebook } from '../../dist/lessons/to-notebook.js';
import { useSoftwareAdapter } from '../support/software-adapter.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { repository } from './support/repository.js';
import { need } from './support/requirements.js';
import { runCommand, succeed } from './support/run-command.js';

/** A machine that has the system's own folders, and nothing of ours. */
const bare = { PATH: '/usr/bin:/bin' };

describe('The bundle, unpacked elsewhere', () => {
  const archive = join(repository, `build/bundle/inception-lab-linux-${process.arch}.tar.xz`);
  let folder: string;

  before(async function () {
    if (process.platform !== 'linux') this.skip();
    await succeed(process.execPath, ['scripts/bundle.mjs'], { cwd: repository });
    const elsewhere = temporaryFolder();
    await succeed('tar', ['-xJf', archive, '-C', elsewhere]);
    folder = join(elsewhere, 'inception-lab');
  });

  const start = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    runCommand(join(folder, 'run.sh'), args, { cwd: '/', env: { ...bare, ...env } });

  it('has 60 MiB at most, and no libtensorflow', async () => {
    const { size } = await stat(archive);
    assert.ok(size <= 60 * 2 ** 20, `${size} bytes`);
    const files = await succeed('tar', ['-tJf', archive]);
    assert.doesNotMatch(files, /libtensorflow|tfjs_binding/);
    // Of Dawn and of what decodes pictures, this machine's binaries alone.
    const modules = 'inception-lab/node_modules';
    const binaries = files
      .match(/\S+\.node$/gm)
      ?.map((path) => path.replace(/-[\d.]+\.node$/, '.node'));
    assert.deepEqual(binaries?.sort(), [
      `${modules}/@img/sharp-linux-${process.arch}/lib/sharp-linux-${process.arch}.node`,
      `${modules}/webgpu/dist/linux-${process.arch}/dawn.node`,
    ]);
  });

  it('runs the gradient suite on wasm', async () => {
    const { status, stdout, stderr } = await start(['suite', '-g', 'finite differences.*on wasm'], {
      REQUIRE_BACKENDS: 'wasm',
    });
    assert.equal(status, 0, stdout + stderr);
    const passed = Number(/(\d+) passing/.exec(stdout)?.[1]);
    assert.ok(passed >= 80, stdout);
    assert.doesNotMatch(stdout, /pending|skipped/);
  });

  it('ends with the status of its suite', async () => {
    const { status, stdout } = await start(['suite', '-g', 'finite differences.*on native'], {
      REQUIRE_BACKENDS: 'native',
    });
    assert.notEqual(status, 0);
    assert.match(stdout, /The backend "native" was asked for, but cannot start/);
  });

  it('runs the bench', async () => {
    const { status, stdout, stderr } = await start(
      ['bench', '--only', 'first step', '--rounds', '1'],
      {
        HOME: temporaryFolder(),
      },
    );
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, /\| wasm \| CPU, WebAssembly SIMD, 1 thread \| [\d.]+ \| 1\.00 \|/);
  });

  it('says what it can do when asked for something else', async () => {
    const { status, stderr } = await start(['nonsense']);
    assert.equal(status, 2);
    assert.match(stderr, /Choose suite, bench or gpu/);
  });

  /** Starts the command with small sizes, and reads what it writes. */
  async function gpu(...args: string[]) {
    const output = temporaryFolder();
    const adapter = process.env.VK_ICD_FILENAMES;
    const ended = await start(['gpu', '--quick', ...args, '--output', output], {
      HOME: temporaryFolder(),
      ...(adapter !== undefined && { VK_ICD_FILENAMES: adapter }),
    });
    const report = JSON.parse(await readFile(join(output, 'gpu.json'), 'utf8')) as Report;
    return { ...ended, report, markdown: await readFile(join(output, 'gpu.md'), 'utf8') };
  }

  const outcomes = ({ parts }: Report) => parts.map(({ name, status }) => `${name}: ${status}`);

  const rowsOf = ({ parts }: Report, name: string) =>
    parts.find((part) => part.name === name)?.rows ?? [];

  /** The rows of what a backend measured in a part. */
  const measured = (report: Report, name: string, part: string) =>
    rowsOf(report, part).filter(({ backend, contender }) => (backend ?? contender) === name);

  function assertBenched(report: Report, name: string) {
    const rows = measured(report, name, 'bench');
    assert.deepEqual(
      rows.map(({ network, kind }) => `${String(network)} ${String(kind)}`),
      ['inception-resnet-v2 forward', 'inception-resnet-v2 training'],
    );
    for (const row of rows) assert.ok(Number(row.milliseconds) > 0, JSON.stringify(row));
  }

  /** All parts that compute ran on a backend, and each gave its numbers. */
  async function assertMeasured(report: Report, name: string) {
    const on = (part: string) => measured(report, name, part);
    const [gradients] = on('gradients');
    assert.equal(gradients?.failed, 0);
    assert.ok(Number(gradients.passed) >= 5, JSON.stringify(gradients));
    assert.deepEqual(
      on('scaling').map(({ processes }) => processes),
      [2],
    );
    for (const row of on('scaling')) assert.ok(Number(row['steps a second, together']) > 0);
    assertBenched(report, name);
    const { cells } = toNotebook(findLesson(await readLessons(), '01'), 'solved');
    const code = cells.filter(({ cell_type }) => cell_type === 'code');
    assert.deepEqual(
      on('lessons').map((row) => row.cells),
      [code.length],
    );
    assert.deepEqual(
      on('study')
        .map(({ network }) => network)
        .sort(),
      ['with shortcuts', 'without shortcuts'],
    );
    for (const row of on('study')) {
      assert.equal(row.steps, 1);
      assert.ok(Number(row['top-1 error']) > 0, JSON.stringify(row));
    }
  }

  const all = ['machine', 'gradients', 'scaling', 'bench', 'lessons', 'study'];

  /** The study's pictures are in the bundle where this machine has them. */
  function needPictures(context: Mocha.Context) {
    const pictures = join(folder, 'cache', 'inception-lab', 'data', 'cifar10');
    const remedy = 'CIFAR-10 is not here: npx inception-lab data cifar10';
    need(context, 'data', existsSync(pictures) ? pictures : undefined, remedy);
  }

  it('runs every part on WebGPU, a CPU in place of the GPU', async function () {
    needPictures(this);
    useSoftwareAdapter();
    const required = (process.env.REQUIRE_BACKENDS ?? '').split(',').includes('webgpu');
    if (!required && process.env.VK_ICD_FILENAMES === undefined) {
      console.log(
        '      Skipped: SwiftShader is not here (Debian: apt install chromium libvulkan1).',
      );
      this.skip();
    }
    const { status, stdout, stderr, report, markdown } = await gpu();
    assert.deepEqual(
      outcomes(report),
      all.map((name) => `${name}: done`),
      stdout + stderr,
    );
    assert.equal(status, 0);
    assert.match(report.parts[0]?.facts.adapter ?? '', /^webgpu/);
    await assertMeasured(report, 'webgpu');
    for (const name of all) assert.ok(markdown.includes(`## ${name}\n\nDone (`), markdown);
    assert.match(markdown, /\| inception-resnet-v2 \| training \| 1 \| [\d.e+]+ \|/);
    assert.match(markdown, /^native: no build was carried along\.\n/);
  });

  it('measures native too where its build was carried along', async function () {
    needPictures(this);
    const built = join(repository, 'build', 'native');
    if (!existsSync(join(built, 'current.json'))) {
      const required = (process.env.REQUIRE_BACKENDS ?? '').split(',').includes('native');
      assert.ok(!required, 'npx inception-lab backend install --cpu');
      console.log('      Skipped: no native backend was built.');
      this.skip();
    }
    const place = join(folder, 'build', 'native');
    await mkdir(join(folder, 'build'));
    await succeed('cp', ['-a', '--reflink=auto', built, place]);
    try {
      const { status, stdout, stderr, report, markdown } = await gpu(
        ...['--backend', 'wasm', '--only', 'machine,bench'],
      );
      assert.equal(status, 0, stdout + stderr);
      const [, native = '', kind] =
        /^(native \((?:CPU, \d+ threads|GPU, CUDA)\)); the build for (\w+), TensorFlow 2\./.exec(
          report.native,
        ) ?? [];
      const current = JSON.parse(await readFile(join(place, 'current.json'), 'utf8')) as object;
      assert.deepEqual({ ...current, kind }, current, report.native);
      for (const name of ['wasm', native]) assertBenched(report, name);
      assert.ok(markdown.includes(`| network | kind | batch | wasm | ${native} |`), markdown);
    } finally {
      await rm(join(folder, 'build'), { recursive: true });
    }
  });

  it('goes on after a part that fails, and says which', async () => {
    const parts = ['--only', 'study,gradients,machine', '--comparison', 'nonsense'];
    const { status, report, markdown } = await gpu('--backend', 'wasm', ...parts);
    assert.equal(status, 1);
    const [study, ...others] = outcomes(report);
    assert.match(study!, /^study: wasm: A process .*has no comparison "nonsense"/s);
    assert.deepEqual(others, ['gradients: done', 'machine: done']);
    assert.match(markdown, /## study\n\nNot done: wasm/);
  });

  it('refuses a part that it does not have', async () => {
    const { status, stderr } = await start(['gpu', '--only', 'everything']);
    assert.equal(status, 2);
    assert.match(stderr, /There is no part "everything"\.[^]*Parts: machine, gradients/);
  });
});

interface Report {
  readonly native: string;
  readonly parts: readonly {
    readonly name: string;
    readonly status: string;
    readonly facts: Readonly<Record<string, string>>;
    readonly rows: readonly Readonly<Record<string, unknown>>[];
  }[];
}
