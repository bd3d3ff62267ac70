import { announce } from './announce.js';
import { button, make } from './dom.js';

/** Makes code easy to take along, and what scrolls reachable by keyboard. */
export function prepareCode(): void {
  // Browsers offer the clipboard only to pages from this machine or over https.
  if ('clipboard' in navigator) {
    document.querySelectorAll<HTMLElement>('pre:has(> code)').forEach(addCopyButton);
  }
  makeReachable(document);
}

const observer = new ResizeObserver((entries) => {
  for (const { target } of entries) reachByArrows(target as HTMLElement);
});

/** Lets what is too wide for the page be scrolled by keyboard. */
export function makeReachable(within: ParentNode): void {
  const scrollers = within.querySelectorAll('pre, figure, .table, .katex-display');
  for (const scroller of scrollers) observer.observe(scroller);
}

function addCopyButton(pre: HTMLElement): void {
  const copy = button('Copy', () => void copyText(pre.textContent, copy), 'copy');
  copy.setAttribute('aria-label', 'Copy this code');
  const frame = make('div', { class: 'copyable' });
  pre.replaceWith(frame);
  frame.append(pre, copy);
}

async function copyText(text: string, button: HTMLElement): Promise<void> {
  const said = await navigator.clipboard.writeText(text).then(
    () => 'Copied',
    () => 'Not copied',
  );
  button.textContent = said;
  announce(said);
  setTimeout(() => {
    button.textContent = 'Copy';
    announce('');
  }, 2000);
}

/** The arrow keys scroll only what can have the focus. */
function reachByArrows(scroller: HTMLElement): void {
  if (scroller.scrollWidth > scroller.clientWidth) scroller.tabIndex = 0;
  else scroller.removeAttribute('tabindex');
}
