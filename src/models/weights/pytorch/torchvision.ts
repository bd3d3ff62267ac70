import { inceptionV3Names } from './inception-v3.js';
import { units, type LayerNames } from './names.js';
import { pytorchLayout } from './pytorch-layout.js';

const modules = ['3a', '3b', '4a', '4b', '4c', '4d', '4e', '5a', '5b'];
const inception = {
  'branch1/conv1': 'branch1',
  'branch2/conv1': 'branch2.0',
  'branch2/conv2': 'branch2.1',
  'branch3/conv1': 'branch3.0',
  'branch3/conv2': 'branch3.1',
  'branch4/conv1': 'branch4.1',
};

/** The layers of `googLeNet({ variant: 'torchvision' })` in torchvision's `googlenet`. */
const googLeNetNames: LayerNames = new Map([
  ...units('stem', '', { conv1: 'conv1', conv2: 'conv2', conv3: 'conv3' }),
  ...modules.flatMap((name) => units(`inception${name}`, `inception${name}.`, inception)),
  ['head/logits', 'fc'],
]);

/**
 * The layout of torchvision's checkpoints (`models/inception.py` and `models/googlenet.py`).
 * GoogLeNet's auxiliary classifiers are left out: they were published untrained, and pool otherwise.
 */
export const torchvisionLayout = pytorchLayout({
  title: 'torchvision',
  architectures: new Map([
    ['inceptionV3', inceptionV3Names],
    ['googLeNet', googLeNetNames],
  ]),
  advice: "Build the model with variant: 'torchvision', GoogLeNet without auxiliary classifiers.",
  others: /^aux[12]\./,
});
