import { tf } from '../../backends/tf.js';
import { chain } from './chain.js';
import { convolutionUnit, type Size, type UnitOptions } from './convolution-unit.js';

/** What all branches of a network share. */
export interface BranchOptions extends UnitOptions {
  /** Multiplies the filters of every convolution, for small machines. Default: 1. */
  readonly width?: number | undefined;
}

/** One box of a figure, not yet placed: give it its input and its name, and it becomes layers. */
export interface Step {
  /** What the layer's name starts with, before its number within the branch. */
  readonly label: 'conv' | 'pool' | 'norm' | 'fork';
  apply(x: tf.SymbolicTensor, name: string, options: BranchOptions): tf.SymbolicTensor;
}

/** How a box moves over its input. */
export interface Placement {
  readonly strides?: Size;
  /** `'valid'` is what the paper marks with a V. */
  readonly padding?: 'same' | 'valid';
}

/** What the paper writes as "stride 2 V". */
export const stride2V = { strides: 2, padding: 'valid' } as const;
/** What the paper writes as "V". */
export const V = { padding: 'valid' } as const;

/** A box "*size* Conv (*filters*)": convolution, batch normalization, ReLU. */
export function convolution(filters: number, kernelSize: Size, placement: Placement = {}): Step {
  return {
    label: 'conv',
    apply: (x, name, { width = 1, ...unit }) =>
      convolutionUnit(x, {
        ...unit,
        ...placement,
        name,
        filters: Math.max(1, Math.round(filters * width)),
        kernelSize,
      }),
  };
}

export interface AveragePoolOptions {
  /** Whether padded zeros count in the average, as torchvision's Inception-v3 has it. Default: `false`. */
  readonly countPadding?: boolean;
}

/** A box "Avg Pooling": 3×3, stride 1, same size. */
export function averagePool({ countPadding = false }: AveragePoolOptions = {}): Step {
  const window = { poolSize: 3, strides: 1 };
  return {
    label: 'pool',
    apply: (x, name) =>
      countPadding
        ? chain(
            x,
            tf.layers.zeroPadding2d({ name: `${name}/padding`, padding: 1 }),
            tf.layers.averagePooling2d({ name, ...window, padding: 'valid' }),
          )
        : chain(x, tf.layers.averagePooling2d({ name, ...window, padding: 'same' })),
  };
}

/** A box "3×3 MaxPool (stride 2 V)", if not placed otherwise. */
export function maxPool(
  { strides = 1, padding = 'same' }: Placement = stride2V,
  poolSize = 3,
): Step {
  const config = { poolSize, strides, padding };
  return {
    label: 'pool',
    apply: (x, name) => tf.layers.maxPooling2d({ name, ...config }).apply(x) as tf.SymbolicTensor,
  };
}

/**
 * A box whose input gets zeros around it first, of so many pixels a side: PyTorch pads alike before and
 * behind, and TensorFlow's "same" one less before.
 */
export function padded(
  step: Step,
  [before, behind]: readonly [before: number, behind: number],
): Step {
  const padding: [[number, number], [number, number]] = [
    [before, behind],
    [before, behind],
  ];
  return {
    label: step.label,
    apply(x, name, options) {
      const zeros = tf.layers.zeroPadding2d({ name: `${name}/padding`, padding });
      return step.apply(chain(x, zeros), name, options);
    },
  };
}

/** A branch that splits: all boxes see the same input, their outputs are concatenated. */
export function fork(...steps: Step[]): Step {
  return {
    label: 'fork',
    apply: (x, name, options) =>
      concatenateBranches(
        x,
        name,
        steps.map((step) => [step]),
        options,
      ),
  };
}

/**
 * Boxes one after another. Equal boxes are numbered from 1: `name/conv1`, `name/conv2`, `name/pool1`.
 */
export function sequence(
  x: tf.SymbolicTensor,
  name: string,
  steps: readonly Step[],
  options: BranchOptions,
): tf.SymbolicTensor {
  const count = { conv: 0, pool: 0, norm: 0, fork: 0 };
  return steps.reduce((input, step) => {
    count[step.label] += 1;
    return step.apply(input, `${name}/${step.label}${count[step.label]}`, options);
  }, x);
}

/**
 * The shape of every Inception module: branches side by side over one input, concatenated along
 * the channels in the order given, which is the figure's, from left to right.
 *
 * Layers are named `name/branch1/conv1` …, the concatenation `name/concat`.
 */
export function concatenateBranches(
  x: tf.SymbolicTensor,
  name: string,
  branches: readonly (readonly Step[])[],
  options: BranchOptions,
): tf.SymbolicTensor {
  const outputs = branches.map((steps, index) =>
    sequence(x, `${name}/branch${index + 1}`, steps, options),
  );
  return tf.layers
    .concatenate({ name: `${name}/concat`, axis: 3 })
    .apply(outputs) as tf.SymbolicTensor;
}
