import { tf } from 'inception-lab';

type Kernel = readonly [height: number, width: number];
type Tensor = tf.SymbolicTensor;
type Module = (x: Tensor, name: string) => Tensor;

/** PyTorch's modules made of TensorFlow.js's layers, with their state's names and shapes. */
export interface TimmNetwork {
  /** To the logits. */
  readonly model: tf.LayersModel;
  /** In the order of the state dictionary; `num_batches_tracked`, which holds no weights, left out. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
}

export interface TimmOptions {
  readonly size: number;
  readonly classes: number;
  /** timm's, TF-slim's, or the figures' order of the long kernels. */
  readonly kernels: 'timm' | 'paper';
}

/**
 * timm 1.0.31's `models/inception_v4.py`, module by module in its own words, for comparison with
 * ours. The branches are concatenated as there, so it reads timm's weights without reordering.
 */
export function timmInceptionV4({ size, classes, kernels }: TimmOptions): TimmNetwork {
  const shapes = new Map<string, readonly number[]>();
  const [wide, tall]: readonly Kernel[] =
    kernels === 'timm'
      ? [
          [1, 7],
          [7, 1],
        ]
      : [
          [7, 1],
          [1, 7],
        ];
  const [flat, upright]: readonly Kernel[] =
    kernels === 'timm'
      ? [
          [1, 3],
          [3, 1],
        ]
      : [
          [3, 1],
          [1, 3],
        ];

  /** ConvNormAct */
  const conv =
    (
      filters: number,
      kernel: number | Kernel,
      { stride = 1, padding = false }: { stride?: number; padding?: boolean } = {},
    ): Module =>
    (x, name) => {
      const [height, width] = typeof kernel === 'number' ? [kernel, kernel] : kernel;
      shapes.set(`${name}.conv.weight`, [filters, x.shape[3]!, height, width]);
      for (const weight of ['weight', 'bias', 'running_mean', 'running_var']) {
        shapes.set(`${name}.bn.${weight}`, [filters]);
      }
      return [
        tf.layers.conv2d({
          name: `${name}.conv`,
          filters,
          kernelSize: [height, width],
          strides: stride,
          padding: padding ? 'same' : 'valid',
          useBias: false,
          kernelInitializer: 'zeros',
        }),
        tf.layers.batchNormalization({ name: `${name}.bn`, epsilon: 1e-3 }),
        tf.layers.reLU({ name: `${name}.act` }),
      ].reduce((input, layer) => layer.apply(input) as Tensor, x);
    };
  const maxPool: Module = (x) =>
    tf.layers.maxPooling2d({ poolSize: 3, strides: 2 }).apply(x) as Tensor;
  const avgPool: Module = (x) =>
    tf.layers.averagePooling2d({ poolSize: 3, strides: 1, padding: 'same' }).apply(x) as Tensor;
  /** nn.Sequential */
  const sequential =
    (...modules: Module[]): Module =>
    (x, name) =>
      modules.reduce((input, module, i) => module(input, `${name}.${i}`), x);
  /** Children by name; a forward that concatenates their outputs in that order. */
  const concatenated =
    (children: Record<string, Module>): Module =>
    (x, name) =>
      concat(Object.entries(children).map(([child, module]) => module(x, `${name}.${child}`)));
  const concat = (outputs: Tensor[]) => tf.layers.concatenate({ axis: 3 }).apply(outputs) as Tensor;

  const same = { padding: true };
  const stride2 = { stride: 2 };

  const mixed3a = concatenated({ maxpool: maxPool, conv: conv(96, 3, stride2) });
  const mixed4a = concatenated({
    branch0: sequential(conv(64, 1), conv(96, 3)),
    branch1: sequential(conv(64, 1), conv(64, wide!, same), conv(64, tall!, same), conv(96, 3)),
  });
  const mixed5a = concatenated({ conv: conv(192, 3, stride2), maxpool: maxPool });
  const inceptionA = concatenated({
    branch0: conv(96, 1),
    branch1: sequential(conv(64, 1), conv(96, 3, same)),
    branch2: sequential(conv(64, 1), conv(96, 3, same), conv(96, 3, same)),
    branch3: sequential(avgPool, conv(96, 1)),
  });
  const reductionA = concatenated({
    branch0: conv(384, 3, stride2),
    branch1: sequential(conv(192, 1), conv(224, 3, same), conv(256, 3, stride2)),
    branch2: maxPool,
  });
  const inceptionB = concatenated({
    branch0: conv(384, 1),
    branch1: sequential(conv(192, 1), conv(224, [1, 7], same), conv(256, [7, 1], same)),
    branch2: sequential(
      conv(192, 1),
      conv(192, tall!, same),
      conv(224, wide!, same),
      conv(224, tall!, same),
      conv(256, wide!, same),
    ),
    branch3: sequential(avgPool, conv(128, 1)),
  });
  const reductionB = concatenated({
    branch0: sequential(conv(192, 1), conv(192, 3, stride2)),
    branch1: sequential(
      conv(256, 1),
      conv(256, [1, 7], same),
      conv(320, [7, 1], same),
      conv(320, 3, stride2),
    ),
    branch2: maxPool,
  });
  const inceptionC: Module = (x, name) => {
    const child = (suffix: string, module: Module, input: Tensor) =>
      module(input, `${name}.${suffix}`);
    const x0 = child('branch0', conv(256, 1), x);
    const x1_0 = child('branch1_0', conv(384, 1), x);
    const x1_1a = child('branch1_1a', conv(256, [1, 3], same), x1_0);
    const x1_1b = child('branch1_1b', conv(256, [3, 1], same), x1_0);
    const x2_0 = child('branch2_0', conv(384, 1), x);
    const x2_1 = child('branch2_1', conv(448, upright!, same), x2_0);
    const x2_2 = child('branch2_2', conv(512, flat!, same), x2_1);
    const x2_3a = child('branch2_3a', conv(256, flat!, same), x2_2);
    const x2_3b = child('branch2_3b', conv(256, upright!, same), x2_2);
    const x3 = child('branch3', sequential(avgPool, conv(256, 1)), x);
    return concat([x0, concat([x1_1a, x1_1b]), concat([x2_3a, x2_3b]), x3]);
  };

  const features = sequential(
    conv(32, 3, stride2),
    conv(32, 3),
    conv(64, 3, same),
    mixed3a,
    mixed4a,
    mixed5a,
    ...Array<Module>(4).fill(inceptionA),
    reductionA,
    ...Array<Module>(7).fill(inceptionB),
    reductionB,
    ...Array<Module>(3).fill(inceptionC),
  );
  const image = tf.input({ shape: [size, size, 3] });
  const pooled = tf.layers.globalAveragePooling2d({}).apply(features(image, 'features')) as Tensor;
  shapes.set('last_linear.weight', [classes, pooled.shape[1]!]);
  shapes.set('last_linear.bias', [classes]);
  const logits = tf.layers
    .dense({ name: 'last_linear', units: classes, kernelInitializer: 'zeros' })
    .apply(pooled) as Tensor;
  return { model: tf.model({ inputs: image, outputs: logits }), shapes };
}

/** Gives the network weights by PyTorch's names and in PyTorch's shapes. */
export function setTimmWeights(
  { model, shapes }: TimmNetwork,
  weightOf: (name: string, shape: readonly number[]) => Float32Array,
): void {
  const tensor = (name: string) => {
    const shape = [...shapes.get(name)!];
    const axes = shape.length === 4 ? [2, 3, 1, 0] : shape.map((_, i) => shape.length - 1 - i);
    return tf.tensor(weightOf(name, shape), shape).transpose(axes);
  };
  const suffixes: Record<string, readonly string[]> = {
    Conv2D: ['weight'],
    BatchNormalization: ['weight', 'bias', 'running_mean', 'running_var'],
    Dense: ['weight', 'bias'],
  };
  for (const layer of model.layers) {
    tf.tidy(() => {
      const weights = suffixes[layer.getClassName()] ?? [];
      layer.setWeights(weights.map((suffix) => tensor(`${layer.name}.${suffix}`)));
    });
  }
}
