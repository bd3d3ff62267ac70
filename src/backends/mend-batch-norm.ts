import * as tfjs from '@tensorflow/tfjs';

/** What we read of TensorFlow.js's batch-normalization layer. */
interface BatchNormLayer {
  readonly scale: boolean;
  readonly axis: number;
  gamma: { read(): tfjs.Tensor } | null;
  build: (this: BatchNormLayer, inputShape: tfjs.Shape | tfjs.Shape[]) => void;
}

/**
 * Lets batch normalization without gamma train: in training, TensorFlow.js 4.22 reads a gamma that
 * `scale: false` has left out, and stops with a TypeError. Mended in the layer's class, so that
 * models which a user loads or writes are mended too.
 */
export function mendBatchNorm(): void {
  const layer = tfjs.layers.batchNormalization({});
  const prototype = Object.getPrototypeOf(layer) as BatchNormLayer;
  const { build } = prototype;
  prototype.build = function (inputShape) {
    build.call(this, inputShape);
    if (this.scale) return;
    const shape = Array.isArray(inputShape[0]) ? inputShape[0] : (inputShape as tfjs.Shape);
    const channels = shape.at(this.axis);
    // Not one of the layer's weights: nothing is trained, counted or saved.
    this.gamma = { read: () => tfjs.ones([Number(channels)]) };
  };
}
