import assert from 'node:assert/strict';
import { join } from 'node:path';
import { installKernelSpec } from '../../dist/kernel/jupyter/kernelspec.js';
import { runNotebook } from '../../dist/kernel/run-notebook.js';
import { readNotebook } from '../../dist/notebook/files.js';
import { firstError, textOf } from '../../dist/notebook/notebook.js';
import { temporaryFolderInside } from '../support/temporary-folder.js';
import { installStockTslab, Jupyter } from './support/jupyter.js';
import { codeCells, comparable, streamText, writeSolvedLessons } from './support/notebooks.js';
import { repository } from './support/repository.js';

/** Of all lessons, those that are run in three kernels; all take a quarter of an hour. */
const compared = new RegExp(process.env.COMPARED_LESSONS ?? '/0[05]-');

/** One that is run besides: a whole network. All of them run over the WebSocket, in their pages. */
const run = '/09-';

/** Where trainings have the same numbers each time. */
const onWasm = { INCEPTION_LAB_BACKEND: 'wasm' };

/** To a request to execute. */
interface Reply {
  readonly status: string;
  readonly ename?: string;
  readonly evalue?: string;
}

describe('Under our own kernel', () => {
  let jupyter: Jupyter;
  let folder: string;

  before(async function () {
    jupyter = await Jupyter.find(this, async (data) => {
      await installKernelSpec('inception-lab', data);
      // The course's notebooks name this one.
      await installKernelSpec('tslab', data);
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

  it('runs lessons over ZeroMQ, on wasm', async () => {
    for (const path of (await writeSolvedLessons(folder)).filter((name) => name.includes(run))) {
      const cells = codeCells(await jupyter.convert(path, onWasm));
      assert.equal(cells.length, codeCells(await readNotebook(path)).length);
      assert.deepEqual(
        cells.map(({ execution_count }) => execution_count),
        cells.map((_, i) => i + 1),
      );
      assert.deepEqual(
        cells
          .flatMap(({ outputs }) => outputs)
          .filter(({ output_type }) => output_type === 'error'),
        [],
      );
      assert.match(streamText(cells[0]!.outputs, 'stdout'), /computes on wasm/);
    }
  });

  it("shows in a lesson what the course's runner and stock tslab show", async function () {
    const stock = await Jupyter.find(this, installStockTslab);
    for (const path of (await writeSolvedLessons(folder)).filter((name) => compared.test(name))) {
      const cells = comparable(codeCells(await jupyter.convert(path, onWasm)));
      const options = { cwd: folder, env: onWasm, cellTimeout: 300 };
      const own = await runNotebook(await readNotebook(path), options);
      assert.equal(firstError(own), undefined);
      assert.deepEqual(cells, comparable(codeCells(own)));
      assert.deepEqual(cells, comparable(codeCells(await stock.convert(path, onWasm))));
    }
  });

  it('is started again by Jupyter when a cell has used up its memory', async () => {
    const restart = join(repository, 'test', 'full', 'restart_kernel.py');
    const env = { NODE_OPTIONS: '--max-old-space-size=256' };
    const { status, stdout, stderr } = await jupyter.run([restart], folder, env);
    assert.equal(status, 0, stderr);
    const { dying, after } = JSON.parse(stdout) as Record<'dying' | 'after', Reply>;
    assert.deepEqual([dying.ename, after.status], ['DeadKernel', 'ok']);
    assert.match(dying.evalue ?? '', /used up all memory that Node may take/);
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
      if (error) assert.match(error.evalue, /^✗ .+: .+\.$/);
    }
  });
});
