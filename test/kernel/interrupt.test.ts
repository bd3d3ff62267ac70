import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { nodeSession } from '../../dist/kernel/node-session.js';
import type { OutputMessage } from '../../dist/kernel/messages.js';
import type { CellStatus, Session } from '../../dist/kernel/session.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** A session in a folder, and what its cells bring forth. */
class Notebook {
  readonly session: Session;
  readonly errors: string[] = [];
  readonly results: unknown[] = [];

  constructor(cwd: string) {
    this.session = nodeSession({ cwd });
  }

  execute(code: string): Promise<CellStatus> {
    const onOutput = (message: OutputMessage) => {
      if (message.type === 'error') this.errors.push(message.ename);
      if (message.type === 'result') this.results.push(message.data['text/plain']);
    };
    return this.session.execute(code, {
      ...{ name: 'Cell', onOutput },
      onInput: () => Promise.resolve(''),
    });
  }
}

describe('An interrupt', function () {
  this.timeout(30_000);
  let folder: string;
  let notebook: Notebook;
  beforeEach(() => {
    folder = temporaryFolder();
    notebook = new Notebook(folder);
  });
  afterEach(() => {
    notebook.session.close();
  });

  it('ends a loop that has been sent to its process and has not begun', async () => {
    await notebook.execute('1');
    // For a second the process hears nothing: the next cell is compiled long before that.
    await notebook.execute(
      'setTimeout(() => { for (const end = Date.now() + 1500; Date.now() < end; ); }, 50)',
    );
    await setTimeout(100);
    const loop = notebook.execute('for (;;);');
    await setTimeout(700);
    notebook.session.interrupt();
    assert.equal(await loop, 'error');
    assert.deepEqual(notebook.errors, ['KeyboardInterrupt']);
  });

  it('ends a loop that an interrupted cell goes on to, since no other cell can begin', async () => {
    await notebook.execute('const kept = 6;');
    const waiting = notebook.execute('await new Promise((go) => setTimeout(go, 2000));\nfor (;;);');
    await setTimeout(1000);
    notebook.session.interrupt();
    assert.equal(await waiting, 'error');
    await setTimeout(2000);
    const next = notebook.execute('kept');
    await setTimeout(1000);
    notebook.session.interrupt();
    await next;
    notebook.results.length = 0;
    assert.equal(await notebook.execute('kept * 7'), 'ok');
    assert.deepEqual(notebook.results, ['42']);
  });

  it("while a cell is compiled leaves the learner's own files as they can be imported", async () => {
    const helper = join(folder, 'helper.ts');
    const cell = "import { factor } from './helper';\nfactor";
    for (const factor of [2, 30]) {
      writeFileSync(helper, `export const factor = ${factor};`);
      const interrupted = notebook.execute(cell);
      notebook.session.interrupt();
      assert.equal(await interrupted, 'error');
      assert.equal(await notebook.execute(cell), 'ok');
    }
    assert.deepEqual(notebook.errors, ['KeyboardInterrupt', 'KeyboardInterrupt']);
    assert.deepEqual(notebook.results, ['2', '30']);
  });
});
