import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { nodeSession } from '../../dist/kernel/node-session.js';
import type { OutputMessage } from '../../dist/kernel/messages.js';

describe('An interrupt', () => {
  it('ends a loop that has been sent to its process and has not begun', async function () {
    this.timeout(30_000);
    const session = nodeSession({ cwd: process.cwd() });
    const errors: string[] = [];
    const onOutput = (message: OutputMessage) => {
      if (message.type === 'error') errors.push(message.ename);
    };
    const execute = (code: string) =>
      session.execute(code, { name: 'Cell', onOutput, onInput: () => Promise.resolve('') });
    try {
      await execute('1');
      // For a second the process hears nothing: the next cell is compiled long before that.
      await execute(
        'setTimeout(() => { for (const end = Date.now() + 1500; Date.now() < end; ); }, 50)',
      );
      await setTimeout(100);
      const loop = execute('for (;;);');
      await setTimeout(700);
      session.interrupt();
      assert.equal(await loop, 'error');
      assert.deepEqual(errors, ['KeyboardInterrupt']);
    } finally {
      session.close();
    }
  });
});
