import type { tf } from '../backends/tf.js';
import { nameOf, type Source } from '../platform/source.js';
import type { NetworkOptions } from './network.js';
import { networkNames, parseNetworkName, type NetworkName } from './network-names.js';
import { networks } from './networks.js';
import { buildBlank } from './parts/he-normal.js';
import { isUsual, type Normalization, type NormalizationName } from './pictures/normalization.js';
import { loadOpened } from './weights/load-weights.js';
import { openWeights, recognizeWeights, type RecognizedWeights } from './weights/recognize.js';

export interface CreateNetworkOptions extends NetworkOptions {
  /** Which of its network's variants. Default: the one whose weights are given; else the paper's. */
  readonly variant?: string;
  /** A file of weights, whose origin is recognized: a path or URL, a `File`, or the file's bytes. */
  readonly weights?: Source;
  /**
   * `'leave'` gives a new classifier even where the weights' own would fit. Default: the weights' own,
   * where it has as many classes.
   */
  readonly classifier?: 'load' | 'leave';
  /** How pictures come to the network. Default: as its weights want them. */
  readonly normalization?: NormalizationName | Normalization;
  /** Is told what was recognized, in a sentence. Default: `console.log`. */
  readonly tell?: (sentence: string) => void;
}

/** The names that {@link createNetwork} knows. */
export function listNetworks(): readonly NetworkName[] {
  return networkNames;
}

/**
 * Builds a network by its name, with weights from a file if one is given: published ones of timm,
 * torchvision, facenet-pytorch and Keras, or those of `saveWeights`. Whose they are, and so which
 * variant is built, follows from the file's own names.
 *
 * With other `classes` than the file has, or with `top: false`, its classifier is left, and the
 * network has a new one, as timm's `num_classes` does.
 *
 * @param name one of {@link listNetworks}: `'inception-v4'`
 * @throws Error if there is no such network, if the weights are another network's, cannot be read or
 *   do not fit, or if an option is not allowed.
 */
export async function createNetwork(
  name: NetworkName,
  { weights, classifier, normalization, tell = console.log, ...options }: CreateNetworkOptions = {},
): Promise<tf.LayersModel> {
  const build = networks[parseNetworkName(name)];
  if (weights === undefined) return build(options as never);
  const file = await openWeights(weights);
  try {
    const recognized = recognizeWeights(weights, file);
    requireNetwork(name, weights, recognized);
    const { origin, variant, auxiliary, batchNormScale, classes } = recognized;
    const isLeft =
      classifier === 'leave' ||
      options.top === false ||
      (classifier === undefined && (options.classes ?? classes) !== classes);
    // All is loaded but classifiers, which are no convolutions.
    const model = buildBlank(() =>
      build({
        variant,
        batchNormScale,
        ...(classes === undefined ? {} : { classes }),
        // With another head, nothing trains the old auxiliary classifier.
        auxiliary: auxiliary && !isLeft,
        ...options,
      } as never),
    );
    const loaded = await loadOpened(model, weights, file, {
      ...{ from: origin, background: 'keep', classifier: isLeft ? 'leave' : 'load' },
      ...(normalization === undefined ? {} : { normalization }),
    }).catch((error: unknown) => {
      model.dispose();
      throw error;
    });
    tell(sentence(weights, recognized, loaded.normalization, isLeft));
    return model;
  } finally {
    await file.close();
  }
}

/**
 * Freezes all of a network of ours but its classifiers: training leaves the others as they are, and
 * their batch normalizations' averages too.
 */
export function freezeBody(model: tf.LayersModel): void {
  for (const layer of model.layers) layer.trainable = /^(head|auxiliary\d?)\//.test(layer.name);
}

function requireNetwork(
  name: NetworkName,
  weights: Source,
  { network, origin }: RecognizedWeights,
) {
  if (network === name) return;
  throw new Error(
    `The weights in ${nameOf(weights)} are ${origin}'s of "${network}", not of "${name}". ` +
      `Call createNetwork('${network}', …), or give other weights.`,
  );
}

function sentence(
  weights: Source,
  { origin, network, variant, classes }: RecognizedWeights,
  normalization: Normalization,
  isLeft: boolean,
): string {
  const { mean, deviation } = normalization;
  const pixels = isUsual(normalization)
    ? 'pixels from −1 to 1'
    : `pixels less ${mean.join(', ')}, divided by ${deviation.map((value) => Number(value.toPrecision(4))).join(', ')}`;
  const head = classes === undefined ? 'no classifier' : `${classes} classes`;
  const left = isLeft ? ', without its classifier' : '';
  return `${nameOf(weights)}: ${origin}'s weights of ${network}, variant ${variant}, ${head}${left}; ${pixels}.`;
}
