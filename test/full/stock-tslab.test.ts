import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readNotebook, writeNotebook } from '../../dist/notebook/files.js';
import { textOf, type CodeCell } from '../../dist/notebook/notebook.js';
import { Jupyter, type CellReport } from './support/jupyter.js';
import {
  codeCells,
  displays,
  notebookOf,
  streamText,
  writeSolvedLesson,
} from './support/notebooks.js';
import { repository } from './support/repository.js';
import { temporaryFolderInside } from '../support/temporary-folder.js';

/** How often a cell's code calls a function at its top level. */
function calls(cell: CodeCell, name: RegExp): number {
  return textOf(cell.source).match(new RegExp(`^${name.source}\\(`, 'gm'))?.length ?? 0;
}

/** `line:column - text`, as tslab prints what the compiler says. */
const typeError = /^\d+:\d+ - /m;

describe('Under a stock tslab kernel', () => {
  let jupyter: Jupyter;
  let folder: string;

  before(async function () {
    jupyter = await Jupyter.find(this);
    folder = temporaryFolderInside();
  });

  describe("a lesson's solved notebook", () => {
    let cells: CodeCell[];

    before(async () => {
      cells = codeCells(await jupyter.convert(await writeSolvedLesson(folder)));
    });

    it('runs in "jupyter nbconvert --execute" without an error or a word on stderr', () => {
      assert.ok(cells.length > 10, `only ${cells.length} code cells`);
      for (const { source, outputs } of cells) {
        const types = outputs.map(({ output_type }) => output_type);
        assert.ok(!types.includes('error'), textOf(source));
        assert.equal(streamText(outputs, 'stderr'), '', textOf(source));
      }
    });

    it('has all its prints and plots', () => {
      for (const cell of cells) {
        const shown = displays(cell.outputs).length;
        const checks = streamText(cell.outputs, 'stdout').match(/^✓/gm)?.length ?? 0;
        assert.equal(shown, calls(cell, /show/), textOf(cell.source));
        assert.equal(checks, calls(cell, /check/), textOf(cell.source));
        if (calls(cell, /console\.\w+/) > 0) {
          assert.notEqual(streamText(cell.outputs, 'stdout'), '', textOf(cell.source));
        }
      }
      assert.ok(cells.some((cell) => calls(cell, /show/) > 0));
      assert.ok(cells.some((cell) => calls(cell, /check/) > 0));
      assert.ok(cells.some((cell) => calls(cell, /console\.\w+/) > 0));
    });

    it('shows every plot as a specification, as a picture and as a line of text', () => {
      for (const data of cells.flatMap(({ outputs }) => displays(outputs))) {
        const specification = data['application/vnd.vegalite.v5+json'] as { $schema?: string };
        assert.equal(specification.$schema, 'https://vega.github.io/schema/vega-lite/v5.json');
        assert.match(textOf(data['image/svg+xml'] as string), /^<svg[^]*<\/svg>\s*$/);
        assert.match(textOf(data['text/plain'] as string), /^\S.*\.$/);
      }
    });

    it('gets the reply "ok" for every cell', async () => {
      const reports = await jupyter.execute(await writeSolvedLesson(folder));
      assert.deepEqual(
        reports.map(({ status }) => status),
        cells.map(() => 'ok'),
      );
    });
  });

  describe("a lesson's learner's notebook, as it is handed out", () => {
    let cells: CodeCell[];
    let reports: CellReport[];

    before(async () => {
      const path = join(repository, 'notebooks', '01-the-convolution-unit.ipynb');
      cells = codeCells(await readNotebook(path));
      reports = await jupyter.execute(path);
    });

    it('has every cell run and none complained of by the compiler', () => {
      assert.equal(reports.length, cells.length);
      for (const [i, { status, outputs }] of reports.entries()) {
        assert.notEqual(status, 'abort', textOf(cells[i]!.source));
        assert.doesNotMatch(streamText(outputs, 'stderr'), typeError);
      }
    });

    it('fails in its checks, and in no cell that is neither exercise nor check', () => {
      for (const [i, { status, outputs }] of reports.entries()) {
        const marked = cells[i]!.metadata.inception_lab as { check?: string } | undefined;
        if (marked?.check !== undefined) assert.equal(status, 'error', marked.check);
        if (marked === undefined) {
          assert.equal(status, 'ok', streamText(outputs, 'stderr'));
          assert.equal(streamText(outputs, 'stderr'), '');
        }
      }
    });

    it("says in each failed check only the check's own message, the hint not yet", () => {
      const failed = reports.filter(({ status }) => status === 'error');
      assert.ok(failed.length > 0);
      for (const { outputs } of failed) {
        assert.match(streamText(outputs, 'stderr'), /^✗ .+: .+\.\n$/);
      }
    });
  });

  it('a cell that uses the library with a wrong type does not compile', async () => {
    const path = join(folder, 'wrong-types.ipynb');
    await writeNotebook(
      path,
      notebookOf(
        "import { inceptionV4, summarize } from 'inception-lab';\nconsole.log('ready');",
        "inceptionV4({ classes: 'many' });",
        'const n: string = summarize(inceptionV4()).parameters;',
      ),
    );
    const [ready, argument, result] = await jupyter.execute(path);
    assert.equal(streamText(ready!.outputs, 'stdout'), 'ready\n');
    assert.equal(argument!.status, 'error');
    assert.match(
      streamText(argument!.outputs, 'stderr'),
      /^\d+:\d+ - Type 'string' is not assignable to type 'number'/m,
    );
    assert.equal(result!.status, 'error');
    assert.match(
      streamText(result!.outputs, 'stderr'),
      /^\d+:\d+ - Type 'number' is not assignable to type 'string'/m,
    );
  });
});
