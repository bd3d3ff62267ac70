import { useBackend } from '../backends/node/use-backend.js';
import { renderSvg } from '../kernel/display/render-svg.js';
import { diagram } from '../models/analysis/diagram.js';
import { blockDiagram } from '../viz/block-diagram.js';
import { writeFileSafely } from '../notebook/files.js';
import { modelArgument, type ModelFlags } from './model-argument.js';

export interface DiagramFlags extends ModelFlags {
  readonly output: string;
}

/**
 * Draws a network, or one block of it, as the paper does.
 *
 * @param name of a network, or the path of a `model.json`
 * @throws Error if there is no such network or block, or the picture cannot be written.
 */
export async function drawDiagram(
  name: string,
  block: string | undefined,
  { output, ...flags }: DiagramFlags,
): Promise<void> {
  await useBackend();
  const { model, ...size } = await modelArgument(name, flags);
  const drawn = diagram(model, block, size);
  await writeFileSafely(output, renderSvg(blockDiagram(drawn, { title: block ?? model.name })));
  console.log(`Wrote ${output}.`);
}
