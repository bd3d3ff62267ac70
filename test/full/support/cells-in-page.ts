/** Runs in the page of a test: a kernel of the page's own, and its cells' outputs as a notebook has them. */
import { OutputCollector } from '../../../src/kernel/output-collector.js';
import type { Output } from '../../../src/notebook/notebook.js';
import { BrowserConnection } from '../../../src/site/page/browser-connection.js';
import { NotebookClient } from '../../../src/site/page/notebook-client.js';

let client: NotebookClient;
let cells = 0;
const collector = new OutputCollector();

const harness = {
  backends: () => new BrowserConnection(assets()).backends(),

  /** Starts a kernel; without a name, on the best backend. */
  async open(backend?: string): Promise<void> {
    const channel = await new BrowserConnection(assets()).open({ backend, lesson: 'test' });
    client = new NotebookClient(channel);
    await client.ready();
  },

  async run(code: string): Promise<Output[]> {
    const cell = String(++cells);
    await client.execute(code, {
      onOutput: (type, content) => {
        collector.add(cell, type, content);
      },
      onInput: () => Promise.resolve('typed'),
    });
    return collector.outputsOf(cell);
  },

  /** What the cell that runs, or ran last, has put out by now. */
  outputs: () => collector.outputsOf(String(cells)),
  interrupt: () => {
    client.interrupt();
  },
  complete: (code: string, place: number) => client.complete(code, place),
  inspect: (code: string, place: number) => client.inspect(code, place),
  diagnose: (code: string) => client.diagnose(code),
  /** What ended the kernel. */
  ended: () =>
    new Promise<string>((resolve) => {
      client.onClose = resolve;
    }),
};

export type Harness = typeof harness;

function assets(): URL {
  return new URL('assets/', document.baseURI);
}

Object.assign(globalThis, { harness });
