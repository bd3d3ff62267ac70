export { courseFile } from './course-files.js';
export { environment } from './environment.js';
export {
  cachePath,
  fileExists,
  openBytes,
  removeFolder,
  renameFile,
  replaceFile,
} from './files.js';
export { inspect } from './inspect.js';
export {
  askInTerminal,
  inThreads,
  loadedModules,
  openHdf5,
  terminalLine,
  vegaAtOnce,
} from './page.js';
export { decodePicture } from './pictures.js';
