/** Reloads the page when its lesson has been run; until then, says how far it is. */
export async function watch({ lesson, status }) {
  if (status !== 'waiting' && status !== 'running') return;
  try {
    const response = await fetch('state.json', { cache: 'no-store' });
    const state = (await response.json())[lesson];
    if (state.status === 'done' || state.status === 'failed') {
      location.reload();
      return;
    }
    if (state.status === 'running') {
      const text = `Cell ${state.cell} of ${state.cells}.`;
      document.getElementById('page-progress').textContent = text;
    }
  } catch {
    // The server has gone; it may come back.
  }
  setTimeout(() => watch({ lesson, status }), 1000);
}
