/**
 * Run as a process of its own: `gpu-contender.ts NETWORK forward|training BATCH SIDE RUNS [stock]` on
 * WebGPU. Prints, as JSON, the seconds of each run after three first ones, and those of the very first.
 */
import {
  inceptionResNetV2,
  inceptionV4,
  optimizeForInference,
  tf,
  useBackend,
} from 'inception-lab';
import { forward, trainingStep } from './works.js';

const [network, kind, batch, side, runs] = process.argv.slice(2) as [
  'inception-v4' | 'inception-resnet-v2',
  'forward' | 'training',
  ...string[],
];
const builders = { 'inception-v4': inceptionV4, 'inception-resnet-v2': inceptionResNetV2 };

const { device } = await useBackend('webgpu');
const build = () =>
  builders[network]({
    ...{ activation: 'linear', seed: 1 },
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
await run();
await run();
const seconds: number[] = [];
for (let i = 0; i < Number(runs); i++) {
  const start = performance.now();
  await run();
  seconds.push((performance.now() - start) / 1000);
}
const { numBytes } = tf.memory();
console.log(JSON.stringify({ device, seconds, first, megabytes: numBytes / 1e6 }));
process.exit(0);
