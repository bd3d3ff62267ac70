import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { ownerOf } from '../../dist/grading/submissions/learner-name.js';
import { findSubmissions } from '../../dist/grading/submissions/find-submissions.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { fileOf, suite, suiteLesson } from './suite.js';

const solved = fileOf(suite[0]!);
const slug = suiteLesson.slug;

type Files = Readonly<Record<string, string | Buffer>>;

function folderWith(files: Files): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A zip's bytes. */
async function zipped(files: Files): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  return buffer(zip.outputStream);
}

async function zipWith(files: Files): Promise<string> {
  return join(folderWith({ 'all.zip': await zipped(files) }), 'all.zip');
}

/** A zip of one notebook that claims to lie outside. */
async function leadingOutside(): Promise<Buffer> {
  const bytes = (await zipped({ 'aa/evil.ipynb': solved })).toString('latin1');
  return Buffer.from(bytes.replaceAll('aa/evil.ipynb', '../evil.ipynb'), 'latin1');
}

/** As if it had a password. */
async function encrypted(): Promise<Buffer> {
  const bytes = await zipped({ 'x.ipynb': solved });
  const [local, central] = [bytes.indexOf('PK\x03\x04'), bytes.indexOf('PK\x01\x02')];
  for (const flags of [local + 6, central + 8]) bytes[flags]! |= 1;
  return bytes;
}

const learnersIn = async (path: string) =>
  (await findSubmissions(path, suiteLesson)).map(({ learner }) => learner);

/** An answer of the lesson that says whose it is. */
const by = (name: string) => solved.replace('let sum = 0', `let sum = 0 * '${name}'.length`);

