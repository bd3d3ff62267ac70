import { stripVTControlCharacters } from 'node:util';
import { textOf, type MimeBundle, type MultilineText, type Output } from '../notebook/notebook.js';
import { html, type Html } from './html.js';

/** A file that stands beside a page. */
export interface SiteFile {
  /** Relative to the site's folder. */
  readonly path: string;
  readonly content: string | Buffer;
}

/** A cell's outputs as HTML, and the files that it refers to. */
export interface RenderedOutputs {
  readonly html: Html[];
  readonly files: SiteFile[];
}

/**
 * Renders what a cell put out. Nothing of it is taken for HTML: texts are escaped, pictures are
 * files that the browser shows as images, where scripts do not run.
 *
 * @param name begins the names of the files: `plots/01-the-convolution-unit-code-1a2b3c4d`
 */
export function renderOutputs(outputs: readonly Output[], name: string): RenderedOutputs {
  const rendered = outputs.map((output, i) => renderOutput(output, `${name}-${i + 1}`));
  return {
    html: rendered.map((output) => output.html),
    files: rendered.flatMap((output) => output.files),
  };
}

interface RenderedOutput {
  readonly html: Html;
  readonly files: SiteFile[];
}

function renderOutput(output: Output, name: string): RenderedOutput {
  switch (output.output_type) {
    case 'stream':
      return text(output.text, output.name);
    case 'error':
      return text(stripVTControlCharacters(output.traceback.join('\n')), 'error');
    default:
      return renderBundle(output.data, name);
  }
}

/** The richest format that a page can show safely. */
function renderBundle(data: MimeBundle, name: string): RenderedOutput {
  const plain = textOf((data['text/plain'] ?? '') as MultilineText);
  const plot = data['application/vnd.vegalite.v5+json'];
  const svg = data['image/svg+xml'];
  const png = data['image/png'];
  if (svg !== undefined) {
    const picture = { path: `${name}.svg`, content: textOf(svg as MultilineText) };
    const specification = { path: `${name}.json`, content: JSON.stringify(plot) };
    const image = html`<img src="${picture.path}" alt="${plain}" />`;
    // The page's script draws the plot itself in the image's place; printed or without scripts,
    // the image stays.
    return plot === undefined
      ? { html: html`<figure>${image}</figure>`, files: [picture] }
      : {
          html: html`<figure class="plot" data-specification="${specification.path}">
            ${image}
          </figure>`,
          files: [picture, specification],
        };
  }
  if (png !== undefined) {
    const path = `${name}.png`;
    const content = Buffer.from(textOf(png as MultilineText), 'base64');
    return {
      html: html`<figure><img src="${path}" alt="${plain}" /></figure>`,
      files: [{ path, content }],
    };
  }
  return text(plain, 'result');
}

function text(content: MultilineText, kind: string): RenderedOutput {
  return { html: html`<pre class="output ${kind}">${textOf(content)}</pre>`, files: [] };
}
