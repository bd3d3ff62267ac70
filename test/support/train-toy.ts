/** Trains the toy model of test/training/train.test.ts in a process that may be killed: train-toy.ts FOLDER */
import { train } from 'inception-lab';
import { useTestBackend } from './backend.js';
import { toyData } from './toy-data.js';
import { toyModel } from './toy-model.js';

await useTestBackend();
const config = {
  epochs: 4,
  batchSize: 8,
  averageDecay: 0.9,
  batchNormMomentum: 0.9,
  augmentation: { flip: false, shift: 1 },
};
await train(toyModel(), toyData(64, 32), config, {
  ...(process.argv[2] !== undefined && { folder: process.argv[2] }),
  onStep: ({ step }) => {
    console.log(step);
  },
});
