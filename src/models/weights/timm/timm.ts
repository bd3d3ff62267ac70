import { inceptionV3Names } from '../pytorch/inception-v3.js';
import { pytorchLayout } from '../pytorch/pytorch-layout.js';
import { inceptionResNetV2Names } from './inception-resnet-v2.js';
import { inceptionV4Names } from './inception-v4.js';

/**
 * The layout of timm's checkpoints (PyTorch Image Models, `models/inception_v4.py` and others), whose
 * branches and kernels are in TF-slim's order.
 */
export const timmLayout = pytorchLayout({
  title: 'timm',
  architectures: new Map([
    ['inceptionV3', inceptionV3Names],
    ['inceptionV4', inceptionV4Names],
    ['inceptionResNetV2', inceptionResNetV2Names],
  ]),
  advice:
    "Its branches and blocks are TF-slim's: " +
    "build the model with variant: 'slim', Inception-v3 with 'torchvision'.",
});
