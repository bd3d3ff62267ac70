import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runNotebook } from '../../dist/kernel/run-notebook.js';
import { readLessons } from '../../dist/lessons/catalogue.js';
import { toNotebook } from '../../dist/lessons/to-notebook.js';
import { readNotebook, writeNotebook } from '../../dist/notebook/files.js';
import { serve } from '../../dist/site/server.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { needBrowser } from './support/browser.js';
import { startJupyterLab } from './support/jupyter-lab.js';
import { codeCells, shown } from './support/notebooks.js';
import { needPython } from './support/python.js';
import { repository } from './support/repository.js';

describe('JupyterLab, with our server as the gateway to its kernels', () => {
  it('runs a lesson, and shows what the runner shows', async function () {
    const python = await needPython(this);
    const browser = await needBrowser(this);
    const folder = temporaryFolder();
    const env = { INCEPTION_LAB_BACKEND: 'wasm' };
    const server = await serve({ folder, port: 0, cwd: repository, env });
    const lab = await startJupyterLab(python, folder, server.address);
    try {
      const [lesson] = await readLessons();
      const solved = toNotebook(lesson!, 'solved');
      const kernelspec = {
        display_name: 'TypeScript (Inception Lab)',
        language: 'typescript',
        name: 'inception-lab',
      };
      const path = join(folder, 'lesson.ipynb');
      await writeNotebook(path, { ...solved, metadata: { ...solved.metadata, kernelspec } });

      const page = await browser.newPage();
      await page.goto(lab.addressOf('lesson.ipynb'));
      await page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor({
        timeout: 120_000,
      });
      await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
      await page.getByText('Run All Cells', { exact: true }).click();
      let cells = codeCells(solved);
      while (cells.some(({ execution_count }) => execution_count === null)) {
        await page.waitForTimeout(1000);
        await page.keyboard.press('ControlOrMeta+s');
        cells = codeCells(await readNotebook(path));
      }

      const own = await runNotebook(solved, { cwd: repository, env, cellTimeout: 120 });
      assert.deepEqual(cells.map(shown), codeCells(own).map(shown));
    } finally {
      await browser.close();
      await lab.stop();
      server.close();
    }
  });
});