/** By learner: who has written what counts, or why nothing does. */
async function authorsIn(path: string): Promise<Record<string, string>> {
  const found = await findSubmissions(path, suiteLesson);
  const said = found.map(({ learner, cells, problem }) => {
    const { code = '' } = cells.find(({ exercise }) => exercise === 'convolve') ?? {};
    return [learner, problem ?? /0 \* '(.*)'\.length/.exec(code)?.[1] ?? 'nobody'];
  });
  assert.equal(
    new Set(said.map(([learner]) => learner)).size,
    said.length,
    'a name is there twice',
  );
  return Object.fromEntries(said) as Record<string, string>;
}

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
    const files = { 'ada.ipynb': Buffer.alloc(51_000_000, 32), 'bob.ipynb': solved };
    for (const path of [folderWith(files), await zipWith(files)]) {
      const [ada, bob] = await findSubmissions(path, suiteLesson);
      assert.equal(ada!.problem, 'The notebook has more than 50 MB.');
      assert.equal(bob!.problem, undefined);
    }
  });

  it('is marked, however large another learner’s notebook says it is', async () => {
    const zip = await zipped({ 'ada.ipynb': '', 'bob.ipynb': by('bob') });
    // The size of the first, in the archive's directory.
    zip.writeUInt32LE(3e9, zip.indexOf('PK\x01\x02') + 24);
    const path = join(folderWith({ 'all.zip': zip }), 'all.zip');
    const { ada, bob } = await authorsIn(path);
    assert.deepEqual([ada, bob], ['The notebook has more than 50 MB.', 'bob']);
  });

  it('is refused where an archive leads outside, or is damaged', async () => {
    const zip = join(folderWith({ 'all.zip': await leadingOutside() }), 'all.zip');
    await assert.rejects(
      findSubmissions(zip, suiteLesson),
      /cannot be read: invalid relative path/,
    );
    writeFileSync(zip, readFileSync(zip).subarray(0, 1000));
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

  it('is each learner’s own where two have the same name', async () => {
    for (const [one, other] of [
      [
        'Maria Garcia_111_assignsubmission_file_/x.ipynb',
        'Maria Garcia_222_assignsubmission_file_/x.ipynb',
      ],
      ['Maria Garcia_111_7_x.ipynb', 'Maria Garcia_222_8_x.ipynb'],
    ] as const) {
      const folder = folderWith({ [one]: by('one'), [other]: by('two'), 'ada.ipynb': by('ada') });
      assert.deepEqual(await authorsIn(folder), {
        'Maria Garcia / 111': 'one',
        'Maria Garcia / 222': 'two',
        ada: 'ada',
      });
      const ids = (await findSubmissions(folder, suiteLesson)).map(({ id }) => id);
      assert.deepEqual(ids, ['111', '222', undefined]);
    }
  });

  it('is one learner’s in both of Moodle’s folders', async () => {
    const folder = folderWith({
      'Ada_1_assignsubmission_file_/unit.ipynb': by('a'),
      'Ada_1_assignsubmission_file_/notes.ipynb': '{}',
      'Ada_1_assignsubmission_onlinetext_/onlinetext.ipynb': '{}',
    });
    assert.deepEqual(await authorsIn(folder), { Ada: 'a' });
  });

  it('is not lost where names differ only in case or in how an accent is written', async () => {
    const [composed, decomposed] = ['Zo\u00EB', 'Zoe\u0308'];
    const zip = await zipWith({
      ...{ 'ada/x.ipynb': by('ada'), 'Ada/x.ipynb': by('Ada') },
      ...{ [`${composed}/x.ipynb`]: by('one'), [`${decomposed}/x.ipynb`]: by('two') },
    });
    assert.deepEqual(await authorsIn(zip), {
      ...{ ada: 'ada', Ada: 'Ada', [composed]: 'one', [decomposed]: 'two' },
    });
  });

  it('is theirs whose folder or file it came in, whatever is inside', async () => {
    const mine = by('ada');
    for (const theirs of [
      { 'eve/ada_1_2_x.ipynb': by('eve') },
      { 'eve/ada/x.ipynb': by('eve') },
      { 'eve/Ada_1_assignsubmission_file_.ipynb': by('eve') },
      { 'eve/Ada_1_assignsubmission_file_/x.ipynb': by('eve') },
      { 'eve/submitted/ada/x.ipynb': by('eve') },
      { 'eve.zip': await zipped({ 'ada/x.ipynb': by('eve') }) },
      { 'eve.zip': await zipped({ 'Ada_1_assignsubmission_file_/x.ipynb': by('eve') }) },
      { 'eve.zip': await zipped({ 'submitted/ada/x.ipynb': by('eve') }) },
      { 'eve/all.zip': await zipped({ 'ada_1_2_x.ipynb': by('eve') }) },
    ]) {
      assert.deepEqual(await authorsIn(folderWith(theirs)), { eve: 'eve' });
      for (const [name, learner] of [
        ['ada/x.ipynb', 'ada'],
        ['ada_1_2_x.ipynb', 'ada'],
        ['Ada_1_assignsubmission_file_/x.ipynb', 'Ada'],
      ] as const) {
        const found = await authorsIn(folderWith({ ...theirs, [name]: mine }));
        assert.deepEqual(found, { [learner]: 'ada', eve: 'eve' });
      }
    }
  });

  it('is each learner’s own where their folders look alike inside', async () => {
    const folders = {
      'ada/homework/x.ipynb': by('ada'),
      'bob/homework/x.ipynb': by('bob'),
      'cyd.zip': await zipped({ 'homework/x.ipynb': by('cyd') }),
      'dan.zip': await zipped({ 'homework/x.ipynb': by('dan') }),
      '_assignsubmission_file_/x.ipynb': by('odd'),
    };
    assert.deepEqual(await authorsIn(folderWith(folders)), {
      ...{ ada: 'ada', bob: 'bob', cyd: 'cyd', dan: 'dan' },
      _assignsubmission_file_: 'odd',
    });
  });

  it('has the platform’s number in a learner’s own zip and folder too', async () => {
    const hw = await zipped({ 'hw/unit.ipynb': by('ada') });
    for (const files of [
      { 'lovelaceada_12345_67890_hw.zip': hw },
      { 'lovelaceada_12345_67890_hw/unit.ipynb': by('ada') },
      { 'lovelaceada_12345_assignsubmission_file_hw.zip': hw },
      { 'lovelaceada_12345_assignsubmission_file_/hw.zip': hw },
    ]) {
      for (const path of [folderWith(files), await zipWith(files)]) {
        const [found, ...others] = await findSubmissions(path, suiteLesson);
        assert.deepEqual(others, []);
        assert.deepEqual([found!.learner, found!.id], ['lovelaceada', '12345']);
        assert.equal(found!.problem, undefined);
      }
    }
  });

  it('is found in the platform’s archive that lies in a folder of its own', async () => {
    const files = {
      'Ada_1_assignsubmission_file_/x.ipynb': by('ada'),
      'Bob_2_assignsubmission_file_/y.zip': await zipped({ 'y/y.ipynb': by('bob') }),
    };
    const both = { Ada: 'ada', Bob: 'bob' };
    assert.deepEqual(await authorsIn(folderWith({ 'CS-1.zip': await zipped(files) })), both);
    const packedAnew = Object.entries(files).map(([path, content]) => [`inbox/${path}`, content]);
    assert.deepEqual(await authorsIn(await zipWith(Object.fromEntries(packedAnew) as Files)), both);
  });

  it('is found where the teacher has packed or unpacked a folder of the same name', async () => {
    for (const files of [
      { 'all/ada/x.ipynb': by('ada'), 'all/bob/x.ipynb': by('bob') },
      { 'all/ada.ipynb': by('ada'), 'all/bob.ipynb': by('bob') },
    ]) {
      const both = { ada: 'ada', bob: 'bob' };
      assert.deepEqual(await authorsIn(await zipWith(files)), both);
      const twice = Object.entries(files).map(([path, text]) => [`all/${path}`, text]);
      const folder = folderWith(Object.fromEntries(twice) as Files);
      assert.deepEqual(await authorsIn(join(folder, 'all')), both);
    }
    assert.deepEqual(await authorsIn(await zipWith({ 'all/x.ipynb': by('ada') })), { all: 'ada' });
  });

  it('is found in an archive whose paths begin at the folder itself', async () => {
    const bytes = await zipped({ 'aaada/x.ipynb': by('ada'), 'aabob/x.ipynb': by('bob') });
    const text = bytes.toString('latin1').replaceAll('aaada/', './ada/');
    const zip = Buffer.from(text.replaceAll('aabob/', './bob/'), 'latin1');
    const path = join(folderWith({ 'all.zip': zip }), 'all.zip');
    assert.deepEqual(await authorsIn(path), { ada: 'ada', bob: 'bob' });
  });

  it('is not looked for in archives without end', async () => {
    let zip = await zipped({ 'x.ipynb': by('eve') });
    for (let i = 0; i < 4; i++) zip = await zipped({ 'hw.zip': zip });
    const { ada, eve } = await authorsIn(folderWith({ 'ada.ipynb': by('ada'), 'eve.zip': zip }));
    assert.equal(ada, 'ada');
    assert.equal(eve, 'The archive "hw.zip" is not read: it is in an archive in an archive.');
  });

  it('is nobody’s where it may be forged: an archive of several, among other files', async () => {
    const several = await zipped({
      'Ada_1_assignsubmission_file_/x.ipynb': by('eve'),
      'Bob_2_assignsubmission_file_/x.ipynb': by('eve'),
    });
    const folder = folderWith({
      'Ada_1_assignsubmission_file_/x.ipynb': by('ada'),
      'more.zip': several,
    });
    const { Ada, more } = await authorsIn(folder);
    assert.equal(Ada, 'ada');
    assert.match(more!, /^“more” holds notebooks of several learners/);
  });

  it('is found in nbgrader’s folders, from wherever they are given', async () => {
    const both = { ada: 'ada', bob: 'bob' };
    for (const below of ['', 'submitted/', `${slug}/`]) {
      const files = { [`${below}ada/x.ipynb`]: by('ada'), [`${below}bob/x.ipynb`]: by('bob') };
      assert.deepEqual(await authorsIn(folderWith(files)), both);
      assert.deepEqual(await authorsIn(await zipWith(files)), both);
    }
    const withSlugs = {
      [`submitted/ada/${slug}/x.ipynb`]: by('ada'),
      [`submitted/bob/${slug}/x.ipynb`]: by('bob'),
    };
    assert.deepEqual(await authorsIn(folderWith(withSlugs)), both);
  });

  it('is everybody’s, whoever has a folder of the lesson’s name', async () => {
    const files = {
      ...{ 'ada/x.ipynb': by('ada'), 'bob.ipynb': by('bob') },
      ...{ [`eve/${slug}/x.ipynb`]: by('eve'), 'eve/z.ipynb': by('an older eve') },
      // Not a lesson: the number that the class has for her.
      ...{ '07-mia/x.ipynb': by('mia') },
    };
    const all = { '07-mia': 'mia', ada: 'ada', bob: 'bob', eve: 'eve' };
    assert.deepEqual(await authorsIn(folderWith(files)), all);
  });

  it('is not of another lesson’s folder', async () => {
    const other = '02-many-branches';
    const files = {
      [`ada/${slug}/x.ipynb`]: by('ada'),
      [`ada/${other}/x.ipynb`]: by('two'),
      [`bob/${other}/x.ipynb`]: by('two'),
      [`${other}/cyd/x.ipynb`]: by('two'),
    };
    assert.deepEqual(await authorsIn(folderWith(files)), { ada: 'ada' });
    await assert.rejects(
      findSubmissions(folderWith({ [`bob/${other}/x.ipynb`]: solved }), suiteLesson),
      /has notebooks, but only in folders of other lessons/,
    );
  });

  it('is marked, however damaged another learner’s archive is', async () => {
    const evil = await leadingOutside();
    const zips = {
      'cut.zip': (await zipped({ 'x.ipynb': solved })).subarray(0, 1000),
      'empty.zip': Buffer.alloc(0),
      'outside.zip': evil,
      'secret.zip': await encrypted(),
      'nested.zip': await zipped({ 'inner/outside.zip': evil }),
    };
    const inFolders = Object.entries(zips).map(([name, bytes]) => [`in ${name}/hw.zip`, bytes]);
    const files = { ...zips, ...Object.fromEntries(inFolders), 'ada/x.ipynb': by('ada') } as Files;
    for (const path of [folderWith(files), await zipWith(files)]) {
      const { ada, ...others } = await authorsIn(path);
      assert.equal(ada, 'ada');
      assert.equal(Object.keys(others).length, 10);
      for (const problem of Object.values(others)) {
        assert.match(problem, /^The archive "[\w.]+" cannot be read: /);
      }
    }
    const hashes = (await findSubmissions(folderWith(files), suiteLesson)).map(({ hash }) => hash);
    const different = new Set(hashes).size;
    assert.ok(different >= 5, `${different} kinds`);
  });

  it('counts where a learner’s other archive is damaged', async () => {
    const folder = folderWith({ 'ada/x.ipynb': by('ada'), 'ada/z.zip': 'none' });
    assert.deepEqual(await authorsIn(folder), { ada: 'ada' });
  });

  it('is told apart from what has the same bytes, but another problem', async () => {
    const folder = folderWith({ 'ada/a.ipynb': '{}', 'ada/b.ipynb': '', 'bob/b.ipynb': '{}' });
    const [ada, bob] = await findSubmissions(folder, suiteLesson);
    assert.equal(ada!.problem, 'The notebook is an empty file.');
    assert.notEqual(ada!.hash, bob!.hash);
  });

  it('counts by the resubmission, as platforms and browsers number it', async () => {
    for (const later of ['unit-1.ipynb', 'unit (1).ipynb', 'unit-2.IPYNB', 'unit_v2.ipynb']) {
      const folder = folderWith({ 'ada/unit.ipynb': by('first'), [`ada/${later}`]: by('last') });
      assert.deepEqual(await authorsIn(folder), { ada: 'last' }, later);
    }
    const first = await zipped({ 'x.ipynb': by('first') });
    const last = await zipped({ 'x.ipynb': by('last') });
    const zips = folderWith({ 'ada/hw.zip': first, 'ada/hw-1.zip': last });
    assert.deepEqual(await authorsIn(zips), { ada: 'last' });
    const folders = folderWith({ 'ada/hw/x.ipynb': by('first'), 'ada/hw-1/x.ipynb': by('last') });
    assert.deepEqual(await authorsIn(folders), { ada: 'last' });
  });

  it('is not what a computer adds to a folder', async () => {
    const files = {
      'ada/x.ipynb': by('ada'),
      'ada/._x.ipynb': 'none',
      '._bob.ipynb': 'none',
      '__MACOSX/ada/x.ipynb': 'none',
      'ada/.ipynb_checkpoints/x-checkpoint.ipynb': by('older'),
      'ada/node_modules/x.ipynb': by('other'),
    };
    for (const path of [folderWith(files), await zipWith(files)]) {
      assert.deepEqual(await authorsIn(path), { ada: 'ada' });
    }
  });
});
