/**
 * What a notebook or a user's program needs from Inception Lab, and what is the same in Node and in a
 * browser.
 */
export { tf } from './backends/tf.js';
export type { Device } from './backends/backend.js';
export { describeBackend } from './backends/choice.js';
export {
  convolutionUnit,
  type ConvolutionUnitOptions,
  type Size,
  type UnitOptions,
} from './models/parts/convolution-unit.js';
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
  type ReductionAFilters,
  type ReductionAOptions,
  type StemOptions,
  type Variant,
} from './models/inception-v4.js';
export {
  inceptionResNetA,
  inceptionResNetB,
  inceptionResNetC,
  plainStem,
  resNetReductionB,
  type InceptionResNetOptions,
  type PlainStemOptions,
  type ResidualScale,
  type ResNetBlockOptions,
  type ResNetReductionOptions,
  type ResNetVersion,
} from './models/inception-resnet.js';
export {
  googLeNet,
  inceptionModule,
  type GoogLeNetOptions,
  type InceptionModuleFilters,
  type InceptionModuleOptions,
} from './models/googlenet.js';
export {
  inceptionV3,
  inceptionV3A,
  inceptionV3B,
  inceptionV3C,
  inceptionV3ReductionA,
  inceptionV3ReductionB,
  type InceptionV3BlockOptions,
  type InceptionV3Options,
} from './models/inception-v3.js';
export type { AveragePoolOptions } from './models/parts/branches.js';
export { inceptionResNetV1, type InceptionResNetV1Options } from './models/inception-resnet-v1.js';
export { inceptionResNetV2, type InceptionResNetV2Options } from './models/inception-resnet-v2.js';
export type { Activation } from './models/parts/head.js';
export type { BranchOptions } from './models/parts/branches.js';
export type { NetworkOptions, Stem } from './models/network.js';
export { ScaledAdd, type ResidualOptions, type ScaledAddArgs } from './models/parts/residual.js';
export {
  createNetwork,
  freezeBody,
  listNetworks,
  type CreateNetworkOptions,
} from './models/create-network.js';
export type { NetworkName } from './models/network-names.js';
export {
  normalizationOf,
  setNormalization,
  type Normalization,
  type NormalizationName,
} from './models/pictures/normalization.js';
export { imagesOf, preprocess } from './models/pictures/images.js';
export { readImage, type Image } from './models/pictures/read-image.js';
export type { Source } from './platform/source.js';
export { crops, type CropsOptions } from './models/pictures/crops.js';
export type { CropCount } from './models/pictures/views.js';
export type { HeightAndWidth, ResizeMethod } from './models/pictures/resample.js';
export type { ResizeOptions } from './models/pictures/resize.js';
export { imagenetClasses } from './models/imagenet-classes.js';
export { predict, type Prediction, type PredictOptions } from './models/predict.js';
export {
  diagram,
  type Diagram,
  type DiagramEdge,
  type DiagramNode,
} from './models/analysis/diagram.js';
export { embeddings, type EmbeddingsOptions } from './models/analysis/embeddings.js';
export {
  excitingImage,
  type ExcitingImage,
  type ExcitingImageOptions,
} from './models/analysis/exciting-image.js';
export { featureExtractor } from './models/analysis/feature-extractor.js';
export { formatSummary, type FormatSummaryOptions } from './models/analysis/format-summary.js';
export { gradCam, type GradCamOptions } from './models/analysis/grad-cam.js';
export { nearest, type Neighbour } from './models/analysis/nearest.js';
export { occlusion, type OcclusionOptions } from './models/analysis/occlusion.js';
export type { OneImage } from './models/analysis/one-image.js';
export {
  principalComponents,
  type PrincipalComponents,
} from './models/analysis/principal-components.js';
export { saliency, type SaliencyOptions } from './models/analysis/saliency.js';
export type { Score } from './models/analysis/class-scores.js';
export { optimizeForInference } from './models/optimize-for-inference.js';
export { exportOnnx } from './models/onnx/export-onnx.js';
export { receptiveField, type ReceptiveField } from './models/analysis/receptive-field.js';
export {
  summarize,
  type BlockSummary,
  type Cost,
  type LayerSummary,
  type ModelSummary,
  type TypeSummary,
} from './models/analysis/summarize.js';
export {
  loadWeights,
  type LoadedWeights,
  type LoadWeightsOptions,
} from './models/weights/load-weights.js';
export {
  saveWeights,
  type SaveWeightsOptions,
  type WeightsTarget,
} from './models/weights/save-weights.js';
export type { WeightsDtype } from './models/weights/dtypes.js';
export type { WeightsOrigin } from './models/weights/weights-file.js';
export { publishedTraining, type TrainingConfig } from './training/config.js';
export type { Dataset, PictureSize, Split } from './training/data/dataset.js';
export type { DatasetName } from './training/data/sources.js';
export type { Augmentation } from './training/data/variation.js';
export {
  averagedProbabilities,
  evaluate,
  type Errors,
  type EvaluateOptions,
} from './training/evaluate.js';
export { RMSProp, type RMSPropOptions } from './training/rms-prop.js';
export {
  DivergedError,
  type Death,
  type EpochResult,
  type StepResult,
  type TrainOptions,
} from './training/results.js';
export type { DataRecipe, MeasuredErrors, NetworkRecipe, Recipe } from './training/recipe.js';
export { train } from './training/train.js';
export * as viz from './viz/index.js';
export { averagePool, concatenate, conv, maxPool, modelOver } from './lessons/building-blocks.js';
export { check, CheckError, type Checkable, type CheckOptions } from './lessons/check.js';
export { loadClothes, type Clothes } from './lessons/clothes.js';
export { loadCoursePictures, type CoursePicturesName } from './lessons/course-pictures.js';
export { loadStudies } from './lessons/studies.js';
export type {
  ArmDigest,
  ClaimDigest,
  ComparisonDigest,
  EvaluatedErrors,
  EvaluationDigest,
  RunDigest,
  StudiesDigest,
} from './training/studies/digest.js';
export { loadPhotograph, photographs, type PhotographName } from './lessons/photographs.js';
export {
  loadTrainedNetwork,
  loadTrainedRecipe,
  type TrainedNetworkName,
} from './lessons/trained-network.js';
export { clearOutput, type CellTensors } from './kernel/for-cells/current-kernel.js';
export { livePlot, type DrawPlot } from './kernel/for-cells/live-plot.js';
export { input, type InputOptions } from './kernel/for-cells/input.js';
export { progress, type ProgressOptions } from './kernel/for-cells/progress.js';
export {
  trainingProgress,
  type TrainingProgress,
  type TrainingProgressOptions,
} from './kernel/for-cells/training-progress.js';
export { saveFile } from './kernel/for-cells/save-file.js';
export { show } from './kernel/for-cells/show.js';
export { tensorsByCell, type TensorReport } from './kernel/for-cells/tensors-by-cell.js';
