import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inceptionLab } from '../support/command.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe('inception-lab assignment', function () {
  this.timeout(60_000);

  it("writes nbgrader's course folder: its settings, and a folder a lesson", async () => {
    const folder = temporaryFolder();
    const { status, stdout } = await inceptionLab('assignment', '0', '01', '--output', folder);
    assert.equal(status, 0);
    const start = join(folder, 'source', '00-start-here', '00-start-here.ipynb');
    assert.ok(stdout.includes(`Wrote ${start}\n`));
    assert.deepEqual(readdirSync(join(folder, 'source')), [
      '00-start-here',
      '01-the-convolution-unit',
    ]);
    assert.match(readFileSync(join(folder, 'nbgrader_config.py'), 'utf8'), /^c = get_config\(\)/m);
    assert.match(readFileSync(start, 'utf8'), /"grade_id": "check-channel-means-1"/);
  });

  it('takes all lessons where none is named', async () => {
    const folder = temporaryFolder();
    await inceptionLab('assignment', '--output', folder);
    const lessons = readdirSync('src/lessons').filter((name) => /^\d\d-/.test(name));
    assert.deepEqual(readdirSync(join(folder, 'source')), lessons.sort());
  });

  it('leaves what a teacher has changed, unless told to write over it', async () => {
    const folder = temporaryFolder();
    const write = (...more: string[]) => inceptionLab('assignment', ...more, '--output', folder);
    await write('00');
    const settings = join(folder, 'nbgrader_config.py');
    writeFileSync(settings, 'mine');

    const refused = await write('01');
    assert.equal(refused.status, 1);
    assert.match(
      refused.stderr,
      /differ from what would be written: .+nbgrader_config\.py\..+--force/,
    );
    assert.equal(readFileSync(settings, 'utf8'), 'mine');
    assert.deepEqual(readdirSync(join(folder, 'source')), ['00-start-here']);

    assert.equal((await write('01', '--force')).status, 0);
    assert.notEqual(readFileSync(settings, 'utf8'), 'mine');
  });

  it('adds a lesson to a folder whose files are as they were written', async () => {
    const folder = temporaryFolder();
    await inceptionLab('assignment', '00', '--output', folder);
    const { status } = await inceptionLab('assignment', '01', '--output', folder);
    assert.equal(status, 0);
    assert.equal(readdirSync(join(folder, 'source')).length, 2);
  });

  it('ends with one sentence and status 1 at a lesson that there is not', async () => {
    const folder = temporaryFolder();
    const { status, stderr } = await inceptionLab('assignment', '99', '--output', folder);
    assert.equal(status, 1);
    assert.match(stderr, /^There is no lesson "99"\./);
    assert.deepEqual(readdirSync(folder), []);
  });
});
