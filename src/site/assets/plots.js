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

/** Draws the plots in the place of their static images, from the top. */
export async function drawPlots() {
  for (const figure of document.querySelectorAll('figure.plot')) await drawPlot(figure);
}

async function drawPlot(figure) {
  const response = await fetch(figure.dataset.specification);
  if (!response.ok) return; // The static image stays.
  const container = document.createElement('div');
  await window.vegaEmbed(container, await response.json(), {
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
