import {
  inceptionResNetV2,
  inceptionV4,
  loadWeights,
  optimizeForInference,
  RMSProp,
  tf,
  type NetworkOptions,
  type WeightsOrigin,
} from 'inception-lab';

/**
 * Something that is measured: set up once, then run again and again. `isStock` leaves our optimizer
 * out, whose step would bring our kernels back.
 */
export type Work = (isStock: boolean) => { run: () => Promise<void> };

/** The 32-pixel network: 0.9 million parameters, one tenth of a second a step on native. */
const small: NetworkOptions = {
  stem: 'small',
  inputShape: [32, 32, 3],
  classes: 10,
  width: 0.15,
  activation: 'linear',
  seed: 1,
};

function smallNetwork(): tf.LayersModel {
  return inceptionResNetV2({ ...small, blocks: [2, 2, 2] });
}

export function trainingStep(build: () => tf.LayersModel, batch: number): Work {
  return (isStock) => {
    const model = build();
    const optimizer = isStock ? tf.train.rmsprop(0.045, 0.9, 0.9, 1) : new RMSProp();
    const [, ...shape] = model.inputs[0]!.shape.map(Number);
    const [, classes] = model.outputs[0]!.shape.map(Number);
    const images = tf.randomUniform([batch, ...shape]);
    const labels = tf.oneHot(tf.range(0, batch, 1, 'int32').mod(classes!).toInt(), classes!);
    return {
      run: async () => {
        const loss = optimizer.minimize(() => {
          const logits = model.apply(images, { training: true }) as tf.Tensor;
          return tf.losses.softmaxCrossEntropy(labels, logits);
        }, true);
        // Not before the loss and the last weight are there is a step done.
        await loss!.data();
        await model.trainableWeights.at(-1)!.read().data();
        loss!.dispose();
      },
    };
  };
}

export function forward(build: () => tf.LayersModel, batch: number): Work {
  return () => {
    const model = build();
    const [, ...shape] = model.inputs[0]!.shape.map(Number);
    const images = tf.randomUniform([batch, ...shape]);
    return {
      run: async () => {
        const output = model.predict(images) as tf.Tensor;
        await output.data();
        output.dispose();
      },
    };
  };
}

/** Loads the file that `BENCH_FILE` names into a network that is there. */
function loading(build: () => tf.LayersModel, from: WeightsOrigin): Work {
  return () => {
    const model = build();
    return {
      run: async () => {
        await loadWeights(model, process.env.BENCH_FILE!, { from });
      },
    };
  };
}

const v4 = () => inceptionV4({ activation: 'linear', seed: 1 });

export const works: Readonly<Record<string, Work>> = {
  'inception-v4 training': trainingStep(v4, 8),
  'inception-v4 forward': forward(v4, 1),
  'inception-v4 forward optimized': forward(() => optimizeForInference(v4()), 1),
  'inception-v4 loading': loading(() => inceptionV4({ variant: 'slim' }), 'timm'),
  'inception-resnet-v2 loading': loading(
    () => inceptionResNetV2({ variant: 'slim', batchNormScale: false }),
    'keras',
  ),
  'small training': trainingStep(smallNetwork, 32),
  'small first step': trainingStep(smallNetwork, 4),
};
