import { tf } from '../backends/tf.js';
import { normalized } from '../models/pictures/normalization.js';
import { evaluationBatches } from './data/batches.js';
import { somePictures, type Dataset } from './data/dataset.js';

/** So many pictures are enough to see whether a network lives. */
const sample = 32;

/**
 * How much of a network's last feature map is 0, on a few pictures of the test set: in a network
 * that has died, all of it (Szegedy et al. 2016, Section 3.3).
 */
export async function zeroFraction(model: tf.LayersModel, data: Dataset): Promise<number> {
  const last = lastFeatureMap(model);
  if (!last) return 0;
  // Of more pictures, threads would decode the next batches as well.
  const few = somePictures(data.test, Math.min(sample, data.test.count));
  const { value: batch } = await evaluationBatches(few, data, { batchSize: sample }).next();
  if (!batch) return 0;
  const features = tf.model({ inputs: model.inputs, outputs: last });
  const fraction = tf.tidy(() => {
    const { height, width, channels } = data;
    const pictures = tf.tensor4d(batch.images, [batch.count, height, width, channels]);
    const input = normalized(model, pictures);
    return zerosOf(features.predict(input) as tf.Tensor);
  });
  return numberOf(fraction);
}

/** The last output of a layer that still has height and width. */
export function lastFeatureMap(model: tf.LayersModel): tf.SymbolicTensor | undefined {
  return model.layers
    .map((layer) => layer.output)
    .filter((output): output is tf.SymbolicTensor => !Array.isArray(output))
    .filter(Boolean)
    .reverse()
    .find((output) => output.shape.length === 4);
}

/** The fraction of a tensor that is 0. */
export function zerosOf(map: tf.Tensor): tf.Scalar {
  return map.equal(0).mean();
}

/** The first layer, from the input, whose output is not all numbers for a batch of pictures. */
export function firstBrokenLayer(model: tf.LayersModel, input: tf.Tensor): Promise<string> {
  return firstLayer(model, input, async (output) => {
    const finite = tf.tidy(() => tf.isFinite(output).all().toFloat());
    return (await numberOf(finite)) === 0;
  });
}

/** The first layer, from the input, whose feature map is 0 in more than this fraction. */
export function firstDeadLayer(
  model: tf.LayersModel,
  input: tf.Tensor,
  bound: number,
): Promise<string> {
  return firstLayer(model, input, async (output) => {
    if (output.rank !== 4) return false;
    return (await numberOf(tf.tidy(() => zerosOf(output)))) > bound;
  });
}

/** @returns its name; the last layer's, if none is so */
async function firstLayer(
  model: tf.LayersModel,
  input: tf.Tensor,
  isWanted: (output: tf.Tensor) => Promise<boolean>,
): Promise<string> {
  const layers = model.layers.filter(({ output }) => !Array.isArray(output));
  const all = tf.model({
    inputs: model.inputs,
    outputs: layers.map(({ output }) => output as tf.SymbolicTensor),
  });
  const outputs = keepingStatistics(model, () =>
    tf.tidy(() => [all.apply(input, { training: true }) as tf.Tensor].flat()),
  );
  try {
    for (const [i, output] of outputs.entries()) {
      const layer = layers[i];
      if (layer && (await isWanted(output))) return layer.name;
    }
    return layers.at(-1)?.name ?? model.name;
  } finally {
    tf.dispose(outputs);
  }
}

/** A pass as in training changes the moving averages of batch normalization: this takes it back. */
function keepingStatistics<T>(model: tf.LayersModel, pass: () => T): T {
  const statistics = model.nonTrainableWeights;
  const kept = statistics.map((weight) => weight.read().clone());
  try {
    return pass();
  } finally {
    for (const [i, weight] of statistics.entries()) weight.write(kept[i] ?? weight.read());
    tf.dispose(kept);
  }
}

async function numberOf(scalar: tf.Tensor): Promise<number> {
  const [value = NaN] = await scalar.data();
  scalar.dispose();
  return value;
}
