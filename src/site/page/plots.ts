import type { VisualizationSpec } from 'vega-embed';
import { whenNear } from './when-near.js';

/** Colours and letters for what specifications leave open: the page's own, light or dark. */
const plotConfig = {
  background: 'transparent',
  title: { color: 'var(--ink)', subtitleColor: 'var(--quiet)' },
  axis: {
    labelColor: 'var(--ink)',
    titleColor: 'var(--quiet)',
    gridColor: 'var(--line)',
    tickColor: 'var(--line)',
  },
  legend: { labelColor: 'var(--ink)', titleColor: 'var(--quiet)' },
  text: { color: 'var(--ink)' },
};

/** The package's types are of another kind of module than the one that is bundled. */
interface VegaEmbed {
  readonly default: typeof import('vega-embed').default;
}

/** Plots that the reader has not come near to yet. */
const waiting = whenNear(0.5, (figure) => void fetchAndDraw(figure as HTMLElement));

/** Draws plots in the place of their static images, each when the reader comes near to it. */
export function drawPlots(within: ParentNode = document): void {
  const undrawn = 'figure.plot[data-specification]:not([data-drawn])';
  for (const figure of within.querySelectorAll(undrawn)) waiting.observe(figure);
}

async function fetchAndDraw(figure: HTMLElement): Promise<void> {
  const response = await fetch(figure.dataset.specification ?? '');
  // Else the static image stays.
  if (response.ok) await drawPlot(figure, (await response.json()) as VisualizationSpec);
}

/** Draws a plot in the place of its static image. */
export async function drawPlot(
  figure: HTMLElement,
  specification: VisualizationSpec,
): Promise<void> {
  // Vega is as large as all else that the page has: it comes with the first plot.
  const { default: vegaEmbed } = (await import('vega-embed')) as unknown as VegaEmbed;
  const container = document.createElement('div');
  await vegaEmbed(container, specification, {
    mode: 'vega-lite',
    renderer: 'svg',
    actions: false,
    // Interprets expressions instead of compiling them: the page forbids code from texts.
    ast: true,
    config: plotConfig,
  });
  // A mark without words, as a photograph's, has nothing to say beside the plot's description.
  for (const mark of container.querySelectorAll('[aria-label=""]')) mark.ariaHidden = 'true';
  figure.replaceChildren(container);
  figure.dataset.drawn = 'true';
}
