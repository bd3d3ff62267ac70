import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findLesson, readLessons } from '../../dist/lessons/catalogue.js';
import { toNotebook } from '../../dist/lessons/to-notebook.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { repository } from './support/repository.js';
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

  it('says part by part what a machine has and does, a lesson among it', async () => {
    const output = temporaryFolder();
    const { status, stdout, stderr } = await start(
      ['gpu', '--quick', '--backend', 'wasm', '--only', 'machine,lessons', '--output', output],
      { HOME: temporaryFolder() },
    );
    assert.equal(status, 0, stdout + stderr);
    const { parts } = JSON.parse(await readFile(join(output, 'gpu.json'), 'utf8')) as Report;
    assert.deepEqual(
      parts.map(({ name, status: ended }) => `${name}: ${ended}`),
      ['machine: done', 'lessons: done'],
    );
    assert.match(parts[0]!.facts.adapter ?? '', /^wasm/);
    const { cells } = toNotebook(findLesson(await readLessons(), '01'), 'solved');
    const code = cells.filter(({ cell_type }) => cell_type === 'code');
    assert.equal(parts[1]!.rows[0]!.cells, code.length);
    assert.match(await readFile(join(output, 'gpu.md'), 'utf8'), /## lessons\n\nDone/);
  });

  it('refuses a part that it does not have', async () => {
    const { status, stderr } = await start(['gpu', '--only', 'everything']);
    assert.equal(status, 2);
    assert.match(stderr, /There is no part "everything"\.[^]*Parts: machine, gradients/);
  });
});

interface Report {
  readonly parts: readonly {
    readonly name: string;
    readonly status: string;
    readonly facts: Readonly<Record<string, string>>;
    readonly rows: readonly Readonly<Record<string, unknown>>[];
  }[];
}
