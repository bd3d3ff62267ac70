export { courseFile } from './course-files.js';
export { fileExists, openBytes, renameFile, replaceFile } from './files.js';
export { inspect } from './inspect.js';
export {
  askInTerminal,
  environment,
  inThreads,
  loadedModules,
  loadHdf5,
  terminalLine,
  vegaAtOnce,
} from './page.js';
export { decodePicture } from './pictures.js';
