/**
 * Run as a process of its own: `gpu-contender.ts BACKEND NETWORK forward|training BATCH SIDE WIDTH
 * WARM-UPS RUNS`. Prints, as JSON, the seconds of the very first run, and, after some more to warm up,
 * those of each run.
 */
import {
  inceptionResNetV2,
  inceptionV4,
  optimizeForInference,
  tf,
  useBackend,
  type BackendName,
} from 'inception-lab';
import { forward, trainingStep } from './works.js';

const [backend, network, kind, batch, side, width, warmUps, runs] = process.argv.slice(2) as [
  BackendName,
  'inception-v4' | 'inception-resnet-v2',
  'forward' | 'training',
  ...string[],
];
const builders = { 'inception-v4': inceptionV4, 'inception-resnet-v2': inceptionResNetV2 };

const { device } = await useBackend(backend);
const build = () =>
  builders[network]({
    ...{ activation: 'linear', seed: 1, width: Number(width) },
    inputShape: [Number(side), Number(side), 3],
  });
const work =
  kind === 'training'
    ? trainingStep(build, Number(batch))
    : forward(() => optimizeForInference(build()), Number(batch));
const { run } = work(false);
const begun = performance.now();
await run();
const first = (performance.now() - begun) / 1000;
for (let i = 0; i < Number(warmUps); i++) await run();
const seconds: number[] = [];
for (let i = 0; i < Number(runs); i++) {
  const start = performance.now();
  await run();
  seconds.push((performance.now() - start) / 1000);
}
const { numBytes } = tf.memory();
console.log(JSON.stringify({ device, seconds, first, megabytes: numBytes / 1e6 }));
process.exit(0);
