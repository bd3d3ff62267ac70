import type { Platform } from '../platform.js';

export const loadedModules: Platform['loadedModules'] = () => [];

export const terminalLine: Platform['terminalLine'] = () => undefined;

export const askInTerminal: Platform['askInTerminal'] = () => undefined;

export const vegaAtOnce: Platform['vegaAtOnce'] = () => undefined;

export const openHdf5: Platform['openHdf5'] = () =>
  Promise.reject(
    new Error('a browser has no HDF5; load it in Node, and save it there with saveWeights'),
  );

/** One after another, each when its turn comes: a worker would need a file that bundlers do not see. */
export const inThreads: Platform['inThreads'] = async function* ({ run }, jobs) {
  for (const job of jobs) yield await run(job);
};
