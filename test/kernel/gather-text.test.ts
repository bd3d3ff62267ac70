import assert from 'node:assert/strict';
import { gatherText } from '../../dist/kernel/cells/gather-text.js';
import type { WorkerMessage } from '../../dist/kernel/messages.js';

const text = (said: string, cell = 1, name: 'stdout' | 'stderr' = 'stdout'): WorkerMessage => ({
  ...{ type: 'output', cell },
  output: { type: 'stream', name, text: said },
});

const done: WorkerMessage = { type: 'done', known: 'all' };

/** What was said, by whom, in the order in which it was sent. */
function words(messages: readonly WorkerMessage[]): string[] {
  return messages.map((message) => {
    if (message.type !== 'output' || message.output.type !== 'stream') return message.type;
    return `${message.cell} ${message.output.name} ${message.output.text}`;
  });
}

describe('What cells print', () => {
  it('goes at once, as long as it is little', () => {
    const sent: WorkerMessage[] = [];
    const { send } = gatherText((message) => sent.push(message));
    for (const message of [text('a'), text('b'), done]) send(message);
    assert.deepEqual(words(sent), ['1 stdout a', '1 stdout b', 'done']);
  });

  it('goes in bundles when it floods, whole and in its order', () => {
    const sent: WorkerMessage[] = [];
    const { send } = gatherText((message) => sent.push(message));
    for (let i = 0; i < 10_000; i++) send(text(`${i}\n`));
    send(text('e', 1, 'stderr'));
    send(text('other', 2));
    send(done);
    assert.ok(sent.length < 2000, `${sent.length} messages`);
    assert.deepEqual(words(sent).slice(-3), ['1 stderr e', '2 stdout other', 'done']);
    const all = words(sent.slice(0, -3)).map((said) => said.replace('1 stdout ', ''));
    assert.equal(all.join(''), Array.from({ length: 10_000 }, (_, i) => `${i}\n`).join(''));
  });

  it('does not wait for more', async () => {
    const sent: WorkerMessage[] = [];
    await new Promise<void>((resolve) => {
      const { send } = gatherText((message) => {
        sent.push(message);
        if (words([message])[0]?.endsWith('last')) resolve();
      });
      for (let i = 0; i < 1000; i++) send(text('.'));
      send(text('last'));
    });
    assert.ok(sent.length < 1001);
  });
});
