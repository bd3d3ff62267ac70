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
  return given;
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
