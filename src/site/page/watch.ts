/** Shows a lesson's outputs when it has been run; until then, says how far it is. */
import { drawPlots } from './plots.js';
import type { LessonState } from '../state.js';
import { find } from './dom.js';

/**
 * Waits for the lesson to have run, and then takes over what the new page has: whoever is typing
 * already is not to be disturbed.
 *
 * @param isUntouched whether a cell's outputs are still the lesson's own
 */
export async function watch(isUntouched: (cell: string) => boolean): Promise<void> {
  const { lesson = '', status } = document.body.dataset;
  if (status !== 'waiting' && status !== 'running') return;
  try {
    const response = await fetch('state.json', { cache: 'no-store' });
    const state = ((await response.json()) as Record<string, LessonState>)[lesson];
    if (state?.status === 'done' || state?.status === 'failed') {
      await takeOver(isUntouched);
      return;
    }
    if (state?.status === 'running') {
      find('#page-progress').textContent = `Cell ${state.cell} of ${state.cells}.`;
    }
  } catch {
    // The server has gone; it may come back.
  }
  setTimeout(() => void watch(isUntouched), 1000);
}

async function takeOver(isUntouched: (cell: string) => boolean): Promise<void> {
  const response = await fetch(location.href.replace(/#.*/, ''), { cache: 'no-store' });
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const cell of page.querySelectorAll<HTMLElement>('.cell[data-cell]')) {
    const name = cell.dataset.cell ?? '';
    const here = document.querySelector(`.cell[data-cell="${name}"] > .outputs`);
    const there = cell.querySelector(':scope > .outputs');
    if (here && there && isUntouched(name)) here.replaceChildren(...there.childNodes);
  }
  const banner = page.querySelector('.banner');
  if (banner) document.querySelector('.banner')?.replaceWith(banner);
  else document.querySelector('.banner')?.remove();
  document.body.dataset.status = page.body.dataset.status;
  drawPlots();
}
