import { basename } from 'node:path';
import sharp from 'sharp';
import type { tf } from '../backends/tf.js';
import { useBackend } from '../backends/node/use-backend.js';
import { renderSvg } from '../kernel/display/render-svg.js';
import { gradCam } from '../models/analysis/grad-cam.js';
import { occlusion } from '../models/analysis/occlusion.js';
import { leavesBackgroundOut, predict, type Prediction } from '../models/predict.js';
import { readImage, type Image } from '../models/pictures/read-image.js';
import { resizeAndCrop } from '../models/pictures/resize.js';
import { writeFileSafely } from '../notebook/files.js';
import { html, Html } from '../site/html.js';
import { heatMap } from '../viz/heat-map.js';
import { modelArgument, pictureSize, weightsAndPicture } from './model-argument.js';

export interface ExplainFlags {
  readonly output: string;
  readonly top: number;
  readonly input?: [height: number, width: number, channels: number];
}

/** What is drawn of a class: its pictures, as SVG. */
interface Explanation {
  readonly prediction: Prediction;
  readonly svgs: readonly string[];
}

/**
 * Writes what a network with weights from a file finds most probable for a picture, and what speaks for
 * each class: Grad-CAM, and occlusion for the first. A page, or a PNG.
 *
 * @param name of a network, or the path of a recipe or of a `model.json`
 * @throws Error if there is no such network, a file cannot be read or written, or the weights do not
 *   fit the network.
 */
export async function explain(
  name: string,
  first: string,
  second: string | undefined,
  { output, top, ...flags }: ExplainFlags,
): Promise<void> {
  const [weights, picture] = await weightsAndPicture(name, first, second);
  if (!/\.(html|png)$/.test(output)) {
    throw new Error(
      `The output "${output}" ends with neither .html nor .png: choose one of these.`,
    );
  }
  // Before the network is built, which takes longer.
  const original = await readImage(picture);
  await useBackend();
  const argument = await modelArgument(name, { ...flags, weights });
  const { model, crop, labels } = argument;
  const image = resizeAndCrop(original, { size: pictureSize(argument), crop });
  const explanations: Explanation[] = [];
  const classes = Number(model.outputs[0]?.shape.at(-1));
  const shift = leavesBackgroundOut(classes, labels) ? 1 : 0;
  for (const prediction of await predict(model, image, { top, ...(labels && { labels }) })) {
    const which = { index: prediction.index + shift, isFirst: explanations.length === 0 };
    explanations.push({ prediction, svgs: await drawClass(model, image, prediction, which) });
  }
  model.dispose();
  const content = output.endsWith('.png')
    ? await stack(explanations)
    : page(name, basename(picture), explanations);
  await writeFileSafely(output, content);
  console.log(`Wrote ${output}.`);
}

async function drawClass(
  model: tf.LayersModel,
  image: Image,
  prediction: Prediction,
  { index, isFirst }: { readonly index: number; readonly isFirst: boolean },
): Promise<string[]> {
  const cam = await gradCam(model, image, { class: index });
  const pictures = [
    heatMap(image, cam, { title: `Grad-CAM: ${titleOf(prediction)}`, quantity: 'speaks for it' }),
  ];
  if (isFirst) {
    // Six squares a side: more would take minutes on WebAssembly.
    const size = Math.ceil(Math.min(image.width, image.height) / 6);
    const map = await occlusion(model, image, { class: index, size, stride: size });
    const title = `Covered: ${titleOf(prediction)}`;
    pictures.push(heatMap(image, map, { title, quantity: 'less probable by' }));
  }
  return pictures.map(renderSvg);
}

function titleOf({ label, probability }: Prediction): string {
  return `${label}, ${(100 * probability).toFixed(1)} %`;
}

function page(network: string, picture: string, explanations: readonly Explanation[]): string {
  const sections = explanations.map(
    ({ prediction, svgs }): Html =>
      html`<section>
        <h2>${titleOf(prediction)}</h2>
        ${svgs.map((svg) => new Html(svg))}
      </section>`,
  );
  const style =
    'body { font-family: system-ui; margin: 2rem } svg { max-width: 100%; height: auto }';
  return html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>What ${network} sees in ${picture}</title>
      <style>
        ${new Html(style)}
      </style>
      <h1>What ${network} sees in ${picture}</h1>
      ${sections}
    </html>`.text;
}

/** All pictures, one below the other. */
async function stack(explanations: readonly Explanation[]): Promise<Buffer> {
  const svgs = explanations.flatMap((explanation) => explanation.svgs);
  const pictures = await Promise.all(
    svgs.map((svg) => sharp(Buffer.from(svg)).png().toBuffer({ resolveWithObject: true })),
  );
  const width = Math.max(...pictures.map(({ info }) => info.width));
  const tops = pictures.map((_, i) =>
    pictures.slice(0, i).reduce((sum, { info }) => sum + info.height, 0),
  );
  const height = pictures.reduce((sum, { info }) => sum + info.height, 0);
  return sharp({ create: { width, height, channels: 3, background: 'white' } })
    .composite(pictures.map(({ data }, i) => ({ input: data, left: 0, top: tops[i] ?? 0 })))
    .png()
    .toBuffer();
}
