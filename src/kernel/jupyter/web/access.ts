import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.js';

/** A name that belongs to somebody else may be made to lead here: only these are this machine's own. */
const ownNames = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Lets no request pass that was sent to another name.
 *
 * @throws Refusal
 */
export function checkHost({ headers: { host = '' }, socket }: IncomingMessage): void {
  const port = socket.localPort ?? 0;
  const own = ownNames.flatMap((name) => (port === 80 ? [name, `${name}:80`] : `${name}:${port}`));
  if (own.includes(host)) return;
  throw new Refusal(
    403,
    `This server is not ${host || 'without a name'}: it is ${own.join(', ')}.`,
  );
}

/** A new secret, which whoever may start kernels is told. */
export function newToken(): string {
  return randomBytes(24).toString('hex');
}

/**
 * Lets only those pass who know the token, and of browsers only this server's own pages.
 *
 * @throws Refusal
 */
export function checkCaller(request: IncomingMessage, url: URL, token: string): void {
  const { origin, host, authorization = '' } = request.headers;
  if (origin !== undefined && origin !== `http://${host ?? ''}`) {
    throw new Refusal(403, `Pages of ${origin} may not use the kernels of this machine.`);
  }
  const [, sent] = /^(?:token|bearer)\s+(\S+)$/i.exec(authorization.trim()) ?? [];
  const given = sent ?? url.searchParams.get('token');
  if (given === null) {
    throw new Refusal(403, 'The token is missing: use the address that the server printed.');
  }
  if (!isSame(given, token)) {
    throw new Refusal(403, "The token is not this server's: use the address that it printed.");
  }
}

/** Takes as long whatever differs. */
function isSame(given: string, expected: string): boolean {
  const [one, other] = [given, expected].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
