import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { KernelClient } from '../support/kernel-client.js';
import { statusOf } from './support/process-status.js';

const cells = 2000;

/** Of a process and those that it has started. */
function residentMegabytes(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return (
    [pid, ...children.filter((child) => child !== '')]
      .map((process) => /VmRSS:\s+(\d+)/.exec(statusOf(process)))
      // One that has just ended has none.
      .reduce((sum, match) => sum + Number(match?.[1] ?? 0) / 1024, 0)
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/**
 * Megabytes to which V8 keeps each heap: without a bound it lets garbage lie for as long as the
 * machine has memory, and what is kept cannot be told from what is not yet collected.
 */
const heap = 160;

describe(`A kernel that has run ${cells} cells`, () => {
  it('answers as fast as before, and takes no more memory', async function () {
    if (process.platform !== 'linux') this.skip();
    const kernel = await KernelClient.start({ NODE_OPTIONS: `--max-old-space-size=${heap}` });
    try {
      const client = await kernel.connect();
      const times: number[] = [];
      const megabytes: number[] = [];
      for (let i = 0; i < cells; i++) {
        const start = performance.now();
        const { reply } = await client.execute(`const x${i % 50} = ${i};\nx${i % 50} + 1`);
        times.push(performance.now() - start);
        assert.equal(reply.status, 'ok');
        megabytes.push(residentMegabytes(kernel.process.pid!));
      }
      const [first, last] = [times.slice(300, 500), times.slice(-200)].map(median) as [
        number,
        number,
      ];
      // A machine that does something else now and then is no leak.
      assert.ok(last < 2 * first, `${first} ms a cell before, ${last} ms after`);
      // The least of many cells: just after garbage was collected. On a busy machine that comes late;
      // what leaks more than 150 KB a cell shows nevertheless, or ends the kernel at its heap's bound.
      const [warm, worn] = [
        Math.min(...megabytes.slice(300, 1000)),
        Math.min(...megabytes.slice(-700)),
      ];
      assert.ok(worn < warm + 150, `${warm} MB after 300 to 1000 cells, ${worn} MB at the end`);
    } finally {
      kernel.stop();
    }
  });
});
