import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runNotebook } from '../../dist/kernel/run-notebook.js';
import { saveFile } from '../../dist/kernel/for-cells/save-file.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const cell = (source: string) => ({
  ...{ id: 'a', cell_type: 'code' as const, metadata: {}, source },
  ...{ execution_count: null, outputs: [] },
});

describe('A file that a cell saves', () => {
  it('is written with the folders that it needs, in the place of the one before', async () => {
    const path = join(temporaryFolder(), 'results', 'report.html');
    await saveFile(path, 'old, and longer');
    await saveFile(path, '<p>ä</p>');
    assert.equal(await readFile(path, 'utf8'), '<p>ä</p>');
  });

  it('is refused with its name and a reason where it cannot be written', async () => {
    const file = join(temporaryFolder(), 'a-file');
    await writeFile(file, '');
    await assert.rejects(saveFile(join(file, 'report.html'), ''), /^Error: Cannot write .*a-file/);
  });

  it("is shown under its name alone, for the course's pages, and as a sentence for others", async () => {
    const path = join(temporaryFolder(), 'report.html');
    const source = `import { saveFile } from 'inception-lab';\nawait saveFile(${JSON.stringify(path)}, '<p>');`;
    const notebook = {
      nbformat: 4 as const,
      nbformat_minor: 5,
      metadata: {},
      cells: [cell(source)],
    };
    const { cells } = await runNotebook(notebook, { cwd: process.cwd(), cellTimeout: 60 });
    const [shown] = (cells[0] as ReturnType<typeof cell>).outputs as { data: unknown }[];
    assert.deepEqual(shown!.data, {
      'application/vnd.inception-lab.file+json': { name: 'report.html', text: '<p>' },
      'text/plain': `Wrote ${path}.`,
    });
  });
});
