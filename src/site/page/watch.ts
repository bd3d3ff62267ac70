/** Shows a lesson's outputs when it has been run; until then, says how far it is. */
import type { LessonState } from '../state.js';
import { find } from './dom.js';

/** Puts a cell's outputs into the page. */
export type PutOutputs = (cell: string, outputs: readonly Node[]) => void;

/**
 * Waits for the lesson to have run, and then takes over what the new page has: whoever is typing
 * already is not to be disturbed.
 */
export async function watch(put: PutOutputs): Promise<void> {
  const { lesson = '', status } = document.body.dataset;
  if (status !== 'waiting' && status !== 'running') return;
  try {
    const response = await fetch('state.json', { cache: 'no-store' });
    const state = ((await response.json()) as Record<string, LessonState>)[lesson];
    if (state?.status === 'done' || state?.status === 'failed') {
      await takeOver(put);
      return;
    }
    if (state?.status === 'running') {
      find('#page-progress').textContent = `Cell ${state.cell} of ${state.cells}.`;
    }
  } catch {
    // The server has gone; it may come back.
  }
  setTimeout(() => void watch(put), 1000);
}

async function takeOver(put: PutOutputs): Promise<void> {
  const response = await fetch(location.href.replace(/#.*/, ''), { cache: 'no-store' });
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const cell of page.querySelectorAll<HTMLElement>('.cell[data-cell]')) {
    const outputs = cell.querySelector(':scope > .outputs');
    if (outputs) put(cell.dataset.cell ?? '', [...outputs.childNodes]);
  }
  const banner = page.querySelector('.banner');
  if (banner) document.querySelector('.banner')?.replaceWith(banner);
  else document.querySelector('.banner')?.remove();
  document.body.dataset.status = page.body.dataset.status;
}
