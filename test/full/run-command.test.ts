import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Notebook } from '../../dist/notebook/notebook.js';
import { inceptionLab, startInceptionLab } from '../support/command.js';

describe('inception-lab run', function () {
  this.timeout(120_000);
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'run-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('runs a lesson, and does not run it again while nothing has changed', async () => {
    const first = await inceptionLab('run', '--no-serve', '--lesson', '1', '--output', folder);
    assert.equal(first.status, 0, first.stderr);
    assert.match(
      first.stdout,
      /^Backend: .+\n(01-the-convolution-unit: cell \d+ of \d+\n)+Lessons: 1 run\./,
    );
    assert.equal(first.stderr, '');
    const path = join(folder, 'notebooks', '01-the-convolution-unit.ipynb');
    const notebook = JSON.parse(await readFile(path, 'utf8')) as Notebook;
    assert.equal(notebook.nbformat_minor, 5);
    const page = await readFile(join(folder, 'site', '01-the-convolution-unit.html'), 'utf8');
    assert.match(page, /data-status="done"/);
    assert.match(page, /42,679,816 parameters, 12,253,974,624 multiply-adds/);

    const second = await inceptionLab('run', '--no-serve', '--lesson', '1', '--output', folder);
    assert.equal(second.status, 0);
    assert.match(second.stdout, /Lessons: 0 run, 1 unchanged\./);

    // Another backend is another result.
    const third = await inceptionLab(
      ...['run', '--no-serve', '--lesson', '1', '--output', folder],
      ...['--backend', 'cpu', '--cell-timeout', '0.01'],
    );
    assert.equal(third.status, 1);
    assert.match(third.stderr, /Code cell 1 of \d+ stopped with CellTimeout: .* within 0\.01 s/);
    assert.match(
      await readFile(join(folder, 'site', '01-the-convolution-unit.html'), 'utf8'),
      /role="alert"/,
    );
  });

  it("runs a user's own notebook, and writes it with the error that it ends in", async () => {
    const path = join(folder, 'mine.ipynb');
    const cell = (source: string) => ({
      cell_type: 'code',
      metadata: {},
      source,
      execution_count: null,
      outputs: [],
    });
    const cells = [
      cell("console.log('hello');"),
      cell("throw new Error('enough');"),
      cell("console.log('never');"),
    ];
    await writeFile(path, JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: {}, cells }));
    const { status, stderr } = await inceptionLab('run', path, '--output', folder);
    assert.equal(status, 1);
    assert.equal(stderr, `${path}: Code cell 2 of 3 stopped with Error: enough\n`);
    const written = await readFile(join(folder, 'notebooks', 'mine.ipynb'), 'utf8');
    const outputs = (
      JSON.parse(written) as { cells: { outputs: { output_type: string }[] }[] }
    ).cells.map(({ outputs }) => outputs.map(({ output_type }) => output_type));
    assert.deepEqual(outputs, [['stream'], ['error'], []]);
  });

  for (const [problem, args, message] of [
    [
      'an unknown lesson',
      ['--lesson', '99'],
      /^There is no lesson "99"\. Give a number or a name of: .*01-the-convolution-unit.*\.\n$/,
    ],
    [
      'an unknown backend',
      ['--backend', 'cuda'],
      /^There is no backend "cuda"\. Choose one of: native, webgpu, wasm, cpu\.\n$/,
    ],
    ['a time that is none', ['--cell-timeout', 'soon'], /Give a number of seconds greater than 0/],
    ['a port that is none', ['--port', '99999'], /Give a whole number from 0 to 65535/],
    ['an unknown option', ['--fast'], /unknown option '--fast'/],
    [
      'a notebook that is not there',
      ['none.ipynb'],
      /^Cannot read the notebook "none\.ipynb": there is no such file\.\n$/,
    ],
    [
      'a file that is no notebook',
      ['package.json'],
      /^"package\.json" is not a Jupyter notebook of format 4\./,
    ],
    [
      'a build folder that cannot be written',
      ['--output', 'package.json/build'],
      /^Cannot write "package\.json\/build.+": .*Free the folder/,
    ],
  ] as const) {
    it(`ends with one sentence and status 1 at ${problem}`, async () => {
      const { status, stderr } = await inceptionLab('run', '--no-serve', ...args);
      assert.equal(status, 1);
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
    });
  }

  it('serves a lesson that failed, and ends with status 1 on Ctrl-C', async () => {
    const course = startInceptionLab(
      ...['run', '--lesson', '1', '--cell-timeout', '0.01', '--output', folder],
    );
    const address = await course.said(/http:\S+/);
    await course.said(/Lessons: 1 run/);
    const page = await fetch(new URL('01-the-convolution-unit.html', address));
    assert.match(await page.text(), /role="alert"/);
    course.interrupt();
    assert.equal((await course.ended).status, 1);
  });

  it('refuses notebooks of another language, and two that would be written to one file', async () => {
    const path = join(folder, 'snake.ipynb');
    const metadata = {
      kernelspec: { name: 'python3', display_name: 'Python', language: 'python' },
    };
    await writeFile(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: [] }));
    const python = await inceptionLab('run', path, '--output', folder);
    assert.equal(python.status, 1);
    assert.equal(
      python.stderr,
      `"${path}" is a notebook in python. Give notebooks in TypeScript or JavaScript.\n`,
    );
    const twice = await inceptionLab('run', 'a/x.ipynb', 'b/x.ipynb');
    assert.equal(twice.status, 1);
    assert.match(twice.stderr, /^Two of the notebooks are named "x\.ipynb"\./);
  });

  it('ends with one sentence and status 1 at a port that is taken', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        resolve((other.address() as { port: number }).port);
      });
    });
    const { status, stderr } = await inceptionLab('run', '--port', `${port}`, '--output', folder);
    other.close();
    assert.equal(status, 1);
    assert.equal(
      stderr,
      `Cannot serve on port ${port}: another program has it; leave --port out to get a free one.\n`,
    );
  });
});
