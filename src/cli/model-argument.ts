import { tf } from '../backends/tf.js';
import { networks, parseNetworkName } from '../models/networks.js';

export interface ModelFlags {
  readonly variant?: string;
  readonly input?: [height: number, width: number, channels: number];
}

/** A model, and the size to look at it in, if it takes any. */
export interface ModelArgument {
  readonly model: tf.LayersModel;
  readonly inputShape?: readonly number[];
}

/**
 * Builds the network of this name, or loads the user's own `model.json`, as TensorFlow.js saves it.
 *
 * @throws Error if there is no such network, or if the file cannot be loaded.
 */
export async function modelArgument(
  name: string,
  { variant, input }: ModelFlags,
): Promise<ModelArgument> {
  if (!name.endsWith('.json')) {
    const model = networks[parseNetworkName(name)]({
      ...(variant === undefined ? {} : { variant: variant as never }),
      ...(input === undefined ? {} : { inputShape: input }),
    });
    return { model };
  }
  if (variant !== undefined)
    throw new Error(`A model of a file has no variants: leave --variant out.`);
  const model = await tf.loadLayersModel(`file://${name}`);
  return input === undefined ? { model } : { model, inputShape: input };
}
