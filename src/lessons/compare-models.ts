import { tf } from '../backends/tf.js';
import { nameInWords } from './layer-in-words.js';

/**
 * The first thing in which a learner's model differs from the reference, in the learner's words;
 * `undefined` if both do the same.
 *
 * What counts is what the model does: its shapes, its number of weights, its outputs with the same
 * weights on the same input. Only where these differ are the layers compared, to say why. The
 * reference takes over the learner's weights, layer by layer, by name.
 */
export function modelDifference(
  actual: tf.LayersModel,
  expected: tf.LayersModel,
): string | undefined {
  copyWeights(actual, expected);
  const difference = behaviourDifference(actual, expected);
  if (difference === undefined) return undefined;
  return layerDifference(actual, expected) ?? difference;
}

function copyWeights(from: tf.LayersModel, to: tf.LayersModel): void {
  for (const layer of to.layers) {
    const source = findLayer(from, layer.name);
    if (source && shapesOf(source) === shapesOf(layer)) layer.setWeights(source.getWeights());
  }
}

function shapesOf(layer: tf.layers.Layer): string {
  return JSON.stringify(layer.weights.map(({ shape }) => shape));
}

function behaviourDifference(actual: tf.LayersModel, expected: tf.LayersModel): string | undefined {
  const shapes = [actual, expected].map((model) => sizeOf(model.outputs));
  if (shapes[0] !== shapes[1]) return `its output is ${shapes[1]}; yours is ${shapes[0]}`;
  const counts = [actual, expected].map((model) => model.countParams());
  if (counts[0] !== counts[1]) return `it has ${counts[1]} weights; yours has ${counts[0]}`;
  return outputDifference(actual, expected);
}

function outputDifference(actual: tf.LayersModel, expected: tf.LayersModel): string | undefined {
  const inputs = expected.inputs.map(({ shape }) =>
    tf.randomUniform(
      shape.map((side) => side ?? 1),
      -1,
      1,
      'float32',
      1,
    ),
  );
  const outputsOf = (model: tf.LayersModel) => [model.predict(inputs)].flat();
  const yours = outputsOf(actual);
  const differences = outputsOf(expected).map((output, i) => {
    const largest = tf.max(tf.abs(output)).arraySync() as number;
    const away = tf.max(tf.abs(tf.sub(output, yours[i] ?? NaN))).arraySync() as number;
    return away / (largest || 1);
  });
  const furthest = Math.max(...differences);
  if (furthest <= 1e-4) return undefined;
  return `with the same weights, its output and yours differ by ${(100 * furthest).toPrecision(2)} % of its largest number`;
}

/** The first layer, from the input, that is not there, not the same, or not in its place. */
function layerDifference(actual: tf.LayersModel, expected: tf.LayersModel): string | undefined {
  for (const layer of expected.layers) {
    if (isInput(layer)) continue;
    const subject = `${nameInWords(layer.name)} ("${layer.name}")`;
    const yours = findLayer(actual, layer.name);
    if (!yours) return `${subject} is missing in yours, which has ${namesOf(actual)}`;
    const difference =
      traitDifference(yours, layer) ?? inputDifference(actual, yours, expected, layer);
    if (difference !== undefined) return `${subject} ${difference}`;
  }
  const extra = actual.layers.find((layer) => !isInput(layer) && !findLayer(expected, layer.name));
  return extra && `it has no layer "${extra.name}"; yours has`;
}

function namesOf(model: tf.LayersModel): string {
  const names = model.layers.filter((layer) => !isInput(layer)).map(({ name }) => name);
  const shown = names.slice(-4).map((name) => `"${name}"`);
  if (shown.length === 0) return 'no layers';
  return names.length > shown.length ? `…, ${shown.join(', ')}` : shown.join(', ');
}

