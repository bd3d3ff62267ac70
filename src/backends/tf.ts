import { mendBatchNorm } from './batch-norm/mend-layer.js';

mendBatchNorm();

/** The one TensorFlow.js of this process: every module of ours, and every notebook, takes it from here. */
export * as tf from '@tensorflow/tfjs';
