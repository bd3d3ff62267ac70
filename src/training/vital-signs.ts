import { tf } from '../backends/tf.js';
import { evaluationBatches } from './data/batches.js';
import type { Dataset } from './data/dataset.js';

/** So many pictures are enough to see whether a network lives. */
const sample = 32;

/**
 * How much of a network's last feature map is 0, on a few pictures of the test set: in a network
 * that has died, all of it (Szegedy et al. 2016, Section 3.3).
 */
export async function zeroFraction(model: tf.LayersModel, data: Dataset): Promise<number> {
  const last = lastFeatureMap(model);
  if (!last) return 0;
  const { value: batch } = evaluationBatches(data.test, data, sample).next();
  if (!batch) return 0;
  const features = tf.model({ inputs: model.inputs, outputs: last });
  const fraction = tf.tidy(() => {
    const { height, width, channels } = data;
    const input = tf.tensor4d(batch.images, [batch.count, height, width, channels]);
    const map = features.predict(input) as tf.Tensor;
    return map.equal(0).mean();
  });
  const [value = NaN] = await fraction.data();
  fraction.dispose();
  return value;
}

function lastFeatureMap(model: tf.LayersModel): tf.SymbolicTensor | undefined {
  return model.layers
    .map((layer) => layer.output)
    .filter((output): output is tf.SymbolicTensor => !Array.isArray(output))
    .filter(Boolean)
    .reverse()
    .find((output) => output.shape.length === 4);
}

/** The first layer, from the input, whose output is not all numbers for a batch of pictures. */
export async function firstBrokenLayer(model: tf.LayersModel, input: tf.Tensor): Promise<string> {
  const layers = model.layers.filter(({ output }) => !Array.isArray(output));
  const outputs = layers.map(({ output }) => output as tf.SymbolicTensor);
  const all = tf.model({ inputs: model.inputs, outputs });
  const results = [all.predict(input) as tf.Tensor].flat();
  for (const [i, result] of results.entries()) {
    const finite = tf.tidy(() => tf.isFinite(result).all());
    const [isFinite = 0] = await finite.data();
    finite.dispose();
    if (!isFinite) {
      tf.dispose(results);
      return layers[i]?.name ?? 'output';
    }
  }
  tf.dispose(results);
  return layers.at(-1)?.name ?? 'output';
}
