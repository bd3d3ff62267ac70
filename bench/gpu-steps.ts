/**
 * Run as a process of its own: `gpu-steps.ts BACKEND SECONDS BATCH BLOCKS SIDE WARM-UPS`: training
 * steps of one of the residual study's networks (the deepest: `5,10,5`), as many as the time allows.
 * Prints, as JSON, how many a second.
 */
import { inceptionResNetV2, useBackend, type BackendName } from 'inception-lab';
import { trainingStep } from './works.js';

const [backend, seconds, batch, blocksText, side, warmUps] = process.argv.slice(2) as [
  BackendName,
  ...[seconds: string, batch: string, blocks: string, side: string, warmUps: string],
];
const blocks = blocksText.split(',').map(Number) as [number, number, number];
const { device } = await useBackend(backend);
const build = () =>
  inceptionResNetV2({
    ...{ stem: 'small', inputShape: [Number(side), Number(side), 3], classes: 10 },
    ...{ width: 0.1, blocks, activation: 'linear', seed: 1 },
  });
const { run } = trainingStep(build, Number(batch))(false);
for (let i = 0; i < Number(warmUps); i++) await run();
const begun = performance.now();
let steps = 0;
while (performance.now() - begun < Number(seconds) * 1000) {
  await run();
  steps++;
}
console.log(JSON.stringify({ device, stepsASecond: (1000 * steps) / (performance.now() - begun) }));
process.exit(0);
