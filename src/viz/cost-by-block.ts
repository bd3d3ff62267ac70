import { okabeIto } from './colours.js';
import { needNumbers, needSome } from './given.js';
import { specification, type Specification } from './specification.js';

/** What one block, or one layer, costs. */
export interface BlockCost {
  readonly name: string;
  readonly parameters: number;
  readonly multiplyAdds: number;
}

export interface CostByBlockOptions {
  readonly title?: string;
}

/**
 * Parameters and multiply-adds side by side, one bar a block, from the input to the output.
 *
 * @throws Error if there is no block, or if a cost is no finite number.
 */
export function costByBlock(
  blocks: readonly BlockCost[],
  { title = 'What each block costs' }: CostByBlockOptions = {},
): Specification {
  needSome(blocks, 'blocks');
  for (const { name, parameters, multiplyAdds } of blocks) {
    needNumbers({ parameters, multiplyAdds }, `the block "${name}"`);
  }
  const names = blocks.map(({ name }) => name);
  const values = blocks.map(({ name, parameters, multiplyAdds }) => ({
    name,
    parameters,
    multiplyAdds,
  }));
  const panel = (field: 'parameters' | 'multiplyAdds', quantity: string, colour: string) => ({
    width: 240,
    height: { step: 20 },
    mark: { type: 'bar', color: colour, cornerRadiusEnd: 2 },
    encoding: {
      y: {
        field: 'name',
        type: 'nominal',
        sort: names,
        title: null,
        axis: { labels: field === 'parameters', ticks: false, labelLimit: 160 },
      },
      x: {
        field,
        type: 'quantitative',
        title: quantity,
        axis: { format: '~s', tickCount: 4 },
      },
      tooltip: [
        { field: 'name', type: 'nominal', title: 'block' },
        { field: 'parameters', type: 'quantitative', format: ',' },
        { field: 'multiplyAdds', type: 'quantitative', title: 'multiply-adds', format: ',' },
      ],
    },
  });
  return specification({
    description: `${title}: parameters and multiply-adds of ${blocks.length} blocks.`,
    title,
    data: { values },
    hconcat: [
      panel('parameters', 'trainable parameters', okabeIto.blue),
      panel('multiplyAdds', 'multiply-adds an image', okabeIto.vermilion),
    ],
    spacing: 12,
  });
}
