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

/** What the page's own script element has loaded. */
declare global {
  interface Window {
    vegaEmbed(container: HTMLElement, specification: unknown, options: object): Promise<unknown>;
  }
}

/**
 * Draws the plots in the place of their static images: from the top those that are in sight or near,
 * then the others, when the page has nothing else to do.
 */
export async function drawPlots(within: ParentNode = document): Promise<void> {
  const figures = [...within.querySelectorAll<HTMLElement>('figure.plot[data-specification]')];
  const near = figures.filter((figure) => figure.getBoundingClientRect().top < 2 * innerHeight);
  for (const figure of near) await fetchAndDraw(figure);
  for (const figure of figures.filter((figure) => !near.includes(figure))) {
    await leisure();
    await fetchAndDraw(figure);
  }
}

async function fetchAndDraw(figure: HTMLElement): Promise<void> {
  const response = await fetch(figure.dataset.specification ?? '');
  // Else the static image stays.
  if (response.ok) await drawPlot(figure, await response.json());
}

/** Not every browser says when it has some. */
function leisure(): Promise<unknown> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(resolve);
    else setTimeout(resolve, 100);
  });
}

/** Draws a plot in the place of its static image. */
export async function drawPlot(figure: HTMLElement, specification: unknown): Promise<void> {
  const container = document.createElement('div');
  await window.vegaEmbed(container, specification, {
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
