import type { Output } from '../notebook/notebook.js';
import type { Html } from './html.js';
import { renderOutput, type Shelf } from './outputs.js';

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
 * Renders what a cell put out, with its pictures as files beside the page.
 *
 * @param name begins the names of the files: `plots/01-the-convolution-unit-code-1a2b3c4d`
 */
export function renderOutputs(outputs: readonly Output[], name: string): RenderedOutputs {
  const files: SiteFile[] = [];
  const put = (path: string, content: string | Buffer) => {
    files.push({ path, content });
    return path;
  };
  const shelfOf = (beginning: string): Shelf => ({
    putPicture: (content, type) =>
      put(`${beginning}.${type}`, type === 'png' ? Buffer.from(content, 'base64') : content),
    putSpecification: (plot) => put(`${beginning}.json`, JSON.stringify(plot)),
  });
  const html = outputs.map((output, i) => renderOutput(output, shelfOf(`${name}-${i + 1}`)));
  return { html, files };
}
