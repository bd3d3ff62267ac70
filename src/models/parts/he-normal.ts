import { tf } from '../../backends/tf.js';

type Initializer = ReturnType<typeof tf.initializers.heNormal>;

/** Whether convolutions' kernels are zeros for now. */
let isBlank = false;

/**
 * Builds a network whose convolutions' kernels nobody will see, since they will be loaded, or the
 * network only measured: they are zeros. Inception-ResNet-v2's 56 million random numbers take two seconds.
 */
export function buildBlank<T>(build: () => T): T {
  const before = isBlank;
  isBlank = true;
  try {
    return build();
  } finally {
    isBlank = before;
  }
}

/**
 * He's normal distribution, of variance 2 / (inputs to a filter). TensorFlow.js's own `heNormal`
 * cuts the tails off without making up for the variance that goes with them: a unit normal
 * distribution cut at ±2 has a standard deviation of 0.8796 only.
 */
export function heNormal(seed: { seed?: number }): Initializer {
  const initializer = tf.initializers.varianceScaling({
    scale: 2 / 0.87962566103423978 ** 2,
    mode: 'fanIn',
    distribution: 'normal',
    ...seed,
  });
  const draw = initializer.apply.bind(initializer);
  initializer.apply = (shape, type) =>
    isBlank ? tf.zeros(shape as number[], type) : draw(shape, type);
  return initializer;
}
