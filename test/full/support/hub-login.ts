import { request, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

/** A browser's cookies at a hub. */
interface Session {
  readonly address: string;
  readonly cookies: Map<string, string>;
}

/**
 * Logs in as a person does, by the form.
 *
 * @param address the hub's: `http://127.0.0.1:41234/`
 * @returns a token for all that the user may do
 * @throws Error if the hub does not take the password.
 */
export async function logIn(address: string, user: string, password: string): Promise<string> {
  const session: Session = { address, cookies: new Map() };
  await ask(session, 'GET', 'hub/login');
  const form = new URLSearchParams({ username: user, password, _xsrf: xsrf(session) });
  const { status } = await ask(session, 'POST', 'hub/login', form);
  if (status !== 302) throw new Error(`The hub does not let ${user} in: ${status}`);
  await ask(session, 'GET', 'hub/home');
  const answer = await ask(session, 'POST', `hub/api/users/${user}/tokens`);
  if (answer.status !== 201) throw new Error(`No token for ${user}: ${answer.body}`);
  return (JSON.parse(answer.body) as { token: string }).token;
}

/** What the hub wants to see again where something is changed. */
function xsrf({ cookies }: Session): string {
  return cookies.get('_xsrf') ?? '';
}

/** By Node's own client: `fetch` says of itself that it is a script, which gets no such cookies. */
async function ask(
  session: Session,
  method: 'GET' | 'POST',
  path: string,
  form?: URLSearchParams,
): Promise<{ readonly status: number; readonly body: string }> {
  const cookies = [...session.cookies].map(([name, value]) => `${name}=${value}`);
  const headers = {
    Cookie: cookies.join('; '),
    'X-XSRFToken': xsrf(session),
    ...(form && { 'Content-Type': 'application/x-www-form-urlencoded' }),
  };
  return new Promise((resolve, reject) => {
    const asking = request(new URL(path, session.address), { method, headers }, (response) => {
      keep(session, response.headers);
      text(response).then((body) => {
        resolve({ status: response.statusCode ?? 0, body });
      }, reject);
    });
    asking.on('error', reject).end(form?.toString());
  });
}

function keep({ cookies }: Session, headers: IncomingHttpHeaders): void {
  for (const set of headers['set-cookie'] ?? []) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
    if (name !== undefined) cookies.set(name, value ?? '');
  }
}
