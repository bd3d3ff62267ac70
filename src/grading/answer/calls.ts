import { tf } from '../../backends/tf.js';
import type { CellScope } from '../cell-scope.js';
import { noteWeightsSetByHand, packLayers, packNetwork } from '../values/layers.js';
import { pack, type Packer } from '../values/pack.js';
import type { Packed, Parcel } from '../values/packed.js';
import { unpack } from '../values/unpack.js';
import { Loan, type Ask } from './loan.js';

/** Calls an answer's functions with what comes from elsewhere. */
export class AnswerCalls {
  readonly #scope: CellScope;
  readonly #loan: Loan;

  constructor(scope: CellScope, ask: Ask) {
    this.#scope = scope;
    this.#loan = new Loan(ask);
    noteWeightsSetByHand();
  }

  /**
   * @returns what it gives back, and the variables that it was lent
   * @throws whatever the answer throws, or an Error if what it gives back cannot cross.
   */
  call(name: string, args: Parcel): Parcel {
    const answer = this.#scope.variables[name];
    if (typeof answer !== 'function') {
      throw new Error(`there is no function "${name}" in your notebook`);
    }
    this.#loan.begin();
    const given = unpack(args, { special: this.#loan.unpack }) as unknown[];
    const result: unknown = Reflect.apply(answer, undefined, given);
    return pack([result, this.#loan.values], { special: this.#pack });
  }

  readonly #pack = (value: object, packer: Packer): Packed | undefined => {
    if (value instanceof tf.SymbolicTensor) return packLayers(value, this.#loan.places, packer);
    return value instanceof tf.LayersModel ? packNetwork(value, packer) : undefined;
  };
}
