/**
 * Everything a notebook or a user's program needs from Inception Lab.
 */
export * from './everywhere.js';
export { backendNames, type BackendName } from './backends/backend.js';
export type { BackendChoice, BackendReport, SkippedBackend } from './backends/choice.js';
export { chooseBackend, useBackend } from './backends/node/use-backend.js';
export { dataset, type DatasetOptions } from './training/data/load.js';
export { renderSvg } from './kernel/display/render-svg.js';
