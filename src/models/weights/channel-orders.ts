import type { tf } from '../../backends/tf.js';

/** Place i holds which channel of the published network our channel i is. */
export type ChannelOrder = readonly number[];

/** The numbers of a concatenation's branches in the order in which the published network has them. */
export type BranchOrder = (concatenation: string) => readonly number[] | undefined;

/**
 * Where a published network concatenates its branches in another order than ours, the same
 * channels stand in other places, and every kernel that reads them has its inputs in another
 * order. This finds that order for a tensor, back to the nearest convolutions, through whatever
 * leaves channels where they are: batch normalization, activations, pools, dropout.
 *
 * @param branchOrder where it gives nothing, branches are concatenated as they are numbered
 * @returns a function from a tensor `[batch, …, channels]` to the order of its channels
 */
export function channelOrders(
  branchOrder: BranchOrder,
): (tensor: tf.SymbolicTensor) => ChannelOrder {
  const known = new Map<tf.SymbolicTensor, ChannelOrder>();
  const orderOf = (tensor: tf.SymbolicTensor): ChannelOrder => {
    const order = known.get(tensor) ?? findOrder(tensor);
    known.set(tensor, order);
    return order;
  };
  const findOrder = ({ sourceLayer: layer, inputs, shape }: tf.SymbolicTensor): ChannelOrder => {
    const type = layer.getClassName();
    if (inputs.length === 0 || type === 'Conv2D' || type === 'Dense') return range(shape.at(-1));
    if (type !== 'Concatenate') return agree(layer.name, inputs.map(orderOf));
    const parts = inputs.map((input) => ({
      branch: branchNumber(layer.name, input.sourceLayer.name),
      order: orderOf(input),
    }));
    return concatenate(layer.name, parts, branchOrder(layer.name));
  };
  return orderOf;
}

interface Part {
  readonly branch: number;
  readonly order: ChannelOrder;
}

/** The parts as we concatenate them, each channel counted as it is when they stand as published. */
function concatenate(
  name: string,
  parts: readonly Part[],
  published: readonly number[] | undefined,
): ChannelOrder {
  const numbers = parts.map(({ branch }) => branch).sort((a, b) => a - b);
  const starts = new Map<number, number>();
  let start = 0;
  for (const branch of published ?? numbers) {
    starts.set(branch, start);
    start += parts.find((part) => part.branch === branch)?.order.length ?? 0;
  }
  if (starts.size !== parts.length || numbers.some((branch) => !starts.has(branch))) {
    throw new Error(
      `"${name}" concatenates the branches ${numbers.join(', ')}, ` +
        `but the published network has ${[...starts.keys()].join(', ')}.`,
    );
  }
  return parts.flatMap(({ branch, order }) =>
    order.map((channel) => channel + (starts.get(branch) ?? 0)),
  );
}

/** 3 for the layer `inceptionC1/branch3/fork1/concat` that feeds `inceptionC1/concat`. */
function branchNumber(concatenation: string, input: string): number {
  const block = concatenation.replace(/concat$/, '');
  const [, number] = /^branch(\d+)\//.exec(input.replace(block, '')) ?? [];
  if (number !== undefined) return Number(number);
  throw new Error(
    `"${concatenation}" concatenates the output of "${input}", which is none of its branches ` +
      `"${block}branch1/…": these weights can be loaded into the library's own networks only.`,
  );
}

/** Several inputs, as of an addition, must have the same channels in the same places. */
function agree(layer: string, orders: readonly ChannelOrder[]): ChannelOrder {
  const [first = [], ...others] = orders;
  if (others.every((other) => other.every((channel, i) => channel === first[i]))) return first;
  throw new Error(
    `The inputs of "${layer}" have their channels in different orders in the published network: ` +
      'build the network with its branches concatenated as published.',
  );
}

function range(length: number | null | undefined): ChannelOrder {
  return Array.from({ length: length ?? 0 }, (_, i) => i);
}
