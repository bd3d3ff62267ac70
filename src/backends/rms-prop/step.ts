import { tf } from '../tf.js';

/** Our kernel for one step of RMSProp on one weight. */
export const rmsPropStepKernel = 'RMSPropStep';

export interface RMSPropSettings {
  readonly learningRate: number;
  readonly decay: number;
  readonly momentum: number;
  readonly epsilon: number;
}

/** What RMSProp knows of one weight; all of one shape. */
export interface RMSPropState {
  readonly weight: tf.Tensor;
  readonly meanSquare: tf.Tensor;
  readonly velocity: tf.Tensor;
}

/**
 * One step of RMSProp: `meanSquare ← decay · meanSquare + (1 − decay) · gradient²`, then
 * `velocity ← momentum · velocity + learningRate · gradient / √(meanSquare + epsilon)`, then
 * `weight ← weight − velocity`.
 *
 * @param state its `meanSquare` and `velocity` are disposed of
 * @returns new tensors
 */
export function rmsPropStep(
  { weight, meanSquare, velocity }: RMSPropState,
  gradient: tf.Tensor,
  settings: RMSPropSettings,
): RMSPropState {
  const inputs = { weight, meanSquare, velocity, gradient };
  const [newWeight, newMeanSquare, newVelocity] = tf
    .engine()
    .runKernel<tf.Tensor[]>(rmsPropStepKernel, inputs, { ...settings }) as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ];
  tf.dispose([meanSquare, velocity]);
  return { weight: newWeight, meanSquare: newMeanSquare, velocity: newVelocity };
}
