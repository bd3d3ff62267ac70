import { courseFile } from '#platform';
import { tf } from '../backends/tf.js';
import { preprocess } from '../models/pictures/images.js';
import { readImage } from '../models/pictures/read-image.js';
import { sources } from '../training/data/sources.js';
import { courseFiles } from './course-files.js';

/** Of Fashion-MNIST. */
const clothesClasses = sources['fashion-mnist'].classes;

export interface Clothes {
  /** `[20, 28, 28, 1]` in [−1, 1], as the networks take them. */
  readonly pictures: tf.Tensor4D;
  /** Of each picture, the number of its class. */
  readonly labels: readonly number[];
  readonly classes: readonly string[];
  readonly credit: string;
}

const side = 28;

/**
 * Twenty photographs that come with the course: of each class of Fashion-MNIST the first of its
 * test set, then of each the second. No network of the course was trained with them.
 */
export async function loadClothes(): Promise<Clothes> {
  const image = await readImage(courseFile(courseFiles['clothes.png']));
  const [rows, columns] = [image.height / side, image.width / side];
  const pictures = tf.tidy(() =>
    preprocess(image)
      // Grey: one of the three channels is enough.
      .slice([0, 0, 0, 0], [1, -1, -1, 1])
      .reshape([rows, side, columns, side, 1])
      .transpose([0, 2, 1, 3, 4])
      .reshape<tf.Tensor4D>([rows * columns, side, side, 1]),
  );
  return {
    pictures,
    labels: Array.from({ length: pictures.shape[0] }, (_, i) => i % clothesClasses.length),
    classes: clothesClasses,
    credit: 'Fashion-MNIST, H. Xiao, K. Rasul, R. Vollgraf, 2017',
  };
}
