import { towards } from '../backends/fused.js';
import { tf } from '../backends/tf.js';
import type { ModelWeight } from '../models/weights/model-weights.js';

/**
 * A running average of a model's weights: `average ← d · average + (1 − d) · weight`, where
 * `d = min(decay, (1 + n) / (10 + n))` after n steps, so that the first ones do not weigh for long
 * (TensorFlow's `ExponentialMovingAverage` with `num_updates`).
 */
export class RunningAverage {
  readonly #weights: readonly ModelWeight[];
  readonly #decay: number;
  #averages: tf.Tensor[];
  #steps: number;

  constructor(weights: readonly ModelWeight[], decay: number) {
    this.#weights = weights;
    this.#decay = decay;
    this.#averages = weights.map(({ variable }) => tf.keep(variable.read().clone()));
    this.#steps = 0;
  }

  /** Takes in the weights as they are now. */
  update(): void {
    const decay = Math.min(this.#decay, (1 + this.#steps) / (10 + this.#steps));
    this.#steps++;
    this.#replace((average, i) => {
      const weight = this.#weights[i]?.variable.read() ?? average;
      // What nobody has assigned to, as it is frozen, is its own average to the last bit.
      const isSame = weight.dataId === average.dataId;
      return isSame ? average.clone() : towards(average, weight, 1 - decay);
    });
  }

  /** Calls a function while the model has the averages as its weights. */
  async during<T>(call: () => Promise<T>): Promise<T> {
    const kept = this.#weights.map(({ variable }) => variable.read().clone());
    this.write();
    try {
      return await call();
    } finally {
      this.#write(kept);
      tf.dispose(kept);
    }
  }

  /** Gives the model the averages as its weights. */
  write(): void {
    this.#write(this.#averages);
  }

  /** For a checkpoint. */
  get state(): { readonly steps: number; readonly averages: readonly tf.Tensor[] } {
    return { steps: this.#steps, averages: this.#averages };
  }

  restore({ steps, averages }: { steps: number; averages: readonly tf.Tensor[] }): void {
    this.#steps = steps;
    this.#replace((old, i) => (averages[i] ?? old).clone());
  }

  dispose(): void {
    tf.dispose(this.#averages);
  }

  #replace(next: (average: tf.Tensor, i: number) => tf.Tensor): void {
    const old = this.#averages;
    this.#averages = old.map((average, i) => tf.keep(next(average, i)));
    tf.dispose(old);
  }

  #write(values: readonly tf.Tensor[]): void {
    for (const [i, { variable }] of this.#weights.entries()) {
      const value = values[i];
      if (value) variable.write(value);
    }
  }
}
