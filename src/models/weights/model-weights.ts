import type { tf } from '../../backends/tf.js';
import { quote } from './text.js';

/** A weight of a model under a name that lasts. */
export interface ModelWeight {
  /** `stem/conv1/batchNorm/gamma`: the layer's name, then the weight's own. */
  readonly name: string;
  readonly variable: tf.LayerVariable;
}

/**
 * All weights of a model, moving averages included.
 *
 * @throws Error if two have the same name.
 */
export function modelWeights(model: tf.LayersModel): readonly ModelWeight[] {
  const names = new Set<string>();
  return model.weights.map((variable) => {
    // Not `name`, which gets a suffix when a process builds the same network again.
    const name = variable.originalName;
    if (names.has(name)) {
      throw new Error(
        `The model "${model.name}" has two weights called ${quote(name)}: give its layers different names.`,
      );
    }
    names.add(name);
    return { name, variable };
  });
}
