import { announce } from './announce.js';

/** Makes code easy to take along, and what scrolls reachable by keyboard. */
export function prepareCode() {
  // Browsers offer the clipboard only to pages from this machine or over https.
  if (navigator.clipboard) document.querySelectorAll('pre:has(> code)').forEach(addCopyButton);
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) makeReachable(target);
  });
  const scrollers = document.querySelectorAll('pre, figure, .table, .katex-display');
  for (const scroller of scrollers) observer.observe(scroller);
}

function addCopyButton(pre) {
  const frame = document.createElement('div');
  frame.className = 'copyable';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.setAttribute('aria-label', 'Copy this code');
  button.addEventListener('click', () => copy(pre.textContent, button));
  pre.replaceWith(frame);
  frame.append(pre, button);
}

async function copy(text, button) {
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
function makeReachable(scroller) {
  if (scroller.scrollWidth > scroller.clientWidth) scroller.tabIndex = 0;
  else scroller.removeAttribute('tabindex');
}
