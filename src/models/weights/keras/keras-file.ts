import { openHdf5 } from '#platform';
import { nameOf, type Source } from '../../../platform/source.js';
import { quote } from '../text.js';
import type { WeightsFile } from '../weights-file.js';
import { readableDtypes } from './keras-entry.js';
import { legacyEntries } from './legacy-entries.js';
import { storeEntries } from './store-entries.js';

/** Where a .keras, which is a zip archive, has the weights. */
const zipped = 'model.weights.h5';

/**
 * Opens a file of Keras's: the `.h5` of `save_weights` (Keras 2) and of `save`, the `.weights.h5` of
 * Keras 3, or a `.keras`, which has such a file in it.
 *
 * Its tensors are called `layer/weight`. Layers that nobody named are numbered from 1 in the order
 * in which they were created: their own names go on counting from what the process had built
 * before. Where the file has no names of layers, as those of Keras 3.0 to 3.5, it is
 * `conv2d#0/weight`: the layer's class, and its place among the layers of that class.
 *
 * @throws Error that names the file and what is wrong with it.
 */
export async function openKerasFile(source: Source): Promise<WeightsFile> {
  return explain(source, async () => {
    const { root, read, close } = await openHdf5(source, zipped);
    try {
      const tensors = root.groups.has('layers') ? storeEntries(root) : legacyEntries(root);
      return {
        ...{ tensors, readableDtypes, close },
        read: (name) =>
          explain(source, async () => {
            const entry = tensors.get(name);
            if (!entry) throw new Error(`it has no tensor ${quote(name)}`);
            return read(entry.dataset);
          }),
      };
    } catch (error) {
      await close();
      throw error;
    }
  });
}

async function explain<T>(source: Source, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new Error(
      `Cannot read ${nameOf(source)} as a Keras file: ${(error as Error).message}. ` +
        'Give a whole .h5, .weights.h5 or .keras; if this one should be whole, fetch it again.',
      { cause: error },
    );
  }
}
