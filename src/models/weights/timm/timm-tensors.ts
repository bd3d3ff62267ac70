import type { tf } from '../../../backends/tf.js';
import type { StoredWeight } from '../layout.js';
import type { TensorSource } from '../write-safetensors.js';
import { requireTimmNetwork } from './timm-network.js';
import { timmLayout } from './timm.js';

/**
 * A model's weights as timm has them, for its strict `load_state_dict`. That wants no
 * `num_batches_tracked`: PyTorch sets these counters, which no prediction uses, by itself.
 *
 * @throws Error if timm does not have this network, or computes something else with its weights.
 */
export function timmTensors(model: tf.LayersModel): TensorSource[] {
  const weights = timmLayout.locate(model);
  requireTimmNetwork(model);
  return [...weights.map(asSource), ...missingScales(weights)];
}

function asSource({ name, shape, variable, revert }: StoredWeight): TensorSource {
  const read = async () => revert(await variable.read().data<'float32'>());
  return { name, shape, read };
}

/** Without a scale, a batch normalization computes what timm's does with a scale of 1. */
function missingScales(weights: readonly StoredWeight[]): TensorSource[] {
  const names = new Set(weights.map(({ name }) => name));
  return weights.flatMap(({ name, shape }) => {
    const scale = name.replace(/\.running_var$/, '.weight');
    if (names.has(scale)) return [];
    const [channels = 0] = shape;
    return { name: scale, shape, read: () => Promise.resolve(new Float32Array(channels).fill(1)) };
  });
}
