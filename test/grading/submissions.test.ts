import assert from 'node:assert/strict';
import { createWriteStream, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { ownerOf } from '../../dist/grading/submissions/learner-name.js';
import { findSubmissions } from '../../dist/grading/submissions/find-submissions.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { fileOf, suite, suiteLesson } from './suite.js';

const solved = fileOf(suite[0]!);
const slug = suiteLesson.slug;

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

async function zipWith(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  const path = join(temporaryFolder(), 'all.zip');
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

const learnersIn = async (path: string) =>
  (await findSubmissions(path, suiteLesson)).map(({ learner }) => learner);

describe('What learners have handed in', () => {
  it('is theirs by the names that Moodle gives', () => {
    const ada = { learner: 'Ada Lovelace', id: '1234567' };
    assert.deepEqual(ownerOf('Ada Lovelace_1234567_assignsubmission_file_/unit.ipynb', slug), ada);
    assert.deepEqual(ownerOf('Ada Lovelace_1234567_assignsubmission_file_unit.ipynb', slug), ada);
  });

  it('is theirs by the names that Canvas gives', () => {
    const ada = { learner: 'lovelaceada', id: '4021' };
    assert.deepEqual(ownerOf('lovelaceada_4021_998877_unit-1.ipynb', slug), ada);
    assert.deepEqual(ownerOf('lovelaceada_LATE_4021_998877_my_unit.ipynb', slug), ada);
  });

  it('has no name that tells a terminal what to do', () => {
    assert.equal(ownerOf('\u001B[2Jada\n.ipynb', slug).learner, '[2Jada');
  });

  it('is found as a notebook each, as a folder each, and in nbgrader’s folders', async () => {
    assert.deepEqual(await learnersIn(folderWith({ 'ada.ipynb': solved, 'bob.ipynb': solved })), [
      'ada',
      'bob',
    ]);
    assert.deepEqual(await learnersIn(folderWith({ 'ada/x.ipynb': solved, 'bob/y.ipynb': '' })), [
      'ada',
      'bob',
    ]);
    const nbgrader = { [`ada/${slug}/${slug}.ipynb`]: solved, 'ada/02-x/02-x.ipynb': solved };
    assert.deepEqual(await learnersIn(folderWith(nbgrader)), ['ada']);
  });

  it('is found in a zip, whatever else is in it', async () => {
    const zip = await zipWith({
      'Ada Lovelace_1_assignsubmission_file_/unit.ipynb': solved,
      'Bob_2_assignsubmission_file_/notes.txt': 'none',
      '__MACOSX/unit.ipynb': 'none',
    });
    assert.deepEqual(await learnersIn(zip), ['Ada Lovelace']);
  });

  it('counts once a learner, by the last notebook that is of the lesson', async () => {
    const folder = folderWith({
      'lovelaceada_1_2_unit-2.ipynb': solved,
      'lovelaceada_1_2_unit-10.ipynb': solved.replace('sum +=', 'sum -='),
      'lovelaceada_1_2_unit-11.ipynb': '{}',
    });
    const [one, ...others] = await findSubmissions(folder, suiteLesson);
    assert.deepEqual(others, []);
    assert.match(one!.cells.find(({ exercise }) => exercise === 'convolve')!.code, /sum -=/);
  });

  it('is not followed through links', async () => {
    const folder = folderWith({ 'ada.ipynb': solved });
    symlinkSync('/etc', join(folder, 'etc'));
    symlinkSync('/etc/passwd', join(folder, 'bob.ipynb'));
    assert.deepEqual(await learnersIn(folder), ['ada']);
  });

  it('is told in a sentence where a notebook is too large', async () => {
    const zip = await zipWith({ 'ada.ipynb': Buffer.alloc(51_000_000, 32), 'bob.ipynb': solved });
    const [ada, bob] = await findSubmissions(zip, suiteLesson);
    assert.equal(ada!.problem, 'The notebook has more than 50 MB.');
    assert.equal(bob!.problem, undefined);
  });

  it('is refused where an archive leads outside, or is damaged', async () => {
    const zip = await zipWith({ 'aa/evil.ipynb': solved });
    const { readFileSync } = await import('node:fs');
    const bytes = readFileSync(zip).toString('latin1');
    writeFileSync(zip, Buffer.from(bytes.replaceAll('aa/evil.ipynb', '../evil.ipynb'), 'latin1'));
    await assert.rejects(
      findSubmissions(zip, suiteLesson),
      /cannot be read: invalid relative path/,
    );
    writeFileSync(zip, Buffer.from(bytes.slice(0, 1000), 'latin1'));
    await assert.rejects(
      findSubmissions(zip, suiteLesson),
      /^Error: The archive .* cannot be read/,
    );
  });

  it('is missed in a sentence where there is none', async () => {
    await assert.rejects(
      findSubmissions(folderWith({ 'a.txt': '' }), suiteLesson),
      /no notebook in/,
    );
    await assert.rejects(findSubmissions('/nowhere', suiteLesson), /There is no "\/nowhere"/);
  });
});
