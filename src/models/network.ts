import { tf } from '../backends/tf.js';
import type { BranchOptions } from './parts/branches.js';
import { requireChoice } from './parts/choice.js';
import { classifier, type Activation, type AuxiliaryOptions, type Head } from './parts/head.js';

/** What every network of ours lets its user choose. */
export interface NetworkOptions extends BranchOptions {
  /**
   * `[height, width, channels]`; with `null` for height or width, the network takes any size from
   * its smallest on.
   */
  readonly inputShape?: [height: number | null, width: number | null, channels: number];
  /** Default: 1000, as in ImageNet. */
  readonly classes?: number;
  /** The fraction dropped before the classifier. Default: 0.2; the paper states what it *keeps*, 0.8. */
  readonly dropoutRate?: number;
  /**
   * Adds the auxiliary classifier that TF-slim trains with as a second output; GoogLeNet's two as a
   * second and a third. Default: `false`.
   */
  readonly auxiliary?: boolean;
  /** Whether there is a classifier; without it the output is the last feature map. Default: `true`. */
  readonly top?: boolean;
  /** What turns the classifier's logits into the output; `'linear'` leaves them. Default: `'softmax'`. */
  readonly activation?: Activation;
  /**
   * `'small'` keeps images of 32 pixels meaningful: all convolutions and pools of the stem have
   * stride 1 and same padding, so that the first Inception block sees the whole resolution, and
   * the network reduces by 4 instead of 32. With `'medium'` the last of the stem's reductions
   * stays, and the network reduces by 8: for a fraction of the time. Default: `'imagenet'`.
   */
  readonly stem?: Stem;
}

export type Stem = 'imagenet' | 'medium' | 'small';

/** What a network's body hands to its head. */
export interface Features {
  readonly last: tf.SymbolicTensor;
  /** Attaches the auxiliary classifiers where the network has them. */
  readonly auxiliary: (options: AuxiliaryOptions) => tf.SymbolicTensor[];
}

/** What is peculiar to one network. */
export interface NetworkKind {
  /** As its messages call it. */
  readonly title: string;
  /** The model's name. */
  readonly name: string;
  readonly inputShape: [height: number, width: number, channels: number];
  /** Below this, the last reduction has nothing left to reduce. */
  readonly smallestInput: Readonly<Record<Exclude<Stem, 'medium'>, number>>;
}

/**
 * Puts a network together: input, body, head, and the auxiliary classifier if it is wanted.
 *
 * @throws Error if an option has a value that the network cannot have.
 */
export function buildNetwork(
  kind: NetworkKind,
  options: NetworkOptions,
  body: (image: tf.SymbolicTensor) => Features,
  head: Head = classifier,
): tf.LayersModel {
  const { inputShape = kind.inputShape, auxiliary = false, top = true, ...rest } = options;
  const { classes = 1000, dropoutRate = 0.2, activation = 'softmax' } = rest;
  const { batchNormScale, seed } = rest;
  requireOptions(kind, { ...options, inputShape, classes, dropoutRate, auxiliary, top });

  const image = tf.input({ shape: inputShape, name: 'image' });
  const features = body(image);
  const headOptions = { classes, dropoutRate, activation, batchNormScale, seed };
  const outputs = [top ? head(features.last, headOptions) : features.last];
  if (auxiliary) outputs.push(...features.auxiliary({ classes, activation }));
  if (inputShape.includes(null)) refuseSmaller(kind, image, smallestOf(kind, options.stem));
  return tf.model({ inputs: image, outputs, name: kind.name });
}

/** A side that the reductions leave something of. */
function smallestOf({ smallestInput }: NetworkKind, stem: Stem = 'imagenet'): number {
  // Of a side that the medium stem's one reduction rounds up, as much is left as of the small stem's.
  return stem === 'medium' ? 2 * smallestInput.small - 1 : smallestInput[stem];
}

/**
 * Has the layers that see the image refuse one that is too small: TensorFlow.js does not, and on wasm
 * the convolution of nothing destroys other tensors.
 */
function refuseSmaller({ title }: NetworkKind, image: tf.SymbolicTensor, smallest: number): void {
  for (const { outboundLayer: layer } of image.sourceLayer.outboundNodes) {
    const call = layer.call.bind(layer);
    layer.call = (inputs, options) => {
      const [batch] = Array.isArray(inputs) ? inputs : [inputs];
      const [, height = 0, width = 0] = batch?.shape ?? [];
      if (height < smallest || width < smallest) {
        throw new Error(
          `${title} takes images of at least ${smallest} × ${smallest} pixels, ` +
            `but these are ${height} × ${width}.`,
        );
      }
      return call(inputs, options);
    };
  }
}

function requireOptions(
  kind: NetworkKind,
  {
    inputShape: [height, width, channels],
    stem = 'imagenet',
    classes,
    dropoutRate,
    width: multiplier = 1,
    auxiliary,
    top,
  }: NetworkOptions & Required<Pick<NetworkOptions, 'inputShape' | 'classes' | 'dropoutRate'>>,
): void {
  const requirement = (holds: boolean, message: string) => {
    if (!holds) throw new Error(`${kind.title} ${message}`);
  };
  requireChoice('stem', stem, ['imagenet', 'medium', 'small']);
  const smallest = smallestOf(kind, stem);
  const isWhole = (size: number, least: number) => Number.isInteger(size) && size >= least;
  const isSide = (size: number | null) => size === null || isWhole(size, smallest);
  requirement(
    isSide(height) && isSide(width) && isWhole(channels, 1),
    `cannot take an input of [${height}, ${width}, ${channels}]: height and width are whole ` +
      `numbers of at least ${smallest} (stem: '${stem}') or null for any, channels of at least 1.`,
  );
  requirement(
    isWhole(classes, 1),
    `cannot have ${classes} classes: a whole number of at least 1 is allowed.`,
  );
  requirement(
    dropoutRate >= 0 && dropoutRate < 1,
    `cannot drop a fraction of ${dropoutRate}: from 0 to less than 1 is allowed.`,
  );
  requirement(
    multiplier > 0 && Number.isFinite(multiplier),
    `cannot have a width of ${multiplier}: a number greater than 0 is allowed.`,
  );
  requirement(
    !(auxiliary === true && top === false),
    'cannot have an auxiliary classifier without a classifier: leave auxiliary out, or top: false.',
  );
  requirement(
    !(auxiliary === true && (height === null || width === null)),
    'cannot have an auxiliary classifier and take any size: its weights are for one. ' +
      'Leave auxiliary out, or give a fixed inputShape.',
  );
}

/** The options that a network hands on to its blocks. */
export function branchOptions({ batchNormScale, seed, width }: NetworkOptions): BranchOptions {
  return { batchNormScale, seed, width };
}

/** @throws Error if these are not as many whole numbers as the network has kinds of blocks. */
export function requireBlocks(blocks: readonly number[], count: number): void {
  const isCount = (number: number) => Number.isInteger(number) && number >= 0;
  if (blocks.length === count && blocks.every(isCount)) return;
  throw new Error(
    `blocks: [${blocks.join(', ')}] is not allowed. Give ${count} whole numbers of at least 0.`,
  );
}
