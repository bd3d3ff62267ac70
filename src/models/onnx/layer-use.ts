import type { tf } from '../../backends/tf.js';
import type { OnnxGraph, Rearrangement } from './onnx-graph.js';

/** A tensor of the model in the graph. */
export interface Value {
  readonly name: string;
  /** As TensorFlow.js has it; in the graph, channels of what has four axes come second. */
  readonly shape: tf.Shape;
}

/** One use of a layer, which is to become nodes. */
export class LayerUse {
  readonly layer: tf.layers.Layer;
  /** With the names of the models that the layer is in. */
  readonly name: string;
  readonly inputs: readonly Value[];
  readonly #graph: OnnxGraph;
  readonly #prefix: string;

  constructor(
    layer: tf.layers.Layer,
    inputs: readonly Value[],
    { graph, prefix }: { graph: OnnxGraph; prefix: string },
  ) {
    this.layer = layer;
    this.name = prefix + layer.name;
    this.inputs = inputs;
    this.#graph = graph;
    this.#prefix = prefix;
  }

  /** The only input, or the first of several. */
  get input(): Value {
    const [input] = this.inputs;
    if (!input) throw this.refusal('has no input');
    return input;
  }

  get config(): Readonly<Record<string, unknown>> {
    return this.layer.getConfig();
  }

  /** The layer's name for a tensor or node that belongs to it. */
  own(name: string): string {
    return `${this.name}/${name}`;
  }

  /** Stores a weight of the layer, if it has one of that name. */
  weight(name: string, rearrange?: (shape: number[]) => Rearrangement): string | undefined {
    const variable = this.layer.weights.find(
      ({ originalName }) => originalName.replace(/.*\//, '') === name,
    );
    if (!variable) return undefined;
    const rearrangement = rearrange?.(variable.shape as number[]);
    return this.#graph.weight(variable, this.#prefix + variable.originalName, rearrangement);
  }

  /** @param problem completes "The layer … " */
  refusal(problem: string): Error {
    return new Error(
      `The ${this.layer.getClassName()} layer "${this.name}" ${problem}, which exportOnnx cannot write.`,
    );
  }

  /** @throws Error if channels do not come last. */
  requireChannelsLast(): void {
    if (this.config.dataFormat === 'channelsFirst') throw this.refusal('has channelsFirst data');
  }

  /** @throws Error if an input has another number of axes. */
  requireRank(...ranks: readonly number[]): void {
    const wrong = this.inputs.find(({ shape }) => !ranks.includes(shape.length));
    if (wrong) throw this.refusal(`has an input with ${wrong.shape.length} axes`);
  }
}
