import { tf } from '../tf.js';
import type { MendedKernel } from '../kernels/mend.js';
import { rmsPropStepKernel, type RMSPropSettings } from './step.js';

/** From the backend's own kernels. */
export const composedRMSPropStep: MendedKernel = {
  name: rmsPropStepKernel,
  backends: ['webgpu'],
  compute({ inputs, attrs }) {
    const { weight, meanSquare, velocity, gradient } = inputs as Record<
      'weight' | 'meanSquare' | 'velocity' | 'gradient',
      tf.Tensor
    >;
    const { learningRate, decay, momentum, epsilon } = attrs as unknown as RMSPropSettings;
    return tf.tidy(() => {
      const square = meanSquare.mul(decay).add(gradient.square().mul(1 - decay));
      const step = gradient.mul(learningRate).mul(square.add(epsilon).rsqrt());
      const speed = velocity.mul(momentum).add(step);
      return [weight.sub(speed), square, speed];
    });
  },
};
