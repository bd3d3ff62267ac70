import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { inceptionLab, type Ended } from '../support/command.js';
import { withEnvironment } from '../support/environment.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe('inception-lab kernel', function () {
  this.timeout(60_000);

  it('installs a kernelspec for the user, lists it, and takes it away', async () => {
    const folder = temporaryFolder();
    const kernel = (...args: string[]): Promise<Ended> =>
      withEnvironment({ JUPYTER_DATA_DIR: folder }, () => inceptionLab('kernel', ...args));
    const target = join(folder, 'kernels', 'inception-lab');

    const installed = await kernel('install');
    assert.equal(installed.stdout, `The kernel is in ${target}\n`);
    const spec = JSON.parse(readFileSync(join(target, 'kernel.json'), 'utf8')) as {
      argv: string[];
      display_name: string;
      language: string;
      interrupt_mode: string;
    };
    assert.equal(spec.display_name, 'TypeScript (Inception Lab)');
    assert.equal(spec.language, 'typescript');
    assert.equal(spec.interrupt_mode, 'message');
    assert.equal(spec.argv.at(-1), '{connection_file}');
    assert.ok(spec.argv.slice(0, 2).every((path) => existsSync(path)));
    for (const size of [32, 64]) {
      const { width, height, format } = await sharp(
        join(target, `logo-${size}x${size}.png`),
      ).metadata();
      assert.deepEqual([width, height, format], [size, size, 'png']);
    }
    assert.match(readFileSync(join(target, 'logo-svg.svg'), 'utf8'), /^<svg[^]+<\/svg>\n$/);

    assert.equal((await kernel('list')).stdout, `inception-lab  ${target}\n`);
    assert.equal((await kernel('uninstall')).stdout, `The kernel was removed from ${target}\n`);
    assert.ok(!existsSync(target));
    assert.match((await kernel('list')).stdout, /^No kernel is installed\./);
  });

  it('installs it under another name, in an environment', async () => {
    const prefix = temporaryFolder();
    const { status } = await inceptionLab(
      'kernel',
      'install',
      '--name',
      'tslab',
      '--prefix',
      prefix,
    );
    assert.equal(status, 0);
    assert.ok(existsSync(join(prefix, 'share/jupyter/kernels/tslab/kernel.json')));
  });

  it("leaves other kernels' kernelspecs alone", async () => {
    const prefix = temporaryFolder();
    const folder = join(prefix, 'share/jupyter/kernels/python3');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'kernel.json'), '{"argv": ["python3", "-m", "ipykernel"]}');
    const { status, stderr } = await inceptionLab(
      'kernel',
      'uninstall',
      '--name',
      'python3',
      '--prefix',
      prefix,
    );
    assert.equal(status, 1);
    assert.match(stderr, /^There is no Inception Lab kernel "python3" in .+\n$/);
    assert.ok(existsSync(join(folder, 'kernel.json')));
  });

  const folder = temporaryFolder();
  for (const [problem, args, message] of [
    [
      'a name that Jupyter does not take',
      ['install', '--name', 'my kernel', '--prefix', folder],
      /^A kernel cannot be called "my kernel": take letters/,
    ],
    ['two places at once', ['install', '--user', '--prefix', folder], /cannot be used with/],
  ] as const) {
    it(`ends with one sentence and status 1 at ${problem}`, async () => {
      const { status, stderr } = await inceptionLab('kernel', ...args);
      assert.equal(status, 1);
      assert.match(stderr, message);
    });
  }
});

describe('The kernel that a front end starts', () => {
  const folder = temporaryFolder();
  const lacking = join(folder, 'lacking.json');
  const connection = { transport: 'tcp', ip: '127.0.0.1', key: '', shell_port: 1 };
  writeFileSync(lacking, JSON.stringify(connection));
  for (const [problem, file, message] of [
    [
      'is not there',
      join(folder, 'none.json'),
      /^The connection file .+none\.json cannot be read: ENOENT/,
    ],
    ['lacks a port', lacking, /^The connection file .+lacking\.json lacks iopub_port\.\n$/],
  ] as const) {
    it(`ends with one sentence and status 1 if its connection file ${problem}`, () => {
      const program = join(process.cwd(), 'dist/kernel/jupyter/main.js');
      const { status, stderr } = spawnSync(process.execPath, [program, file], { encoding: 'utf8' });
      assert.equal(status, 1);
      assert.match(stderr, message);
    });
  }
});
