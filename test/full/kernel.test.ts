import assert from 'node:assert/strict';
import { join } from 'node:path';
import { installKernelSpec } from '../../dist/kernel/jupyter/kernelspec.js';
import { runNotebook } from '../../dist/kernel/run-notebook.js';
import { readNotebook } from '../../dist/notebook/files.js';
import { textOf, type CodeCell } from '../../dist/notebook/notebook.js';
import { temporaryFolderInside } from '../support/temporary-folder.js';
import { Jupyter } from './support/jupyter.js';
import { codeCells, displays, streamText, writeSolvedLesson } from './support/notebooks.js';
import { repository } from './support/repository.js';

/** What a cell shows, without what differs from run to run. */
function shown({ outputs }: CodeCell): unknown[] {
  const texts = (['stdout', 'stderr'] as const).map((name) => streamText(outputs, name));
  const pictures = displays(outputs).map((data) => textOf(data['text/plain'] as string));
  return [...texts, pictures];
}

describe('Under our own kernel', () => {
  let jupyter: Jupyter;
  let folder: string;

  before(async function () {
    jupyter = await Jupyter.find(this, (data) => {
      installKernelSpec('inception-lab', data);
      // The course's notebooks name this one.
      installKernelSpec('tslab', data);
    });
    folder = temporaryFolderInside();
  });

  it("keeps Jupyter's rules: every test of jupyter_kernel_test passes, and none is skipped", async () => {
    const rules = join(repository, 'test', 'full', 'kernel_rules.py');
    const { status, stderr } = await jupyter.run([rules], folder);
    assert.equal(status, 0, stderr);
    assert.match(stderr, /^Ran 12 tests/m);
    assert.doesNotMatch(stderr, /skipped/);
  });

  it("runs a lesson in nbconvert as the course's own runner does", async () => {
    const path = await writeSolvedLesson(folder);
    const cells = codeCells(await jupyter.convert(path));
    const own = codeCells(
      await runNotebook(await readNotebook(path), { cwd: folder, cellTimeout: 120 }),
    );
    assert.ok(cells.length > 10, `only ${cells.length} code cells`);
    assert.deepEqual(cells.map(shown), own.map(shown));
    assert.deepEqual(
      cells.map(({ execution_count }) => execution_count),
      cells.map((_, i) => i + 1),
    );
    for (const { source, outputs } of cells) {
      assert.ok(
        outputs.every(({ output_type }) => output_type !== 'error'),
        textOf(source),
      );
    }
  });

  it("fails a learner's checks with an error that has a name, and runs every other cell", async () => {
    const path = join(repository, 'notebooks', '01-the-convolution-unit.ipynb');
    const cells = codeCells(await readNotebook(path));
    const reports = await jupyter.execute(path);
    assert.equal(reports.length, cells.length);
    for (const [i, { status, outputs }] of reports.entries()) {
      const marked = cells[i]!.metadata.inception_lab as { check?: string } | undefined;
      const isCheck = marked?.check !== undefined;
      assert.equal(status, isCheck ? 'error' : 'ok', textOf(cells[i]!.source));
      const [error] = outputs.filter((output) => output.output_type === 'error');
      assert.equal(error !== undefined, isCheck);
      if (error) assert.match(error.evalue, /^✗ .+: .+\.\n {2}Hint: .+$/);
    }
  });
});
