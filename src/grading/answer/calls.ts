import { tf } from '../../backends/tf.js';
import type { CellScope } from '../cell-scope.js';
import { noteWeightsSetByHand, packLayers } from '../values/layers.js';
import { pack } from '../values/pack.js';
import type { Parcel } from '../values/packed.js';
import { unpack } from '../values/unpack.js';

/** Calls an answer's functions with what comes from elsewhere. */
export class AnswerCalls {
  readonly #scope: CellScope;

  constructor(scope: CellScope) {
    this.#scope = scope;
    noteWeightsSetByHand();
  }

  /** @throws whatever the answer throws, or an Error if what it gives back cannot cross. */
  call(name: string, args: Parcel): Parcel {
    const answer = this.#scope.variables[name];
    if (typeof answer !== 'function') {
      throw new Error(`there is no function "${name}" in your notebook`);
    }
    const places = new Map<number, tf.SymbolicTensor>();
    const given = unpack(args, {
      symbolic({ id, shape, dtype }) {
        const place = tf.input({ shape: shape.slice(1), dtype: dtype as tf.DataType });
        places.set(id, place);
        return place;
      },
    }) as unknown[];
    const result: unknown = Reflect.apply(answer, undefined, given);
    return pack(result, {
      symbolic: (tensor, packer) => packLayers(tensor, places, packer),
    });
  }
}
