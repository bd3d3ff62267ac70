import { mendBatchNorm } from './batch-norm/mend-layer.js';
import { mendReluGradient } from './kernels/relu-grad.js';
import { mendTape } from './release-gradients.js';

mendBatchNorm();
mendReluGradient();
mendTape();

/** The one TensorFlow.js of this process: every module of ours, and every notebook, takes it from here. */
export * as tf from '@tensorflow/tfjs';
