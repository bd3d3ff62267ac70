export {
  activationHistograms,
  type ActivationHistogramsOptions,
  type LayerValues,
} from './activation-histograms.js';
export {
  alongDepth,
  shapesAlongDepth,
  type AlongDepthOptions,
  type LayerShape,
  type LayerValue,
  type ShapesAlongDepthOptions,
} from './along-depth.js';
export {
  architectureStrip,
  type ArchitectureStripOptions,
  type StripBlock,
} from './architecture-strip.js';
export { bands, type BandPanel, type BandPoint, type BandsOptions } from './bands.js';
export {
  blockDiagram,
  type BlockDiagramOptions,
  type Box,
  type BoxesAndArrows,
} from './block-diagram.js';
export { confusionTable, type ConfusionTableOptions } from './confusion-table.js';
export { costByBlock, type BlockCost, type CostByBlockOptions } from './cost-by-block.js';
export { distributions, type DistributionsOptions, type Group } from './distributions.js';
export { featureColours, type FeatureColoursOptions } from './feature-colours.js';
export { featureMaps, type FeatureMapsOptions, type FeatureMapValues } from './feature-maps.js';
export { filters, type FiltersOptions, type Kernel } from './filters.js';
export { heatMap, type HeatMapOptions } from './heat-map.js';
export { heatTable, type HeatTableCell, type HeatTableOptions } from './heat-table.js';
export {
  learningCurves,
  type LearningCurvesOptions,
  type LearningPoint,
} from './learning-curves.js';
export { lines, type LinePoint, type LinesOptions } from './lines.js';
export { photograph, type PhotographOptions, type Pixels } from './photograph.js';
export {
  nearestPictures,
  pictures,
  type LabelledPicture,
  type NearestPicturesOptions,
  type NearestPicturesRow,
  type PicturesOptions,
} from './pictures.js';
export { receptiveFields, type Field, type ReceptiveFieldsOptions } from './receptive-fields.js';
export { scatter, type ScatterOptions, type ScatterPoint } from './scatter.js';
export type { Specification } from './specification.js';
