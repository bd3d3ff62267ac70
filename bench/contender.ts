/**
 * Run as a process of its own: `contender.ts BACKEND WORK RUNS [stock]`. Prints, as JSON, the
 * seconds of each run after two first ones, those from the process's start to the end of the very
 * first, and the most memory the process held. `stock` is TensorFlow.js without our faster kernels,
 * tape and optimizer.
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
if (isStock) leaveToTensorFlow();
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
if (isStock && ours().length > 0) throw new Error('Our kernels came back: this was not stock.');
const peakMiB = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ device, seconds, first, peakMiB }));

/** Where these are absent, TensorFlow.js's own kernels do their work. */
function ours(): string[] {
  const faster = ['BatchNormTraining', 'ReluGrad'];
  return faster.filter((kernel) => tf.getKernel(kernel, tf.getBackend()) as unknown);
}

function leaveToTensorFlow(): void {
  for (const kernel of ours()) tf.unregisterKernel(kernel, tf.getBackend());
  // Ours stands before the class's.
  Reflect.deleteProperty(tf.engine(), 'addTapeNode');
}
