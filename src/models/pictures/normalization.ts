import { tf } from '../../backends/tf.js';

/** Red, green and blue. */
type Colour = readonly [red: number, green: number, blue: number];

/**
 * How pixels from 0 to 1 came to a network when it was trained: less the mean, divided by the
 * deviation.
 */
export interface Normalization {
  readonly mean: Colour;
  readonly deviation: Colour;
}

/**
 * Those of published weights: `'inception'`, from −1 to 1, TF-slim's and nearly all of its heirs;
 * `'imagenet'`, the mean and deviation of ImageNet's pictures; `'facenet'`, whose 128 of 255 stands
 * for 0.5.
 */
export const normalizations = {
  inception: { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] },
  imagenet: { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] },
  facenet: { mean: [0.5, 0.5, 0.5], deviation: [128 / 255, 128 / 255, 128 / 255] },
} as const satisfies Record<string, Normalization>;

export type NormalizationName = keyof typeof normalizations;

const ofModels = new WeakMap<tf.LayersModel, Normalization>();

/** How pictures come to a model, or to the model within it that has weights of others. */
export function normalizationOf(model: tf.LayersModel): Normalization {
  return found(model) ?? normalizations.inception;
}

function found(model: tf.LayersModel): Normalization | undefined {
  const own = ofModels.get(model);
  if (own) return own;
  for (const layer of model.layers) {
    const inner = layer instanceof tf.LayersModel ? found(layer) : undefined;
    if (inner) return inner;
  }
  return undefined;
}

/**
 * Says how pictures come to a model from now on: in `predict`, `evaluate`, `train` and what looks
 * inside. `loadWeights` says it for the weights that it knows.
 *
 * @throws Error if there is no such normalization.
 */
export function setNormalization(
  model: tf.LayersModel,
  normalization: NormalizationName | Normalization,
): void {
  ofModels.set(model, requireNormalization(normalization));
}

/** @throws Error that says which there are, if this is none. */
export function requireNormalization(given: NormalizationName | Normalization): Normalization {
  if (typeof given === 'string' && Object.hasOwn(normalizations, given)) {
    return normalizations[given];
  }
  if (isNormalization(given)) return given;
  throw new Error(
    `The normalization ${JSON.stringify(given)} is not allowed. Give one of ` +
      `${Object.keys(normalizations).join(', ')}, or { mean: [r, g, b], deviation: [r, g, b] } ` +
      'for pixels from 0 to 1, deviations greater than 0.',
  );
}

export function isNormalization(given: unknown): given is Normalization {
  const { mean, deviation } = (given ?? {}) as Partial<Normalization>;
  const isColour = (colour: unknown): colour is Colour =>
    Array.isArray(colour) && colour.length === 3 && colour.every(Number.isFinite);
  return isColour(mean) && isColour(deviation) && deviation.every((value) => value > 0);
}

/** Whether pictures come as `preprocess` gives them, from −1 to 1. */
export function isUsual({ mean, deviation }: Normalization): boolean {
  return [...mean, ...deviation].every((value) => value === 0.5);
}

/**
 * Pictures as the model's weights want them.
 *
 * @param batch `[batch, height, width, channels]` in [−1, 1], as `preprocess` gives it
 * @returns the batch itself, if that is what they want
 * @throws Error if they want three colours, and the pictures have other channels.
 */
export function normalized(model: tf.LayersModel, batch: tf.Tensor4D): tf.Tensor4D {
  const normalization = normalizationOf(model);
  if (isUsual(normalization)) return batch;
  const { mean, deviation } = normalization;
  if (batch.shape[3] !== 3) {
    throw new Error(
      `The weights of "${model.name}" are for pictures of three colours, but these have ` +
        `${batch.shape[3]} channels. Give a batch such as preprocess makes.`,
    );
  }
  const scale = deviation.map((value) => 2 * value);
  const shift = mean.map((value, i) => (0.5 - value) / (deviation[i] ?? 1));
  return tf.tidy(() => batch.div<tf.Tensor4D>(tf.tensor1d(scale)).add(tf.tensor1d(shift)));
}
