/** Tells those who listen to the page what others see. */
export function announce(text: string): void {
  const region = document.getElementById('page-announcement');
  if (region) region.textContent = text;
}
