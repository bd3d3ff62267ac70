/**
 * Everything that a page, or a notebook in one, needs from Inception Lab: what there is in Node, save
 * for what a browser cannot do.
 */
import type { BrowserBackendName } from './backends/browser/backend.js';
import type * as choice from './backends/choice.js';

export * from './everywhere.js';
export {
  browserBackendNames as backendNames,
  type BrowserBackendName as BackendName,
} from './backends/browser/backend.js';
export { chooseBackend, useBackend } from './backends/browser/use-backend.js';
export { dataset, type DatasetFiles } from './training/data/load-in-browser.js';
export { renderSvg } from './kernel/display/render-svg-later.js';
export { courseFilesAt } from './platform/browser/course-folder.js';

export type BackendChoice = choice.BackendChoice<BrowserBackendName>;
export type BackendReport = choice.BackendReport<BrowserBackendName>;
export type SkippedBackend = choice.SkippedBackend<BrowserBackendName>;
