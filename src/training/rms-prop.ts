import { mendKernels } from '../backends/kernels/index.js';
import { rmsPropStep, type RMSPropSettings } from '../backends/rms-prop/step.js';
import { tf } from '../backends/tf.js';

export type RMSPropOptions = Partial<RMSPropSettings>;

/** A weight with its name, as TensorFlow.js's optimizers take and give them. */
type NamedTensor = Awaited<ReturnType<tf.Optimizer['getWeights']>>[number];

/** What is kept of one variable between steps. */
interface Memory {
  meanSquare: tf.Tensor;
  velocity: tf.Tensor;
}

/**
 * RMSProp as TensorFlow's, with which the paper's networks were trained: ε stands inside the root,
 * the mean square begins at one, and there is momentum. With that, the published ε = 1 works; in
 * TensorFlow.js's own, which begins at zero, it does not mean the same.
 *
 * An ordinary optimizer: `model.compile({ optimizer: new RMSProp({ learningRate: 0.045 }) })`.
 *
 * Source of the defaults: Szegedy et al. (2016), Section 4 (decay 0.9, ε 1.0, learning rate 0.045).
 */
export class RMSProp extends tf.Optimizer {
  static readonly className = 'InceptionLabRMSProp';

  /** May change between steps: a schedule sets it. */
  learningRate: number;
  readonly decay: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly #memories = new Map<string, Memory>();

  constructor({
    learningRate = 0.045,
    decay = 0.9,
    momentum = 0.9,
    epsilon = 1,
  }: RMSPropOptions = {}) {
    super();
    this.learningRate = learningRate;
    this.decay = decay;
    this.momentum = momentum;
    this.epsilon = epsilon;
  }

  /** One step: changes the variables by their gradients. */
  override applyGradients(gradients: tf.NamedTensorMap | NamedTensor[]): void {
    const named = Array.isArray(gradients)
      ? gradients.map(({ name, tensor }) => [name, tensor] as const)
      : Object.entries(gradients);
    // The step is a kernel of ours, which is there at once only where useBackend was called.
    mendKernels(tf.getBackend());
    const variables = tf.engine().registeredVariables;
    for (const [name, gradient] of named) {
      const variable = variables[name];
      // Frozen layers have none.
      if (variable) this.#step(name, variable, gradient);
    }
    this.incrementIterations();
  }

  #step(name: string, variable: tf.Variable, gradient: tf.Tensor): void {
    const memory = this.#memories.get(name) ?? begin(variable);
    const next = tf.tidy(() => {
      const state = { weight: variable, ...memory };
      const { weight, meanSquare, velocity } = rmsPropStep(state, gradient, this);
      variable.assign(weight);
      return { meanSquare: tf.keep(meanSquare), velocity: tf.keep(velocity) };
    });
    this.#memories.set(name, next);
  }

  /** The mean squares and the velocities, two for each variable, for a checkpoint. */
  override async getWeights(): Promise<NamedTensor[]> {
    const memories = [...this.#memories].flatMap(([name, { meanSquare, velocity }]) => [
      { name: `${name}/meanSquare`, tensor: meanSquare },
      { name: `${name}/velocity`, tensor: velocity },
    ]);
    return [await this.saveIterations(), ...memories];
  }

  /** Takes over what another's `getWeights` gave. */
  override async setWeights(weights: NamedTensor[]): Promise<void> {
    const rest = await this.extractIterations(weights);
    this.#forget();
    const byName = new Map(rest.map(({ name, tensor }) => [name, tensor]));
    for (const [name, meanSquare] of byName) {
      if (!name.endsWith('/meanSquare')) continue;
      const variable = name.slice(0, -'/meanSquare'.length);
      const velocity = byName.get(`${variable}/velocity`);
      if (!velocity) throw new Error(`The optimizer's weights lack "${variable}/velocity".`);
      this.#memories.set(variable, {
        meanSquare: tf.keep(meanSquare.clone()),
        velocity: tf.keep(velocity.clone()),
      });
    }
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { learningRate, decay, momentum, epsilon } = this;
    return { learningRate, decay, momentum, epsilon };
  }

  static override fromConfig<T extends tf.serialization.Serializable>(
    optimizer: tf.serialization.SerializableConstructor<T>,
    config: tf.serialization.ConfigDict,
  ): T {
    return new optimizer(config);
  }

  override dispose(): void {
    this.#forget();
  }

  #forget(): void {
    for (const { meanSquare, velocity } of this.#memories.values()) {
      tf.dispose([meanSquare, velocity]);
    }
    this.#memories.clear();
  }
}

function begin(variable: tf.Variable): Memory {
  return tf.tidy(() => ({
    meanSquare: tf.keep(tf.onesLike(variable)),
    velocity: tf.keep(tf.zerosLike(variable)),
  }));
}

tf.serialization.registerClass(RMSProp);
