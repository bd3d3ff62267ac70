export {
  cachePath,
  fileExists,
  openBytes,
  removeFolder,
  renameFile,
  replaceFile,
} from './files.js';
export { openHdf5 } from './hdf5.js';
export { decodePicture } from './pictures.js';
export {
  askInTerminal,
  courseFile,
  environment,
  inspect,
  loadedModules,
  terminalLine,
  vegaAtOnce,
} from './process.js';
export { inThreads } from './threads.js';
