import assert from 'node:assert/strict';
import { Computer } from '../../../dist/site/page/computer.js';
import type { Connection, OpenOptions } from '../../../dist/site/page/connection.js';

/** Remembers what was to be opened, and opens nothing. */
class FakeConnection implements Connection {
  readonly place = 'nowhere';
  readonly startsEarly = true;
  readonly opened: OpenOptions[] = [];

  backends(): Promise<[]> {
    return Promise.resolve([]);
  }

  open(options: OpenOptions): Promise<never> {
    this.opened.push(options);
    return Promise.reject(new Error('Nothing is here.'));
  }
}

describe("A lesson's kernel", () => {
  it('waits for the backend that was chosen once, though a cell is run before that is known', async () => {
    const connection = new FakeConnection();
    const computer = new Computer(connection, '00-start-here');
    let find!: () => void;
    computer.chosen = new Promise((resolve) => (find = resolve));
    const started = computer.client();
    await new Promise((go) => setTimeout(go, 10));
    assert.deepEqual(connection.opened, []);
    computer.backend = 'wasm';
    find();
    await assert.rejects(started, /Nothing is here/);
    assert.deepEqual(connection.opened, [{ backend: 'wasm', lesson: '00-start-here' }]);
  });
});
