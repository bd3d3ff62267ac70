import type { VisualizationSpec } from 'vega-embed';
import { textOf, type Output } from '../../notebook/notebook.js';
import { renderOutput, type Shelf } from '../outputs.js';
import { drawPlot } from './plots.js';

/** The page keeps no files: pictures stand in their addresses. */
const shelf: Shelf = {
  putPicture: (content, type) =>
    type === 'png'
      ? `data:image/png;base64,${content.replace(/\s/g, '')}`
      : `data:image/svg+xml,${encodeURIComponent(content)}`,
  putSpecification: () => undefined,
};

interface Shown {
  readonly output: Output;
  /** What tells that it has changed. */
  readonly state: unknown;
  readonly element: Element;
}

/** What a cell puts out, as it comes. Only what has changed is drawn anew. */
export class OutputView {
  readonly #place: HTMLElement;
  #shown: Shown[] = [];

  constructor(place: HTMLElement) {
    this.#place = place;
  }

  show(outputs: readonly Output[]): void {
    this.#shown.slice(outputs.length).forEach(({ element }) => {
      element.remove();
    });
    this.#shown = outputs.map((output, i) => {
      const before = this.#shown[i];
      const state = stateOf(output);
      if (before?.output === output && before.state === state) return before;
      const element = render(output);
      if (before) before.element.replaceWith(element);
      else this.#place.append(element);
      return { output, state, element };
    });
  }
}

function stateOf(output: Output): unknown {
  if (output.output_type === 'stream') return textOf(output.text).length;
  return output.output_type === 'error' ? output.traceback : output.data;
}

function render(output: Output): Element {
  const template = document.createElement('template');
  template.innerHTML = renderOutput(output, shelf).text;
  const element = template.content.firstElementChild;
  if (!element) throw new Error('An output has nothing to show.');
  if (element instanceof HTMLElement && element.matches('figure.plot') && 'data' in output) {
    void drawPlot(element, output.data['application/vnd.vegalite.v5+json'] as VisualizationSpec);
  }
  return element;
}
