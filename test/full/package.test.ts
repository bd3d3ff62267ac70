import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readLessons } from '../../dist/lessons/catalogue.js';
import { courseFiles } from '../../dist/lessons/course-files.js';
import { readNotebook, writeNotebook } from '../../dist/notebook/files.js';
import type { CourseFile } from '../../dist/platform/course-file.js';
import { codeCells, displays, notebookOf, streamText } from './support/notebooks.js';
import { needPython, validateNotebook } from './support/python.js';
import { repository } from './support/repository.js';
import { runCommand, succeed, type Ended } from './support/run-command.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Prints the network's counts and the sum of a convolution of ones: 2 × 2 windows of 3 × 3 ones. */
const program = `
  const model = lab.inceptionV4();
  const { parameters, multiplyAdds } = lab.summarize(model);
  const backend = await lab.useBackend('wasm');
  const { tf } = lab;
  const sum = tf.conv2d(tf.ones([1, 4, 4, 1]), tf.ones([3, 3, 1, 1]), 1, 'valid').sum().dataSync()[0];
  console.log(JSON.stringify({ parameters, multiplyAdds, backend: backend.name, sum }));
`;
const printed = { parameters: 42_679_816, multiplyAdds: 12_253_974_624, backend: 'wasm', sum: 36 };

