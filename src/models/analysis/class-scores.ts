import { tf } from '../../backends/tf.js';
import { firstOf } from './first-of.js';
import { innermost } from './layers-within.js';
import { withProperty } from './with-property.js';

/** How a class is scored: as a fraction, or before the last activation. */
export type Score = 'probability' | 'logit';

/** The end of a model that tells classes. */
interface Classifier {
  readonly classes: number;
  /** The layer with the activation; its input or its output are the logits. */
  readonly layer: tf.layers.Layer;
  readonly activation: 'softmax' | 'sigmoid' | 'linear';
  /** What makes the logits: the fully connected layer, as a rule. */
  readonly logits: tf.layers.Layer;
}

/** Layers that change an output's shape alone. */
const reshaping = /^(Reshape|Flatten|Dropout)$/;
const activations: readonly unknown[] = ['softmax', 'sigmoid', 'linear'];

/** How a model tells classes, or `undefined` if it does not. */
export function classifierOf(model: tf.LayersModel): Classifier | undefined {
  const [output] = model.outputs;
  const classes = output?.shape.length === 2 ? output.shape[1] : undefined;
  if (!output || !classes) return undefined;
  let end = innermost(output);
  while (reshaping.test(end.sourceLayer.getClassName()) && end.inputs[0]) {
    end = innermost(end.inputs[0]);
  }
  const { sourceLayer: layer } = end;
  const type = layer.getClassName();
  const activation = type === 'Softmax' ? 'softmax' : layer.getConfig().activation;
  if (!activations.includes(activation)) return undefined;
  const isBare = type === 'Softmax' || type === 'Activation';
  const logits = isBare && end.inputs[0] ? innermost(end.inputs[0]).sourceLayer : layer;
  return { classes, layer, activation: activation as Classifier['activation'], logits };
}

/**
 * The logits of a batch, from which gradients flow back: the last activation is left out.
 *
 * @returns `[batch, classes]`
 * @throws Error if the model's output is no classes.
 */
export function logitsOf(model: tf.LayersModel, batch: tf.Tensor4D): tf.Tensor2D {
  const { layer } = requireClassifier(model);
  const run = () => outputOf(model, batch) as tf.Tensor2D;
  if (layer.getClassName() !== 'Softmax') return withProperty(layer, 'activation', linear(), run);
  return withProperty(layer, 'call', firstOf, run);
}

/**
 * How probable, or how high, a class is in each picture of a batch.
 *
 * @returns `[batch]`
 */
export function classScores(
  model: tf.LayersModel,
  batch: tf.Tensor4D,
  chosen: number,
  score: Score,
): tf.Tensor1D {
  return tf.tidy(() => {
    const logits = logitsOf(model, batch);
    const scores = score === 'logit' ? logits : probabilities(model, logits);
    return scores.slice([0, chosen], [-1, 1]).flatten();
  });
}

function probabilities(model: tf.LayersModel, logits: tf.Tensor2D): tf.Tensor2D {
  const { activation } = requireClassifier(model);
  return activation === 'sigmoid' ? tf.sigmoid(logits) : tf.softmax(logits);
}

/**
 * The class that is looked at: the one asked for, or the most probable one.
 *
 * @throws Error if the model's output is no classes, or if there is no such class.
 */
export async function chooseClass(
  model: tf.LayersModel,
  batch: tf.Tensor4D,
  wanted: number | undefined,
): Promise<number> {
  const { classes } = requireClassifier(model);
  if (wanted === undefined) {
    const best = tf.tidy(() => logitsOf(model, batch).argMax<tf.Tensor1D>(1));
    try {
      return (await best.data())[0] ?? 0;
    } finally {
      best.dispose();
    }
  }
  if (Number.isInteger(wanted) && wanted >= 0 && wanted < classes) return wanted;
  throw new Error(
    `There is no class ${wanted}. The model "${model.name}" has ${classes}: ` +
      `give a whole number from 0 to ${classes - 1}.`,
  );
}

/** What a model makes of a batch; of several outputs, the first. */
export function outputOf(model: tf.LayersModel, batch: tf.Tensor): tf.Tensor {
  return firstOf(model.apply(batch, { training: false }) as tf.Tensor | tf.Tensor[]);
}

/** @throws Error if the model's output is no classes. */
export function requireClassifier(model: tf.LayersModel): Classifier {
  const classifier = classifierOf(model);
  if (classifier) return classifier;
  const [output] = model.outputs;
  throw new Error(
    `The model "${model.name}" ends with ${String(output?.sourceLayer.name)}, whose output ` +
      `[${String(output?.shape.slice(1))}] does not hold classes. Give a model that ends with a layer ` +
      `whose output is [batch, classes] and whose activation is one of: ${activations.join(', ')}.`,
  );
}

/** The activation that does nothing, as layers hold it. */
function linear(): unknown {
  const layer = tf.layers.activation({ activation: 'linear', name: 'linear' });
  return (layer as unknown as { activation: unknown }).activation;
}
