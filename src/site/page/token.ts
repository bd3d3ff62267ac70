const key = 'inception-lab:token';

/**
 * The token with which this page may start kernels: it comes with the address that `npm start` prints,
 * and does not stay in the address bar, where it would be copied along.
 */
export function takeToken(): string | undefined {
  const address = new URL(location.href);
  const given = address.searchParams.get('token');
  if (given === null) return recall();
  address.searchParams.delete('token');
  history.replaceState(history.state, '', address);
  remember(given);
  tellOtherPages(given);
  return given;
}

/** A server that was started anew has another token: pages that are open learn it from a new one. */
export function takeTokensOfOtherPages(): void {
  openChannel()?.addEventListener('message', ({ data }) => {
    remember(String(data));
  });
}

function tellOtherPages(token: string): void {
  const channel = openChannel();
  channel?.postMessage(token);
  channel?.close();
}

function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(key);
  } catch {
    return undefined; // A page without an origin of its own has no others beside it.
  }
}

let remembered: string | undefined;

function remember(token: string): void {
  remembered = token;
  try {
    sessionStorage.setItem(key, token);
  } catch {
    // It holds until the page is left.
  }
}

function recall(): string | undefined {
  try {
    return remembered ?? sessionStorage.getItem(key) ?? undefined;
  } catch {
    return remembered;
  }
}
