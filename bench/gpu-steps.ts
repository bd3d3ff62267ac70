/**
 * Run as a process of its own: `gpu-steps.ts BACKEND SECONDS BATCH`: training steps of the residual
 * study's deepest network, as many as the time allows. Prints, as JSON, how many a second.
 */
import { inceptionResNetV2, useBackend, type BackendName } from 'inception-lab';
import { trainingStep } from './works.js';

const [backend, seconds, batch] = process.argv.slice(2) as [BackendName, string, string];
const { device } = await useBackend(backend);
const build = () =>
  inceptionResNetV2({
    ...{ stem: 'small', inputShape: [32, 32, 3], classes: 10 },
    ...{ width: 0.1, blocks: [5, 10, 5], activation: 'linear', seed: 1 },
  });
const { run } = trainingStep(build, Number(batch))(false);
for (let warmUp = 0; warmUp < 3; warmUp++) await run();
const begun = performance.now();
let steps = 0;
while (performance.now() - begun < Number(seconds) * 1000) {
  await run();
  steps++;
}
console.log(JSON.stringify({ device, stepsASecond: (1000 * steps) / (performance.now() - begun) }));
process.exit(0);
