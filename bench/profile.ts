/**
 * `npm run bench:profile -- BACKEND WORK`: where the time of one run goes, kernel by kernel, after a
 * first run. A kernel that is composed of others counts their time too.
 */
import { backendNames, tf, useBackend, type BackendName } from 'inception-lab';
import { works } from './works.js';

const [backend, name] = process.argv.slice(2) as [BackendName?, string?];
const work = works[name ?? ''];
if (!backend || !work) {
  console.error(
    'Usage: npm run bench:profile -- BACKEND WORK\n' +
      `BACKEND is one of: ${backendNames.join(', ')}\n` +
      `WORK is one of: ${Object.keys(works)
        .map((known) => `"${known}"`)
        .join(', ')}`,
  );
  process.exit(2);
}

const { device } = await useBackend(backend);
const { run } = work(false);
await run();
const { kernels } = await tf.profile(async () => {
  await run();
  return [];
});

interface Kernel {
  readonly name: string;
  calls: number;
  milliseconds: number;
}

const byName = new Map<string, Kernel>();
for (const { name: kernelName, kernelTimeMs } of kernels) {
  const kernel = byName.get(kernelName) ?? { name: kernelName, calls: 0, milliseconds: 0 };
  // What cannot be timed is an error's text; WebGPU gives its times later.
  const time = Number(await kernelTimeMs);
  kernel.calls++;
  kernel.milliseconds += Number.isFinite(time) ? time : 0;
  byName.set(kernelName, kernel);
}

console.log(`${device}, ${name}: one run\n\n| kernel | calls | ms |\n| --- | --- | --- |`);
for (const { name: kernelName, calls, milliseconds } of [...byName.values()].sort(
  (a, b) => b.milliseconds - a.milliseconds,
)) {
  console.log(`| ${kernelName} | ${calls} | ${milliseconds.toFixed(1)} |`);
}
