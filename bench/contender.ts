/**
 * Run as a process of its own: `contender.ts BACKEND WORK RUNS [stock]`. Prints, as JSON, the
 * seconds of each run after two first ones, those from the process's start to the end of the very first,
 * and the most memory the process held. `stock` leaves our batch normalization and optimizer out.
 */
import { tf, useBackend, type BackendName } from 'inception-lab';
import { works } from './works.js';

const [backend, name, runs, stock] = process.argv.slice(2) as [
  BackendName,
  string,
  string,
  string?,
];

const { device } = await useBackend(backend);
const isStock = stock === 'stock';
// TensorFlow.js's own layers compute batch normalization without it.
if (isStock) tf.unregisterKernel('BatchNormTraining', tf.getBackend());
const { run } = works[name]!(isStock);
await run();
const first = performance.now() / 1000;
const seconds: number[] = [];
// The second run still gets memory from the system.
if (Number(runs) > 0) await run();
for (let i = 0; i < Number(runs); i++) {
  const start = performance.now();
  await run();
  seconds.push((performance.now() - start) / 1000);
}
const kernel = tf.getKernel('BatchNormTraining', tf.getBackend()) as tf.KernelConfig | undefined;
if (isStock && kernel) throw new Error('Our batch normalization came back: this was not stock.');
const peakMiB = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ device, seconds, first, peakMiB }));