/** What a layer's configuration holds that changes what it does. */
interface Config {
  readonly filters?: number;
  readonly units?: number;
  readonly kernelSize?: number[];
  readonly poolSize?: number[];
  readonly strides?: number[];
  readonly padding?: unknown;
  readonly useBias?: boolean;
  readonly activation?: string;
  readonly scale?: number | boolean;
  readonly rate?: number;
  readonly axis?: number;
}

/** How each trait is said: "has 96 filters; yours has 64". */
const traits: readonly ((config: Config) => string | undefined)[] = [
  ({ kernelSize }) => kernelSize && `is a ${kernelSize.join('×')}`,
  ({ poolSize }) => poolSize && `looks at ${poolSize.join('×')}`,
  ({ filters }) => (filters === undefined ? undefined : `has ${filters} filters`),
  ({ units }) => (units === undefined ? undefined : `has ${units} units`),
  ({ strides }) => strides && `has stride ${[...new Set(strides)].join(' × ')}`,
  ({ padding, kernelSize }) => {
    // A 1×1 window never reaches over the border.
    if (kernelSize?.every((side) => side === 1)) return undefined;
    if (padding === 'same') return 'has padding';
    return padding === 'valid' ? 'has no padding (V)' : undefined;
  },
  ({ useBias }) => (useBias === undefined ? undefined : `has ${useBias ? 'a' : 'no'} bias`),
  ({ activation }) =>
    activation === undefined
      ? undefined
      : `has ${activation === 'linear' ? 'no activation' : `the activation ${activation}`}`,
  ({ scale }) => (typeof scale === 'number' ? `scales by ${scale}` : undefined),
  ({ rate }) => (rate === undefined ? undefined : `drops ${rate}`),
  ({ axis }) => (axis === undefined ? undefined : `works along axis ${axis}`),
];

function traitDifference(yours: tf.layers.Layer, layer: tf.layers.Layer): string | undefined {
  const [kind, yourKind] = [layer.getClassName(), yours.getClassName()];
  if (kind !== yourKind) return `is a ${kind}; yours is a ${yourKind}`;
  const configs = [layer, yours].map((each) => each.getConfig() as unknown as Config);
  for (const trait of traits) {
    const [theirs, own] = configs.map(trait);
    if (theirs !== own) return `${theirs ?? 'has nothing of the kind'}; yours ${own ?? 'has not'}`;
  }
  return undefined;
}

function inputDifference(
  actual: tf.LayersModel,
  yours: tf.layers.Layer,
  expected: tf.LayersModel,
  layer: tf.layers.Layer,
): string | undefined {
  const [theirs, own] = [inputsOf(expected, layer), inputsOf(actual, yours)];
  if (theirs.length !== own.length) {
    return `takes ${theirs.length} inputs; yours takes ${own.length}`;
  }
  for (const [i, name] of theirs.entries()) {
    const yourName = own[i] ?? theInput;
    const which = theirs.length > 1 ? ` as number ${i + 1}` : '';
    if (name !== yourName) {
      return `takes ${inputInWords(name)}${which}; yours takes ${inputInWords(yourName)}`;
    }
  }
  return undefined;
}

/** Standing for the model's input, whatever its layer is called. */
const theInput = '';

function inputsOf(model: tf.LayersModel, layer: tf.layers.Layer): string[] {
  return layer.inboundNodes
    .filter((_, i) => model.containerNodes.has(`${layer.name}_ib-${i}`))
    .flatMap(({ inboundLayers }) => inboundLayers)
    .map((source) => (isInput(source) ? theInput : source.name));
}

function inputInWords(name: string): string {
  return name === theInput ? 'the input' : nameInWords(name);
}

function sizeOf(outputs: readonly tf.SymbolicTensor[]): string {
  return outputs.map(({ shape }) => `[${shape.slice(1).join(', ')}]`).join(' and ');
}

function isInput(layer: tf.layers.Layer): boolean {
  return layer.getClassName() === 'InputLayer';
}

function findLayer(model: tf.LayersModel, name: string): tf.layers.Layer | undefined {
  return model.layers.find((layer) => layer.name === name);
}
