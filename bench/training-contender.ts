/** Run as a process of its own: `training-contender.ts BACKEND large|small FOLDER`. The second epoch counts. */
import { dataset, train, useBackend, type BackendName, type EpochResult } from 'inception-lab';
import { loadData } from '../dist/training/load-data.js';
import { buildModel, type Recipe } from '../dist/training/recipe.js';

const [backend, work, folder] = process.argv.slice(2) as [BackendName, string, string];

const recipes: Readonly<Record<string, Pick<Recipe, 'network' | 'training'>>> = {
  large: {
    network: { name: 'inception-v4' },
    training: { batchSize: 8, augmentation: { flip: true, shift: 0, smallestCrop: 0.08 } },
  },
  small: {
    network: {
      name: 'inception-resnet-v1',
      options: { width: 0.125, blocks: [1, 2, 1] } as object,
    },
    training: { batchSize: 64, augmentation: { flip: true, shift: 1 } },
  },
};

const { device } = await useBackend(backend);
const data =
  work === 'large'
    ? await dataset(folder)
    : await loadData({ name: 'fashion-mnist', train: 1280, test: 100 });
const { network, training } = recipes[work]!;
const model = buildModel(network, data, 1);
const results: EpochResult[] = [];
await train(
  model,
  data,
  // What PyTorch does not do in a line or two is left out on both sides.
  { ...training, epochs: 2, averageDecay: 0, weightDecay: 0 },
  { onEpoch: (result) => void results.push(result) },
);
const { seconds, waitingSeconds } = results[1]!;
const steps = Math.floor(data.train.count / training.batchSize!);
const pictures = steps * training.batchSize!;
console.log(JSON.stringify({ device, pictures, seconds, waiting: waitingSeconds }));
