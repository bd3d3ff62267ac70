import type { MendedKernel } from '../kernels/mend.js';
import { elementwise } from '../kernels/webgpu-elementwise.js';
import { rmsPropStepKernel, type RMSPropSettings } from './step.js';

/** Three shaders a weight; of the backend's own kernels, it would be eleven. */
export const webgpuRMSPropStep: MendedKernel = {
  name: rmsPropStepKernel,
  backends: ['webgpu'],
  compute({ inputs, attrs, backend }) {
    const { weight, meanSquare, velocity, gradient } = inputs;
    const { learningRate, decay, momentum, epsilon } = attrs as unknown as RMSPropSettings;
    const square = elementwise(backend, {
      name: 'RMSProp mean square',
      inputs: { meanSquare: meanSquare!, gradient: gradient! },
      settings: { decay },
      expression: 'decay * meanSquare + (1.0 - decay) * gradient * gradient',
    });
    const speed = elementwise(backend, {
      name: 'RMSProp velocity',
      inputs: { velocity: velocity!, gradient: gradient!, square },
      settings: { momentum, learningRate, epsilon },
      expression: 'momentum * velocity + learningRate * gradient / sqrt(square + epsilon)',
    });
    const moved = elementwise(backend, {
      name: 'RMSProp weight',
      inputs: { weight: weight!, speed },
      settings: {},
      expression: 'weight - speed',
    });
    return [moved, square, speed];
  },
};
