import { totalCost, type Cost, type LayerSummary, type ModelSummary } from './summarize.js';

export interface FormatSummaryOptions {
  /** How many levels of names are shown: 1 the blocks, 2 their branches, and so on. Default: 1. */
  readonly depth?: number;
}

/** A name of the tree and all layers below it. */
interface Node {
  readonly name: string;
  readonly layers: LayerSummary[];
  readonly children: Map<string, Node>;
}

/** One line of the table. */
type Row = readonly [name: string, shape: string, ...numbers: string[]];

const header: Row = ['', 'output', 'parameters', 'multiply-adds', 'activations', 'MB'];

/**
 * A summary as a text table: a tree of the layers' names, each with what all below it cost.
 *
 * @returns lines for a terminal, in a fixed-width font
 */
export function formatSummary(
  summary: ModelSummary,
  { depth = 1 }: FormatSummaryOptions = {},
): string {
  const root = treeOf(summary);
  const rows = [header, ...rowsOf(root, depth, '')];
  const widths = header.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: Row) =>
    row
      .map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ');
  const lines = rows.map((row) => line(row).trimEnd());
  const { parameters, trainableParameters } = summary;
  if (trainableParameters !== parameters) {
    lines.push(
      `${trainableParameters.toLocaleString('en')} of the parameters are trainable, the others frozen.`,
    );
  }
  return lines.join('\n');
}

function treeOf({ name, layers }: ModelSummary): Node {
  const root: Node = { name, layers: [], children: new Map() };
  for (const layer of layers) {
    if (layer.type === 'InputLayer') continue;
    let node = root;
    node.layers.push(layer);
    for (const part of layer.name.split('/')) {
      const child: Node = node.children.get(part) ?? {
        name: part,
        layers: [],
        children: new Map(),
      };
      node.children.set(part, child);
      child.layers.push(layer);
      node = child;
    }
  }
  return root;
}

function rowsOf(node: Node, depth: number, indent: string): Row[] {
  const children = depth > 0 ? inFigureOrder([...node.children.values()]) : [];
  return [
    [`${indent}${node.name}`, shapeOf(node), ...numbersOf(totalCost(node.layers))],
    ...children.flatMap((child) => rowsOf(child, depth - 1, `${indent}  `)),
  ];
}

/** Branches from left to right; a model lists its layers by their distance from the output. */
function inFigureOrder(nodes: readonly Node[]): Node[] {
  const branchNumber = ({ name }: Node) => Number(/^branch(\d+)$/.exec(name)?.[1]);
  const isBranch = (node: Node) => !Number.isNaN(branchNumber(node));
  const branches = nodes.filter(isBranch).sort((a, b) => branchNumber(a) - branchNumber(b));
  return nodes.map((node) => (isBranch(node) ? (branches.shift() ?? node) : node));
}

function shapeOf({ layers }: Node): string {
  return (layers.at(-1)?.outputShape ?? []).map((size) => size ?? '?').join(' × ');
}

function numbersOf({ parameters, multiplyAdds, activations, activationBytes }: Cost): string[] {
  const counts = [parameters, multiplyAdds, activations];
  const megabytes = (activationBytes / 1e6).toFixed(1);
  return [...counts.map((count) => count.toLocaleString('en')), megabytes];
}
