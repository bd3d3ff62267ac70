const region = document.getElementById('page-announcement');

/** Tells those who listen to the page what others see. */
export function announce(text) {
  region.textContent = text;
}