describe('The package, packed and installed elsewhere', () => {
  let tarball: string;
  let files: string[];
  /** Where a user's project is. */
  let project: string;

  before(async () => {
    const packed = temporaryFolder();
    await succeed('npm', ['pack', '--pack-destination', packed], { cwd: repository });
    const [name] = await readdir(packed);
    tarball = join(packed, name!);
    files = (await succeed('tar', ['-tzf', tarball])).trim().split('\n');
    project = temporaryFolder();
    await succeed('npm', ['init', '--yes'], { cwd: project });
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund'];
    await succeed('npm', ['install', ...quiet, tarball], { cwd: project });
  });

  /** Runs the package's command in the user's project. */
  function inceptionLab(...args: string[]): Promise<Ended> {
    return runCommand('npx', ['--no', 'inception-lab', ...args], { cwd: project });
  }

  it('has neither tests nor other packages in it, and at most 13 MB in 1,350 files, trained weights, pictures and what pages run included', async () => {
    const places = new Set(files.map((file) => file.split('/').slice(0, 2).join('/')));
    const expected = ['dist', 'docs', 'notebooks', 'package.json', 'pictures', 'src', 'weights'];
    const usual = [
      'LICENSE',
      'LICENSE.txt',
      'README.md',
      'CHANGELOG.md',
      'CITATION.cff',
      'NOTICE',
      'Containerfile',
    ];
    const known = [...expected, ...usual].map((name) => `package/${name}`);
    assert.deepEqual(
      [...places].filter((place) => !known.includes(place)),
      [],
    );
    assert.deepEqual(
      files.filter((file) => /node_modules|\.test\.|\.ipynb_checkpoints|\.tgz$/.test(file)),
      [],
    );
    const { size } = await stat(tarball);
    // docs/architecture.md says how large it is.
    assert.ok(size <= 13_000_000, `${size} bytes`);
    assert.ok(files.length <= 1350, `${files.length} files`);
  });

  it('says what has changed, and how it is cited', () => {
    for (const name of ['CHANGELOG.md', 'CITATION.cff'])
      assert.ok(files.includes(`package/${name}`), name);
  });

  it('has no source maps, since it has no sources', () => {
    assert.deepEqual(
      files.filter((file) => file.endsWith('.map')),
      [],
    );
  });

  it('has all lessons, without their hidden tests', async () => {
    const slugs = (await readLessons()).map(({ slug }) => slug);
    const sources = files.filter((file) => file.endsWith('/lesson.md'));
    assert.deepEqual(
      sources.map((file) => file.split('/').at(-2)),
      slugs,
    );
    const installed = join(project, 'node_modules', 'inception-lab');
    const places = sources.map((file) => join(installed, file.replace(/^package\//, '')));
    const texts = await Promise.all(places.map((path) => readFile(path, 'utf8')));
    for (const text of texts) assert.doesNotMatch(text, /HIDDEN TESTS/);
    // Of the hidden tests of lesson 1.
    assert.ok(!texts.some((text) => text.includes('another picture and a kernel')));
  });

  it('has licences that can be listed, a line each', async () => {
    const list = await succeed('npm', ['run', '--silent', 'licences'], { cwd: repository });
    for (const name of [
      'inception-lab',
      '@tensorflow/tfjs-core',
      '@codemirror/view',
      'vega-lite',
    ]) {
      assert.match(list, new RegExp(`^- ${name} \\d[^:]*: \\S`, 'm'), name);
    }
  });

  it('has all that lessons load', () => {
    const own = Object.values<CourseFile>(courseFiles).filter((file) => file.package === undefined);
    assert.ok(own.length > 0);
    for (const { path } of own) assert.ok(files.includes(`package/${path}`), path);
  });

  it('is imported by an ES module, and computes', async () => {
    await writeFile(
      join(project, 'program.mjs'),
      `import * as lab from 'inception-lab';\n${program}`,
    );
    const stdout = await succeed(process.execPath, ['program.mjs'], { cwd: project });
    assert.deepEqual(JSON.parse(stdout), printed);
  });

  it('is required by a CommonJS module, and computes', async () => {
    const code = `const lab = require('inception-lab');\n(async () => {${program}})();`;
    await writeFile(join(project, 'program.cjs'), code);
    const stdout = await succeed(process.execPath, ['program.cjs'], { cwd: project });
    assert.deepEqual(JSON.parse(stdout), printed);
  });

  describe("running a user's own notebook", () => {
    const executed = (name: string) => join(project, 'build', 'notebooks', name);

    before(async () => {
      await writeNotebook(
        join(project, 'mine.ipynb'),
        notebookOf(
          "import { show, tf, viz } from 'inception-lab';",
          "console.log('two and two is', tf.scalar(2).add(2).dataSync()[0]);",
          "show(viz.featureMaps([[[0], [1]]], { title: 'Mine' }));",
        ),
      );
      await writeNotebook(
        join(project, 'failing.ipynb'),
        notebookOf(
          "console.log('before');",
          "throw new RangeError('It is broken');",
          "console.log('after');",
        ),
      );
    });

    it('writes it with its prints and plots', async () => {
      const { status, stdout, stderr } = await inceptionLab('run', 'mine.ipynb');
      assert.equal(status, 0, stdout + stderr);
      const cells = codeCells(await readNotebook(executed('mine.ipynb')));
      assert.deepEqual(
        cells.map(({ execution_count }) => execution_count),
        [1, 2, 3],
      );
      assert.equal(streamText(cells[1]!.outputs, 'stdout'), 'two and two is 4\n');
      const [plot] = displays(cells[2]!.outputs);
      assert.deepEqual(Object.keys(plot!), [
        'application/vnd.vegalite.v5+json',
        'image/svg+xml',
        'text/plain',
      ]);
    });

    it('ends with status 1 and one sentence when a cell fails, and still writes the notebook', async () => {
      const { status, stderr } = await inceptionLab('run', 'failing.ipynb');
      assert.equal(status, 1);
      // npm itself may have something to say about its settings.
      const sentences = stderr
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('npm '));
      assert.deepEqual(sentences, [
        'failing.ipynb: Code cell 2 of 3 stopped with RangeError: It is broken',
      ]);
      const cells = codeCells(await readNotebook(executed('failing.ipynb')));
      const types = cells.map(({ outputs }) => outputs.map(({ output_type }) => output_type));
      assert.deepEqual(types, [['stream'], ['error'], []]);
    });

    it("writes what nbformat's own schema allows", async function () {
      const python = await needPython(this);
      await validateNotebook(python, executed('mine.ipynb'));
      await validateNotebook(python, executed('failing.ipynb'));
    });
  });

  it("writes the learner's notebooks", async () => {
    const { status, stderr } = await inceptionLab('notebooks');
    assert.equal(status, 0, stderr);
    const written = await readdir(join(project, 'notebooks'));
    assert.deepEqual(written, await readdir(join(repository, 'notebooks')));
  });

  it('runs a lesson and makes the pages of the course', async () => {
    const { status, stdout, stderr } = await inceptionLab('run', '--lesson', '02', '--no-serve');
    assert.equal(status, 0, stdout + stderr);
    const notebooks = await readdir(join(repository, 'notebooks'));
    const pages = notebooks.map((name) => `site/${name.replace('.ipynb', '.html')}`);
    const others = ['site/index.html', 'site/assets/style.css', 'notebooks/02-many-branches.ipynb'];
    for (const path of [...pages, ...others]) {
      assert.ok(existsSync(join(project, 'build', path)), path);
    }
  });
});
