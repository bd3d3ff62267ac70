import { textOf, type MimeBundle, type MultilineText, type Output } from '../notebook/notebook.js';
import { fileType, shownFile, type ShownFile } from '../notebook/shown-file.js';
import { html, type Html } from './html.js';
import { renderTerminalText } from './terminal-text.js';

/** Where the pictures of outputs are put; both methods tell the address at which a page finds them. */
export interface Shelf {
  /** @param content the text of an SVG, or a PNG in base64 */
  readonly putPicture: (content: string, type: 'svg' | 'png') => string;
  /** `undefined` where whoever shows the page has the specification at hand. */
  readonly putSpecification: (plot: unknown) => string | undefined;
}

/**
 * Renders something that a cell put out. Nothing of it is taken for HTML: texts are escaped, pictures
 * are shown as images, where scripts do not run.
 */
export function renderOutput(output: Output, shelf: Shelf): Html {
  switch (output.output_type) {
    case 'stream':
      return text(output.text, output.name);
    case 'error':
      return text(output.traceback.join('\n'), 'error');
    default:
      return renderBundle(output.data, shelf);
  }
}

/** The richest format that a page can show safely. */
function renderBundle(data: MimeBundle, shelf: Shelf): Html {
  const plain = textOf((data['text/plain'] ?? '') as MultilineText);
  const plot = data['application/vnd.vegalite.v5+json'];
  const svg = data['image/svg+xml'];
  const png = data['image/png'];
  if (plot !== undefined) return renderPlot(plot, svg as MultilineText | undefined, plain, shelf);
  if (svg !== undefined) return picture(textOf(svg as MultilineText), 'svg', plain, shelf);
  if (png !== undefined) return picture(textOf(png as MultilineText), 'png', plain, shelf);
  const file = shownFile(data[fileType]);
  if (file) return link(file, plain);
  return text(plain, 'result');
}

/** Under a type that no browser opens: what it holds is saved, and never runs in the page's name. */
function link({ name, text }: ShownFile, plain: string): Html {
  const address = `data:application/octet-stream,${encodeURIComponent(text)}`;
  const anchor = html`<a href="${address}" download="${name}">Save ${name}</a>`;
  return html`<pre class="output result">${plain}  ${anchor}</pre>`;
}

/**
 * The page's script draws the plot itself in the image's place; printed or without scripts, the image
 * stays.
 */
function renderPlot(
  plot: unknown,
  svg: MultilineText | undefined,
  plain: string,
  shelf: Shelf,
): Html {
  const image = svg === undefined ? html`<p>${plain}</p>` : fallback(textOf(svg), plain, shelf);
  const address = shelf.putSpecification(plot);
  const specification = address !== undefined && html`data-specification="${address}"`;
  return html`<figure class="plot" ${specification}>${image}</figure>`;
}

/** It is fetched when the reader comes near, if no plot has been drawn by then. */
function fallback(svg: string, plain: string, shelf: Shelf): Html {
  const source = html`src="${shelf.putPicture(svg, 'svg')}" alt="${plain}"`;
  const [, width, height] = /^<svg[^>]* width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  // The page keeps its place free.
  const size = width !== undefined && html`width="${width}" height="${height}"`;
  return html`<img ${source} ${size} loading="lazy" />`;
}

function picture(content: string, type: 'svg' | 'png', plain: string, shelf: Shelf): Html {
  return html`<figure><img src="${shelf.putPicture(content, type)}" alt="${plain}" /></figure>`;
}

/** Lines that are too long for the page are broken; not those of tables, which scroll. */
function text(content: MultilineText, kind: string): Html {
  const whole = textOf(content);
  const table = /[\u2500-\u257f]/.test(whole) ? ' table-text' : '';
  return html`<pre class="output ${kind}${table}">${renderTerminalText(whole)}</pre>`;
}
