import { tf } from '../tf.js';
import { floatType, type NativeAttribute, type NativeBackend } from '../kernels/native-backend.js';
import type { MendedKernel } from '../kernels/mend.js';
import { rmsPropStepKernel, type RMSPropSettings } from './step.js';

/**
 * TensorFlow's own step, one pass over the weights. It works on variables of TensorFlow's, and copies
 * those first whose values someone else holds: the weight's alone, which TensorFlow.js does.
 */
export const nativeRMSPropStep: MendedKernel = {
  name: rmsPropStepKernel,
  backends: ['tensorflow'],
  compute({ inputs, attrs, backend: anyBackend }) {
    const backend = anyBackend as NativeBackend;
    const { weight, meanSquare, velocity, gradient } = inputs;
    const { learningRate, decay, momentum, epsilon } = attrs as unknown as RMSPropSettings;
    return tf.tidy(() => {
      const variables = [weight, meanSquare, velocity].map((tensor) =>
        variableOf(backend, tensor!),
      );
      tf.dispose([meanSquare!, velocity!]);
      const settings = [learningRate, decay, momentum, epsilon].map((value) => tf.scalar(value));
      const step = [...variables, ...settings, gradient!];
      backend.executeMultipleOutputs('ResourceApplyRMSProp', [floatType(backend, 'T')], step, 0);
      return variables.map((variable) => valueOf(backend, variable));
    });
  },
};

/** The name that makes TensorFlow forget the variable with its handle. */
const anonymous = 'cd2c89b7-88b7-44c8-ad83-06c2a9158347';

function variableOf(backend: NativeBackend, value: tf.Tensor): tf.Tensor {
  const { binding } = backend;
  const attributes: NativeAttribute[] = [
    floatType(backend, 'dtype'),
    { name: 'shape', type: binding.TF_ATTR_SHAPE, value: value.shape },
    { name: 'container', type: binding.TF_ATTR_STRING, value: '' },
    { name: 'shared_name', type: binding.TF_ATTR_STRING, value: anonymous },
  ];
  const [handle] = backend.executeMultipleOutputs('VarHandleOp', attributes, [], 1);
  const inputs = [handle!, value];
  backend.executeMultipleOutputs('AssignVariableOp', [floatType(backend, 'dtype')], inputs, 0);
  return handle!;
}

function valueOf(backend: NativeBackend, variable: tf.Tensor): tf.Tensor {
  const attributes = [floatType(backend, 'dtype')];
  const [value] = backend.executeMultipleOutputs('ReadVariableOp', attributes, [variable], 1);
  return value!;
}
