import assert from 'node:assert/strict';
import { dataset } from '../../../dist/training/data/load-in-browser.js';

describe('A set of pictures in a browser', () => {
  it('that is asked for as in Node says what a browser needs', async () => {
    for (const given of [undefined, { size: 32 }, {}]) {
      await assert.rejects(dataset('mnist', given as never), {
        message:
          "In a browser, dataset('mnist') needs the set's files, or the address of their folder: " +
          "dataset('mnist', 'https://…/mnist/').",
      });
    }
  });

  it('says which of its files is missing', async () => {
    await assert.rejects(
      dataset('mnist', { 'train-labels-idx1-ubyte': new Uint8Array(1) }),
      /There is neither train-images-idx3-ubyte nor train-images-idx3-ubyte\.gz: it was not given/,
    );
  });
});
