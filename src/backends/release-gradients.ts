import * as tf from '@tensorflow/tfjs';

/** An operation on TensorFlow.js's tape. */
interface TapeNode {
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  readonly outputs: readonly tf.Tensor[];
  /** What the way back needs of the way forward. */
  readonly saved?: readonly tf.Tensor[];
  gradient?: Gradient;
}

/** Called on a node with the gradients of its outputs: gives those of its inputs, when called. */
type Gradient = (
  this: TapeNode,
  dys: readonly (tf.Tensor | null)[],
) => Record<string, () => tf.Tensor>;

interface Engine {
  /** Counts up. */
  nextTensorId(): number;
  addTapeNode: (this: Engine, ...node: unknown[]) => void;
  readonly state: {
    readonly activeTape: TapeNode[];
    readonly gradientDepth: number;
  };
}

/**
 * Lets the way back free what it has used. TensorFlow.js keeps the activations and the gradients of
 * all operations until the last one is done, twice as much as is ever needed at a time.
 *
 * Derivatives of derivatives need it all, and are left alone.
 */
export function mendTape(): void {
  const engine = tf.engine() as unknown as Engine;
  const { addTapeNode } = engine;
  engine.addTapeNode = function (...node) {
    addTapeNode.apply(this, node);
    const added = this.state.activeTape.at(-1)!;
    if (added.gradient) added.gradient = releasing(this, added.gradient);
  };
}

function releasing(engine: Engine, gradient: Gradient): Gradient {
  return function (dys) {
    const firstOwn = engine.nextTensorId();
    const functions = gradient.call(this, dys);
    if (engine.state.gradientDepth > 0) return functions;

    const given = new Set<tf.Tensor>();
    const names = Object.keys(this.inputs).filter((name) => name in functions);
    const once = (name: string) => () => {
      const dx = functions[name]!();
      // Only what no one else holds may be freed once it has been used.
      const own = dx.id < firstOwn || given.has(dx) ? dx.clone() : dx;
      given.add(own);
      if (given.size === names.length) release(this, dys);
      return own;
    };
    return Object.fromEntries(names.map((name) => [name, once(name)]));
  };
}

function release({ saved, outputs }: TapeNode, dys: readonly (tf.Tensor | null)[]): void {
  for (const tensor of saved ?? []) tensor.dispose();
  for (const [i, dy] of dys.entries()) {
    // One that is older than what it is the gradient of was brought along by the user.
    if (dy && dy.id > outputs[i]!.id && !dy.kept) dy.dispose();
  }
}
