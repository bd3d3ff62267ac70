// What a user's own program could be. It runs in Node and, bundled, in a page: both find the library
// by its name alone, and nothing here knows which of them it is.
import {
  check,
  convolutionUnit,
  describeBackend,
  exportOnnx,
  inceptionV3,
  inceptionV4,
  loadWeights,
  predict,
  readImage,
  receptiveField,
  saveWeights,
  summarize,
  tf,
  train,
  useBackend,
  viz,
  type Dataset,
  type Source,
  type Split,
} from 'inception-lab';

export async function begin(): Promise<string> {
  const choice = await useBackend('wasm');
  return `${choice.name}: ${describeBackend(choice)}`;
}

export function analyse(): object {
  const model = inceptionV4();
  const { parameters, multiplyAdds } = summarize(model);
  const { size, stride } = receptiveField(model, 'reductionA/concat');
  const plot = JSON.stringify(
    viz.costByBlock([{ name: 'Inception-v4', parameters, multiplyAdds }]),
  );
  model.dispose();
  return { parameters, multiplyAdds, size, stride, plot };
}

/** A convolution unit and a classifier of three classes, for pictures of 8 × 8. */
function smallNetwork(seed: number): tf.LayersModel {
  const image = tf.input({ shape: [8, 8, 3] });
  const unit = convolutionUnit(image, { name: 'unit', filters: 4, kernelSize: 3, seed });
  const flat = tf.layers.flatten({ name: 'flat' }).apply(unit) as tf.SymbolicTensor;
  const kernelInitializer = tf.initializers.heNormal({ seed });
  const classifier = tf.layers.dense({
    name: 'classes',
    units: 3,
    activation: 'softmax',
    kernelInitializer,
  });
  return tf.model({ inputs: image, outputs: classifier.apply(flat) as tf.SymbolicTensor });
}

export function savedWeights(): Promise<Uint8Array> {
  return saveWeights(smallNetwork(1));
}

/** Files of the network for other programs, as what tells them apart. */
export async function exported(): Promise<string[]> {
  const model = inceptionV4({
    ...{
      inputShape: [8, 8, 3],
      stem: 'small',
      blocks: [1, 1, 1],
      width: 0.05,
      classes: 3,
      seed: 1,
    },
  });
  const files = [await exportOnnx(model), await saveWeights(model)];
  model.dispose();
  return files.map((bytes) => [bytes.length, bytes.reduce((sum, byte) => sum + byte, 0)].join());
}

/** What a network finds in a picture, once it has loaded its weights. */
export async function findWith(weights: Source, picture: Source): Promise<unknown> {
  const model = smallNetwork(2);
  await loadWeights(model, weights);
  const image = await readImage(picture, { size: 8 });
  const found = await predict(model, image, { labels: ['a', 'b', 'c'] });
  model.dispose();
  return found.map(({ label, probability }) => [label, probability.toFixed(3)]);
}

/** The bytes of a picture, summed up. */
export async function pictureSums(picture: Source): Promise<number[]> {
  const { width, height, data } = await readImage(picture);
  let sum = 0;
  for (const [i, byte] of data.entries()) sum = (sum * 31 + byte + i) % 1_000_003;
  return [width, height, sum];
}

/** What a learner is told whose answer is wrong. */
export function wrongAnswer(what: string): string {
  try {
    check(what, [1, 35, 35], [1, 35, 35, 384], { hint: 'Channels come last.' });
  } catch (error) {
    return String(error);
  }
  return 'nothing';
}

function split(count: number): Split {
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
  const images = Uint8Array.from({ length: count * 64 }, (_, i) => {
    const isBright = i % 8 >= 4 === (labels[Math.floor(i / 64)] === 1);
    return (isBright ? 140 : 60) + ((i * 37) % 61);
  });
  return { images, labels, count };
}

const data: Dataset = {
  name: 'left or right',
  classes: ['left', 'right'],
  ...{ height: 8, width: 8, channels: 1 },
  train: split(64),
  test: split(32),
};

function learner(seed: number): tf.LayersModel {
  const kernelInitializer = tf.initializers.heNormal({ seed });
  // A name is what a layer's random numbers go by.
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        ...{ name: 'convolution', inputShape: [8, 8, 1], filters: 4, kernelSize: 3 },
        kernelInitializer,
      }),
      tf.layers.batchNormalization({ name: 'norm' }),
      tf.layers.reLU({ name: 'relu' }),
      tf.layers.flatten({ name: 'flat' }),
      tf.layers.dropout({ name: 'dropout', rate: 0.2 }),
      tf.layers.dense({ name: 'logits', units: 2, kernelInitializer }),
    ],
  });
}

export interface TrainingWish {
  /** Where checkpoints are kept. */
  readonly folder?: string;
  /** The epoch after which the training breaks off. */
  readonly until?: number;
  readonly seed?: number;
}

/** The losses of the epochs, as far as it comes. */
export async function trained({ folder, until, seed = 1 }: TrainingWish): Promise<number[]> {
  const losses: number[] = [];
  const config = { epochs: 4, batchSize: 8, averageDecay: 0.9, batchNormMomentum: 0.9 };
  const options = {
    ...(folder !== undefined && { folder }),
    onEpoch: ({ epoch, loss }: { epoch: number; loss: number }) => {
      losses.push(loss);
      if (epoch === until) throw new Error('broken off');
    },
  };
  try {
    return (await train(learner(seed), data, config, options)).map(({ loss }) => loss);
  } catch (error) {
    if ((error as Error).message !== 'broken off') throw error;
    return losses;
  }
}

/** What somebody is told who wants what only Node has. */
export async function sentences(): Promise<string[]> {
  const wishes = [
    () => useBackend('native' as string as 'wasm'),
    () =>
      loadWeights(inceptionV3({ variant: 'slim', batchNormScale: false }), new Uint8Array(8), {
        from: 'keras',
      }),
    () => train(learner(1), data, { epochs: 1 }, { tensorBoard: 'logs' }),
  ];
  const said: string[] = [];
  for (const wish of wishes) {
    said.push(
      await wish().then(
        () => 'nothing',
        (error: unknown) => (error as Error).message,
      ),
    );
  }
  return said;
}
