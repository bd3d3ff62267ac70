import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startWithNode, type Running } from '../support/command.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { needBrowser } from './support/browser.js';
import { LessonPage } from './support/lesson-page.js';

/** What a process is told before its own program: a signal cuts all connections that it has taken. */
const cutOnSignal = `data:text/javascript,
  import { subscribe } from 'node:diagnostics_channel';
  const taken = new Set();
  subscribe('net.server.socket', ({ socket }) => {
    taken.add(socket);
    socket.once('close', () => taken.delete(socket));
  });
  process.on('SIGUSR2', () => taken.forEach((socket) => socket.destroy()));`;

const counting = `
for (let step = 1; step <= 8; step++) {
  console.log('step', step);
  await new Promise((go) => setTimeout(go, 500));
}`;
const counted = Array.from({ length: 8 }, (_, i) => `step ${i + 1}`).join('\n');

const gone =
  'The server does not answer. Is “npm start” still running? The variables are gone. What you have typed is still here.';

describe('A page whose server is cut off', () => {
  let browser: Browser;
  let course: Running;
  let context: BrowserContext;
  let page: Page;
  let learner: LessonPage;
  const output = temporaryFolder();

  /** @returns the address that the server prints */
  async function serve(port = '0'): Promise<URL> {
    const args = ['run', '--lesson', '00', '--output', output, '--port', port];
    course = startWithNode(['--import', cutOnSignal.replaceAll('\n', ' ')], ...args);
    const address = new URL(await course.said(/http:\S+/));
    await course.said(/^Lessons: /m);
    return address;
  }

  /** Opens the lesson as a learner does, from the contents. */
  async function open({ href }: URL): Promise<void> {
    context = await browser.newContext();
    page = await context.newPage();
    await page.goto(href);
    await page
      .getByRole('link', { name: /Start here/ })
      .first()
      .click();
    learner = new LessonPage(page);
    await learner.cell('code-1').locator('.cm-content').waitFor();
  }

  before(async function () {
    browser = await needBrowser(this);
  });

  after(async () => {
    await (browser as Browser | undefined)?.close();
  });

  afterEach(async () => {
    await context.close();
    course.interrupt('SIGKILL');
    await course.ended;
  });

  it('goes on where it was, with all that was said meanwhile', async () => {
    await open(await serve());
    await learner.run('code-2', 'let kept = 5;');
    await learner.type('code-1', counting);
    await page.keyboard.press('ControlOrMeta+Enter');
    await learner.cell('code-1').getByText('step 2').waitFor();
    course.interrupt('SIGUSR2');
    await learner.ended('code-1');
    assert.equal((await learner.outputs('code-1')).trim(), counted);
    assert.equal(await learner.run('code-2', 'kept + 1'), '6');
    assert.equal(await learner.notices.innerText(), '');
  });

  it('has the right to start kernels in a tab of its own, too', async () => {
    await open(await serve());
    const link = page.getByRole('link', { name: /The convolution unit/ }).first();
    const [tab] = await Promise.all([
      context.waitForEvent('page'),
      link.click({ modifiers: ['ControlOrMeta'] }),
    ]);
    // As one that has nothing from the tab from which it was opened.
    await tab.evaluate(() => {
      sessionStorage.clear();
    });
    await tab.reload();
    const other = new LessonPage(tab);
    await other.cell('code-1').locator('.cm-content').waitFor();
    assert.equal(await other.run('code-1', '6 * 7'), '42');
  });

  it('says so when the server has gone in mid-cell, keeps what is typed, and can reconnect', async function () {
    // Another program may take the port between two servers.
    this.retries(2);
    const address = await serve();
    await open(address);
    await learner.type('code-2', 'const mine = 1;');
    await learner.type('code-1', "console.log('begun');\nwhile (true) {}");
    await page.keyboard.press('ControlOrMeta+Enter');
    await learner.cell('code-1').locator('> .outputs').getByText('begun').waitFor();
    course.interrupt('SIGKILL');
    await course.ended;
    const notice = learner.notices.locator('.notice');
    await notice.getByText(gone, { exact: true }).waitFor();
    assert.equal(await learner.cell('code-1').locator('.cell-state').innerText(), 'Cut off');
    assert.equal(
      await learner.cell('code-2').locator('.source pre').textContent(),
      'const mine = 1;',
    );

    const reconnect = notice.getByRole('button', { name: 'Reconnect' });
    await reconnect.click();
    await notice.getByText(/^The server does not answer/).waitFor();
    // One that is started anew has a new token, which its printed address carries.
    const again = await serve(address.port);
    await reconnect.click();
    await notice.getByText(/Open the course at the address that “npm start” printed/).waitFor();
    const contents = await context.newPage();
    await contents.goto(again.href);
    // The contents tell other pages of a token once the server has accepted it.
    const token = again.searchParams.get('token');
    await page.waitForFunction(
      (its) => sessionStorage.getItem('inception-lab:token') === its,
      token,
    );
    await reconnect.click();
    await page.getByText('Ready', { exact: true }).waitFor();
    assert.equal(await learner.run('code-1', '6 * 7'), '42');
  });
});
