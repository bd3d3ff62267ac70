import { fetchDataset } from '../training/data/fetch.js';
import { dataset } from '../training/data/load.js';
import type { DatasetName } from '../training/data/sources.js';

/** Fetches a set of pictures, checks it, and says what is in it. */
export async function fetchData(name: DatasetName, { from }: { from?: string }): Promise<void> {
  const { folder, wasThere } = await fetchDataset(name, from);
  const { classes, height, width, channels, train, test } = await dataset(name);
  console.log(`${name} is ${wasThere ? 'already' : 'now'} in ${folder}`);
  console.log(
    `${train.count} pictures to train with and ${test.count} to test with, ` +
      `${height} × ${width} × ${channels}; ${classes.length} classes: ${classes.join(', ')}`,
  );
}
