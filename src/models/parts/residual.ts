import { tf } from '../../backends/tf.js';
import { concatenateBranches, type BranchOptions, type Step } from './branches.js';
import { layerSeed } from './convolution-unit.js';
import { heNormal } from './he-normal.js';

export interface ResidualOptions extends BranchOptions {
  /** What the layers' names begin with. */
  readonly name: string;
  /**
   * What the residual is multiplied with before it is added. The paper uses 0.1 to 0.3 and finds
   * that unscaled networks of more than 1000 filters die early in training (Section 3.3). Default: 0.1.
   */
  readonly residualScale?: number;
  /** `false` leaves the shortcut out: the same block, for the ablation. Default: `true`. */
  readonly residual?: boolean;
  /** Whether a ReLU follows the sum; TF-slim's last block has none. Default: `true`. */
  readonly relu?: boolean;
}

/**
 * The shape of every Inception-ResNet block, `relu(x + scale · linear(concat(branches)))`,
 * Figure 20: a 1×1 convolution without activation or batch normalization, but with a bias,
 * brings the branches to the filters of `x`; there is no batch normalization on top of the sum.
 *
 * @param x `[batch, height, width, channels]`
 * @returns the same shape
 */
export function residualBlock(
  x: tf.SymbolicTensor,
  branches: readonly (readonly Step[])[],
  { name, residualScale = 0.1, residual = true, relu = true, ...options }: ResidualOptions,
): tf.SymbolicTensor {
  const mixed = concatenateBranches(x, name, branches, options);
  const linear = tf.layers.conv2d({
    name: `${name}/linear`,
    filters: Number(x.shape[3]),
    kernelSize: 1,
    kernelInitializer: heNormal(layerSeed(options.seed, `${name}/linear`)),
  });
  const change = linear.apply(mixed) as tf.SymbolicTensor;
  const add = new ScaledAdd({ name: `${name}/add`, scale: residualScale });
  const sum = residual ? (add.apply([x, change]) as tf.SymbolicTensor) : change;
  if (!relu) return sum;
  return tf.layers.reLU({ name: `${name}/relu` }).apply(sum) as tf.SymbolicTensor;
}

export interface ScaledAddArgs {
  readonly name?: string;
  readonly scale: number;
}

/** The layer `x + scale · change`: takes `[x, change]`, two tensors of one shape. */
export class ScaledAdd extends tf.layers.Layer {
  static readonly className = 'ScaledAdd';
  readonly scale: number;

  constructor(args: ScaledAddArgs) {
    super(args);
    this.scale = args.scale;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [x, change] = inputs as [tf.Tensor, tf.Tensor];
    return tf.tidy(() => x.add(change.mul(this.scale)));
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [shape] = inputShape as tf.Shape[];
    return shape ?? [];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), scale: this.scale };
  }
}

tf.serialization.registerClass(ScaledAdd);
