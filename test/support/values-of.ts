import type { tf } from 'inception-lab';

/** Every weight's number, whatever order the model has them in. */
export function valuesOf(model: tf.LayersModel): Map<string, number[]> {
  return new Map(
    model.weights.map((weight) => [
      weight.originalName,
      Array.from(weight.read().dataSync<'float32'>()),
    ]),
  );
}
