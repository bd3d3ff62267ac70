import * as tfjs from '@tensorflow/tfjs';
import { blend } from '../fused.js';
import { batchNormTraining, batchNormTrainingKernel } from './training.js';

/** What we read and call of TensorFlow.js's batch-normalization layer. */
interface BatchNormLayer {
  readonly scale: boolean;
  readonly axis: number;
  readonly epsilon: number;
  readonly momentum: number;
  readonly beta: Weight | null;
  gamma: Pick<Weight, 'read'> | null;
  readonly movingMean: Weight;
  readonly movingVariance: Weight;
  readonly trainable: boolean;
  readonly trainableWeights: readonly unknown[];
  build: (this: BatchNormLayer, inputShape: tfjs.Shape | tfjs.Shape[]) => void;
  call: (
    this: BatchNormLayer,
    inputs: tfjs.Tensor | tfjs.Tensor[],
    options: CallOptions,
  ) => unknown;
}

interface Weight {
  read(): tfjs.Tensor;
  write(value: tfjs.Tensor): void;
}

interface CallOptions {
  readonly training?: boolean;
}

/**
 * Mends TensorFlow.js's batch normalization in the layer's class, so that models which a user loads
 * or writes are mended too.
 *
 * - Without gamma it trains: TensorFlow.js 4.22 reads a gamma that `scale: false` has left out, and
 *   stops with a TypeError.
 * - In training it is one kernel with one gradient ({@link batchNormTraining}).
 * - Frozen, it normalizes in training too by the averages that it has, and these stay, as in Keras.
 */
export function mendBatchNorm(): void {
  const layer = tfjs.layers.batchNormalization({});
  const prototype = Object.getPrototypeOf(layer) as BatchNormLayer;
  const { build, call } = prototype;

  prototype.build = function (inputShape) {
    build.call(this, inputShape);
    if (this.scale) return;
    const shape = Array.isArray(inputShape[0]) ? inputShape[0] : (inputShape as tfjs.Shape);
    const channels = shape.at(this.axis);
    // Not one of the layer's weights: nothing is trained, counted or saved.
    this.gamma = { read: () => tfjs.ones([Number(channels)]) };
  };

  prototype.call = function (inputs, options) {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs)!;
    const overLastAxis = this.axis === -1 || this.axis === x.rank - 1;
    const isMended = tfjs.getKernel(batchNormTrainingKernel, tfjs.getBackend()) as unknown;
    if (options.training === true && isFrozen(this)) {
      return call.call(this, inputs, { ...options, training: false });
    }
    if (options.training !== true || !overLastAxis || !this.gamma || !isMended) {
      return call.call(this, inputs, options);
    }
    const gamma = this.gamma.read();
    const beta = this.beta?.read() ?? tfjs.zerosLike(gamma);
    return tfjs.tidy(() => {
      const { y, mean, variance } = batchNormTraining(x, gamma, beta, this.epsilon);
      this.movingMean.write(blend(this.movingMean.read(), mean, this.momentum));
      this.movingVariance.write(blend(this.movingVariance.read(), variance, this.momentum));
      return y;
    });
  };
}

/** By itself, or with the model that it is in, which freezes the layer's weights alone. */
function isFrozen({ trainable, trainableWeights, scale, beta }: BatchNormLayer): boolean {
  const hasWeights = scale || beta !== null;
  return !trainable || (hasWeights && trainableWeights.length === 0);
}
