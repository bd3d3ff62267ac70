import assert from 'node:assert/strict';
import { MachineConnection } from '../../../dist/site/page/machine-connection.js';
import { fakeChannels, FakeStorage, putGlobals } from './support/fake-page.js';

describe('A page of this machine’s server', () => {
  const restores: (() => void)[] = [];
  let accepted: string;
  /** The tokens that the server was asked with. */
  let sent: string[];

  beforeEach(() => {
    accepted = 'good';
    sent = [];
    const fetch = (_: string, { headers }: { headers: Record<string, string> }) => {
      const token = headers.Authorization!.replace('token ', '');
      sent.push(token);
      return Promise.resolve(Response.json([], { status: token === accepted ? 200 : 403 }));
    };
    restores.push(putGlobals({ BroadcastChannel: fakeChannels(), fetch }));
  });

  afterEach(() => {
    for (const restore of restores.splice(0).reverse()) restore();
  });

  /** Opens a page of a tab that may have been here before. */
  function open(search = '', recalled?: string): MachineConnection {
    const sessionStorage = new FakeStorage();
    if (recalled !== undefined) sessionStorage.setItem('inception-lab:token', recalled);
    const location = { href: `http://127.0.0.1:4299/${search}` };
    const history = { state: null, replaceState: () => undefined };
    restores.push(putGlobals({ sessionStorage, location, history }));
    return new MachineConnection();
  }

  const settled = () => new Promise((resolve) => setTimeout(resolve, 50));

  it('has the token of its address, and other pages have it from that one', async () => {
    open('?token=good');
    await settled();
    await open().backends();
    assert.equal(sent.at(-1), 'good');
  });

  it('tells open pages the token of a server that was started anew', async () => {
    const lesson = open('?token=good');
    await settled();
    accepted = 'new';
    open('?token=new');
    await settled();
    await lesson.backends();
    assert.equal(sent.at(-1), 'new');
  });

  it('does not spread a token that the server refuses', async () => {
    const lesson = open('?token=good');
    await settled();
    open('?token=x');
    await settled();
    await lesson.backends();
    assert.equal(sent.at(-1), 'good');
  });

  it('asks others where the token of its address is refused', async () => {
    open('?token=good');
    await settled();
    await open('?token=x').backends();
    assert.equal(sent.at(-1), 'good');
  });

  it('keeps the token that its tab had where the one of the address is refused', async () => {
    await open('?token=x', 'good').backends();
    assert.equal(sent.at(-1), 'good');
  });

  it('tells whoever asks, and nobody else, of a token that may be out of date', async () => {
    const lesson = open('?token=good');
    await settled();
    open('', 'old');
    void open()
      .backends()
      .catch(() => undefined);
    await settled();
    await lesson.backends();
    assert.equal(sent.at(-1), 'good');
  });

  it('has the token of its address where the server does not answer at first', async () => {
    const { fetch } = globalThis;
    restores.push(putGlobals({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) }));
    const page = open('?token=good');
    await settled();
    restores.push(putGlobals({ fetch }));
    await page.backends();
    assert.equal(sent.at(-1), 'good');
  });
});
