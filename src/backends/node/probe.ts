/**
 * Run as a process of its own, with a backend's name: tells whether the backend starts and computes
 * the right numbers, and with `speed` as a second argument how fast. A native library that is
 * broken may abort whoever loads it.
 */
import type { BackendName } from '../backend.js';
import { startBackend } from './backends.js';
import { convolutionSpeed } from '../convolution-speed.js';
import { smokeTest } from '../smoke-test.js';
import type { Verdict } from './verdict.js';

const [name, measure] = process.argv.slice(2) as [BackendName, string | undefined];

async function probe(): Promise<Verdict> {
  try {
    const { device, gpu } = await startBackend(name);
    await smokeTest();
    const speed = measure === 'speed' ? { gigaflops: await convolutionSpeed() } : {};
    return { works: true, device, gpu, ...speed };
  } catch (error) {
    return { works: false, why: (error as Error).message };
  }
}

// The parent ends this process once it has the answer.
process.send?.(await probe());
