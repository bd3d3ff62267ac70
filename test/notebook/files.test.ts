import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNotebook, writeFileSafely, writeNotebook } from '../../dist/notebook/files.js';
import type { Notebook } from '../../dist/notebook/notebook.js';

describe('Notebook files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'notebooks-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = async (name: string, text: string) => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };

  it('are read as they were written', async () => {
    const path = join(folder, 'deep', 'a.ipynb');
    const notebook: Notebook = {
      cells: [{ cell_type: 'markdown', id: 'a', metadata: {}, source: ['# Ü\n'] }],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    };
    await writeNotebook(path, notebook);
    assert.deepEqual(await readNotebook(path), notebook);
    assert.equal((await readFile(path, 'utf8')).at(-1), '\n');
  });

  it('get ids for cells of older formats, and say that they are of format 4.5', async () => {
    const old = {
      cells: [{ cell_type: 'markdown', metadata: {}, source: '' }],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 2,
    };
    const notebook = await readNotebook(await write('old.ipynb', JSON.stringify(old)));
    assert.equal(notebook.nbformat_minor, 5);
    assert.equal(notebook.cells[0]?.id, 'cell-0');
  });

  it('are refused with one sentence if they are none', async () => {
    await assert.rejects(readNotebook(join(folder, 'none.ipynb')), {
      message: `Cannot read the notebook "${join(folder, 'none.ipynb')}": there is no such file.`,
    });
    for (const text of [
      'no JSON',
      '{}',
      '{"nbformat": 3, "nbformat_minor": 0, "worksheets": []}',
      'null',
    ]) {
      const path = await write('bad.ipynb', text);
      await assert.rejects(readNotebook(path), {
        message: `"${path}" is not a Jupyter notebook of format 4. Give the path of an .ipynb file.`,
      });
    }
  });

  it('are not half written when writing fails, and the error names the file and a way out', async () => {
    const path = await write('kept.txt', 'old');
    await assert.rejects(
      writeFileSafely(join(path, 'below.txt'), 'new'),
      /Cannot write ".*below\.txt": .*not a folder.*--output/,
    );
    assert.equal(await readFile(path, 'utf8'), 'old');
    await mkdir(join(folder, 'taken'));
    await assert.rejects(writeFileSafely(join(folder, 'taken'), 'new'), /Cannot write ".*taken"/);
    assert.deepEqual((await readdir(folder)).sort(), ['kept.txt', 'taken']);
  });
});
