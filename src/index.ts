/**
 * Everything a notebook or a user's program needs from Inception Lab.
 */
export { tf } from './backends/tf.js';
export { backendNames, type BackendName, type Device } from './backends/backend.js';
export {
  describeBackend,
  useBackend,
  type BackendReport,
  type SkippedBackend,
} from './backends/use-backend.js';
export {
  convolutionUnit,
  type ConvolutionUnitOptions,
  type Size,
  type UnitOptions,
} from './models/convolution-unit.js';
export {
  inceptionA,
  inceptionB,
  inceptionC,
  inceptionV4,
  inceptionV4Stem,
  reductionA,
  reductionB,
  type BlockOptions,
  type InceptionV4Options,
  type ReductionAOptions,
} from './models/inception-v4.js';
export { preprocess, readImage, type Image, type ReadImageOptions } from './models/images.js';
export {
  summarize,
  type BlockSummary,
  type Cost,
  type LayerSummary,
  type ModelSummary,
} from './models/analysis/summarize.js';
export {
  loadWeights,
  type LoadWeightsOptions,
  type WeightsOrigin,
} from './models/weights/load-weights.js';
export { saveWeights } from './models/weights/save-weights.js';
export * as viz from './viz/index.js';
export { check, CheckError, type Checkable, type CheckOptions } from './lessons/check.js';
export { loadPhotograph, photographs, type PhotographName } from './lessons/photographs.js';
export { renderSvg } from './kernel/render-svg.js';
export { show } from './kernel/show.js';
