import type * as tf from '@tensorflow/tfjs';

/** What our kernels use of TensorFlow.js's native backend. */
export interface NativeBackend {
  readonly binding: Record<
    | 'TF_ATTR_FLOAT'
    | 'TF_ATTR_STRING'
    | 'TF_ATTR_BOOL'
    | 'TF_ATTR_TYPE'
    | 'TF_ATTR_SHAPE'
    | 'TF_FLOAT',
    number
  >;
  /** Runs an operation of TensorFlow's by its name there. */
  executeMultipleOutputs(
    operation: string,
    attributes: NativeAttribute[],
    inputs: tf.TensorInfo[],
    outputs: number,
  ): tf.Tensor[];
}

export interface NativeAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** The attribute that says that values are float32. */
export function floatType({ binding }: NativeBackend, name: string): NativeAttribute {
  return { name, type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
}
