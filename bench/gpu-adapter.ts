/** Run as a process of its own: `gpu-adapter.ts BACKEND`: starts it, and says on what. */
import { describeBackend, useBackend, type BackendName } from 'inception-lab';

console.log(describeBackend(await useBackend(process.argv[2] as BackendName)));
process.exit(0);
