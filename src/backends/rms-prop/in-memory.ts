import { memoryOf } from '../kernels/memory.js';
import type { MendedKernel } from '../kernels/mend.js';
import { rmsPropStepKernel, type RMSPropSettings } from './step.js';

/** One pass over the weights, where tensors lie in this process's memory. */
export const inMemoryRMSPropStep: MendedKernel = {
  name: rmsPropStepKernel,
  backends: ['wasm', 'cpu'],
  compute({ inputs, attrs, backend }) {
    const memory = memoryOf(backend);
    const { shape } = inputs.weight!;
    const outputs = [shape, shape, shape].map((outputShape) => memory.allocate(outputShape));
    const [newWeight, newMeanSquare, newVelocity] = outputs.map((tensor) =>
      memory.read(tensor),
    ) as [Float32Array, Float32Array, Float32Array];
    const read = (name: string) => memory.read(inputs[name]!);
    const [weight, meanSquare, velocity] = [read('weight'), read('meanSquare'), read('velocity')];
    const gradient = read('gradient');
    const { learningRate, decay, momentum, epsilon } = attrs as unknown as RMSPropSettings;
    for (let i = 0; i < weight.length; i++) {
      const slope = gradient[i]!;
      const square = decay * meanSquare[i]! + (1 - decay) * slope * slope;
      const speed = momentum * velocity[i]! + (learningRate * slope) / Math.sqrt(square + epsilon);
      newMeanSquare[i] = square;
      newVelocity[i] = speed;
      newWeight[i] = weight[i]! - speed;
    }
    return outputs;
  },
};
