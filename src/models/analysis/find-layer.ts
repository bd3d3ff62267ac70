import { tf } from '../../backends/tf.js';
import { layersOf } from './graph.js';

/** So many names an error lists. */
const listed = 8;

/** The layer of this name, or the last one of the block of this name; not those of models within. */
export function layerOrEnd(model: tf.LayersModel, name: string): tf.layers.Layer | undefined {
  if (!model.built) model.build([]);
  return model.layers.find((layer) => layer.name === name) ?? endOfBlock(model, name);
}

/** The layer of a block that is read outside of it. */
function endOfBlock(model: tf.LayersModel, block: string): tf.layers.Layer | undefined {
  const isWithin = ({ name }: tf.layers.Layer) => name.startsWith(`${block}/`);
  const members = model.layers.filter(isWithin);
  const readOutside = new Set(
    model.layers
      .filter((layer) => !isWithin(layer))
      .flatMap((layer) => usesIn(model, layer))
      .flatMap(({ inboundLayers }) => inboundLayers),
  );
  const ends = members.filter(
    (layer) =>
      readOutside.has(layer) || model.outputs.some(({ sourceLayer }) => sourceLayer === layer),
  );
  const [end = members.at(-1), ...others] = ends;
  if (others.length > 0) {
    const several = ends.map((layer) => `"${layer.name}"`).join(', ');
    throw new Error(`The block "${block}" has several outputs: name one of ${several}.`);
  }
  return end;
}

/** Uses of a layer in this model; other models may use it too. */
export function usesIn(
  model: tf.LayersModel,
  layer: tf.layers.Layer,
): tf.layers.Layer['inboundNodes'] {
  const isIn = (index: number) => model.containerNodes.has(`${layer.name}_ib-${index}`);
  const uses = layer.inboundNodes.filter((_, index) => isIn(index));
  // A sequential model begins with the graph of its first model itself, not with a use of that.
  return uses.length === 0 && layer instanceof tf.LayersModel
    ? layer.inboundNodes.slice(0, 1)
    : uses;
}

/** An error that names the layers that look like the one that is not there. */
export function noSuchLayer(model: tf.LayersModel, name: string): Error {
  const [block = name] = name.split('/');
  const all = layersOf(model).map((layer) => layer.name);
  const alike = all.filter((other) => other.startsWith(block));
  const shown = (names: readonly string[]) =>
    names.slice(0, listed).join(', ') + (names.length > listed ? ', …' : '');
  const hint =
    alike.length > 0
      ? `Those that begin with "${block}" are: ${shown(alike)}.`
      : `The first are: ${shown(all)}.`;
  return new Error(`The model "${model.name}" has no layer "${name}". ${hint}`);
}
