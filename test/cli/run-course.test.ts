import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseBackend } from 'inception-lab';
import { runCourse } from '../../dist/cli/run-course.js';
import { parseLesson } from '../../dist/lessons/parse.js';

const lessons = [
  parseLesson(
    '01-fails',
    '# Fails\n\n```ts\nconst x: number = "one";\n```\n\n```ts\nconsole.log("never");\n```\n',
  ),
  parseLesson('02-runs', '# Runs\n\n```ts\nconsole.log("it did");\n```\n'),
];
const notAskedFor = parseLesson('03-waits', '# Waits\n\n```ts\nconsole.log("not yet");\n```\n');

describe('A course with a lesson that fails', function () {
  this.timeout(60_000);
  let folder: string;
  const read = (name: string) => readFile(join(folder, name), 'utf8');

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'course-'));
    const flags = { cellTimeout: 60, allowErrors: false, output: folder, serve: false, port: 0 };
    const backend = await chooseBackend('cpu');
    assert.equal(await runCourse(lessons, backend, flags, [...lessons, notAskedFor]), false);
  });
  after(() => rm(folder, { recursive: true }));

  it('has the error in that notebook and on its page, and no output after it', async () => {
    const page = await read('site/01-fails.html');
    assert.match(
      page,
      /role="alert".*Code cell 1 of 2 stopped with TS2322: Type &#39;string&#39; is not assignable/s,
    );
    assert.match(page, /<pre class="output error">/);
    assert.match(await read('notebooks/01-fails.ipynb'), /"output_type": "error"/);
    assert.doesNotMatch(page, /<pre class="output stdout">/);
  });

  it('lists the whole course, and says of a lesson that was not asked for that it has not run', async () => {
    assert.match(await read('site/index.html'), /<a href="03-waits\.html">Waits<\/a>/);
    assert.match(await read('site/03-waits.html'), /data-status="unrun".*has not been run/s);
  });

  it('still runs the others', async () => {
    assert.match(await read('site/02-runs.html'), /<pre class="output stdout">it did/);
    assert.match(await read('notebooks/02-runs.ipynb'), /inception_lab_fingerprint/);
  });

  it('links its lessons', async () => {
    assert.match(await read('site/02-runs.html'), /rel="prev" href="01-fails\.html"/);
    assert.match(await read('site/index.html'), /href="01-fails\.html".*href="02-runs\.html"/s);
  });

  it('tells open pages how each has ended', async () => {
    const state = JSON.parse(await read('site/state.json')) as Record<string, { status: string }>;
    assert.deepEqual([state['01-fails']?.status, state['02-runs']?.status], ['failed', 'done']);
  });
});
