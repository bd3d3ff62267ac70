import { tf } from '../../backends/tf.js';

/** A convolution, and what becomes one layer with it. */
export interface Folding {
  readonly input: tf.SymbolicTensor;
  readonly convolution: tf.layers.Layer;
  readonly batchNorm: tf.layers.Layer | undefined;
  readonly relu: boolean;
  /** What the outcome is multiplied with, as by a residual's sum. */
  readonly scale?: number;
}

/** A convolution with bias and activation that computes what the layers of a folding compute. */
export function foldConvolution(
  { convolution, batchNorm, relu, scale = 1 }: Folding,
  input: tf.SymbolicTensor,
): tf.SymbolicTensor {
  const { filters, kernelSize, strides, padding, dilationRate, name } = convolution.getConfig();
  const settings = { filters, kernelSize, strides, padding, dilationRate, name };
  const folded = tf.layers.conv2d({
    ...(settings as unknown as ConvolutionSettings),
    activation: relu ? 'relu' : 'linear',
    // Replaced at once: nothing need be drawn.
    kernelInitializer: 'zeros',
  });
  const output = folded.apply(input) as tf.SymbolicTensor;
  tf.tidy(() => {
    const weights = foldedWeights(convolution, batchNorm);
    folded.setWeights(scale === 1 ? weights : weights.map((weight) => weight.mul(scale)));
  });
  return output;
}

type ConvolutionSettings = Parameters<typeof tf.layers.conv2d>[0];

function foldedWeights(
  convolution: tf.layers.Layer,
  batchNorm: tf.layers.Layer | undefined,
): tf.Tensor[] {
  const [kernel, bias] = convolution.getWeights() as [tf.Tensor4D, tf.Tensor1D?];
  const shift = bias ?? tf.zeros([kernel.shape[3]]);
  if (!batchNorm) return [kernel, shift];
  const weights = new Map(
    batchNorm.weights.map(({ originalName }, i) => [
      originalName.replace(/.*\//, ''),
      batchNorm.getWeights()[i],
    ]),
  );
  const epsilon = batchNorm.getConfig().epsilon as number;
  const [mean, variance] = [weights.get('moving_mean'), weights.get('moving_variance')];
  if (!mean || !variance) throw new Error(`"${batchNorm.name}" has no moving mean and variance.`);
  const inverse = tf.rsqrt(variance.add(epsilon));
  const scale = weights.get('gamma')?.mul(inverse) ?? inverse;
  const centred = shift.sub(mean).mul(scale);
  return [kernel.mul(scale), weights.get('beta')?.add(centred) ?? centred];
}

/** Whether batch normalization and ReLU can be folded into it. */
export function isLinearConvolution(layer: tf.layers.Layer): boolean {
  const { activation, dataFormat } = layer.getConfig() as Record<string, unknown>;
  return (
    layer.getClassName() === 'Conv2D' && activation === 'linear' && dataFormat !== 'channelsFirst'
  );
}

/**
 * Whether it normalizes each channel. Over another axis it cannot be folded into a convolution's
 * filters, even where there happen to be as many.
 */
export function isChannelNorm({ sourceLayer, shape }: tf.SymbolicTensor): boolean {
  if (sourceLayer.getClassName() !== 'BatchNormalization') return false;
  const { axis } = sourceLayer.getConfig();
  return axis === -1 || axis === shape.length - 1;
}

/** A plain ReLU: without an upper bound, from zero on. */
export function isRelu(layer: tf.layers.Layer): boolean {
  const config = layer.getConfig();
  if (layer.getClassName() === 'Activation') return config.activation === 'relu';
  return layer.getClassName() === 'ReLU' && (config.maxValue ?? undefined) === undefined;
}
