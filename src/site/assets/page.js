// What a page does by itself: it draws its plots, and watches for outputs that are still to come.

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

async function drawPlot(figure) {
  const response = await fetch(figure.dataset.specification);
  if (!response.ok) return; // The static image stays.
  const container = document.createElement('div');
  await vegaEmbed(container, await response.json(), {
    mode: 'vega-lite',
    renderer: 'svg',
    actions: false,
    // Interprets expressions instead of compiling them: the page forbids code from texts.
    ast: true,
    config: plotConfig,
  });
  figure.replaceChildren(container);
  figure.dataset.drawn = 'true';
}

async function drawPlots() {
  for (const figure of document.querySelectorAll('figure.plot')) await drawPlot(figure);
}

/** Reloads the page when its lesson has been run; until then, says how far it is. */
async function watch({ lesson, status }) {
  if (status !== 'waiting' && status !== 'running') return;
  try {
    const response = await fetch('state.json', { cache: 'no-store' });
    const state = (await response.json())[lesson];
    if (state.status === 'done' || state.status === 'failed') {
      location.reload();
      return;
    }
    if (state.status === 'running') {
      document.getElementById('progress').textContent = `Cell ${state.cell} of ${state.cells}.`;
    }
  } catch {
    // The server has gone; it may come back.
  }
  setTimeout(() => watch({ lesson, status }), 1000);
}

drawPlots();
watch(document.body.dataset);
