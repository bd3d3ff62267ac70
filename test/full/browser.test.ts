import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { readLessons } from '../../dist/lessons/catalogue.js';
import { startInceptionLab, type Running } from '../support/command.js';
import { complaintsOf, needBrowser } from './support/browser.js';
import { emptyPlots, waitForPlots } from './support/plots.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const widths = [1280, 768, 390];
const colourSchemes = ['light', 'dark'] as const;

describe('In a browser, the course', () => {
  let browser: Browser | undefined;
  let course: Running | undefined;
  /** Of the lessons' pages. */
  let addresses: string[];

  before(async function () {
    browser = await needBrowser(this);
    const lessons = await readLessons();
    course = startInceptionLab('run', '--output', temporaryFolder());
    const address = await course.said(/http:\S+/);
    addresses = lessons.map(({ slug }) => `${address}${slug}.html`);
  });

  after(async () => {
    course?.interrupt();
    await browser?.close();
  });

  /** Opens a lesson and waits until it has run and is drawn. */
  async function open(page: Page, address: string, complaints: readonly string[]): Promise<void> {
    await page.goto(address);
    await page.waitForSelector('body[data-status="done"]', { timeout: 120_000 });
    await waitForPlots(page, complaints);
  }

  it('can be read while it runs, says how far it is, and shows its outputs by itself', async () => {
    const page = await browser!.newPage();
    const complaints = complaintsOf(page);
    let loads = 0;
    page.on('load', () => (loads += 1));

    await page.goto(addresses[0]!);
    const status = await page.getAttribute('body', 'data-status');
    assert.ok(status === 'waiting' || status === 'running', `status ${status ?? 'none'}`);
    assert.match(await page.innerText('[role="status"]'), /has not run to its end yet/);
    assert.notEqual(await page.innerText('article > h1'), '');
    assert.ok((await page.locator('pre.code').count()) > 10);
    assert.equal(await page.locator('figure, pre.output').count(), 0);
    await page.getByText(/Cell \d+ of \d+\./).waitFor();

    await page.waitForSelector('body[data-status="done"]', { timeout: 120_000 });
    await waitForPlots(page, complaints);
    assert.equal(await page.locator('[role="status"]').count(), 0);
    assert.ok((await page.locator('pre.output').count()) > 0);
    assert.equal(loads, 2);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  for (const width of widths) {
    for (const colourScheme of colourSchemes) {
      it(`is whole and draws every plot, ${width} pixels wide, in ${colourScheme}`, async () => {
        const page = await browser!.newPage({
          viewport: { width, height: 900 },
          colorScheme: colourScheme,
        });
        const complaints = complaintsOf(page);
        for (const address of addresses) {
          await open(page, address, complaints);
          assert.deepEqual(await emptyPlots(page), []);
          assert.ok((await page.locator('.katex').count()) > 0);
          assert.equal(await page.locator('.katex-error').count(), 0);
          assert.equal(await lighter(page), colourScheme === 'light' ? 'paper' : 'letters');
          const content = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(content <= width, `the page is ${content} pixels wide`);
        }
        assert.deepEqual(complaints, []);
        await page.close();
      });
    }
  }

  it('would be seen to have an empty plot', async () => {
    const page = await browser!.newPage();
    // Lesson 1 has pictures and bars.
    await open(page, addresses[1]!, complaintsOf(page));
    await page.$eval('figure.plot svg image', (image) => {
      image.setAttribute('href', '');
    });
    await page.$$eval('figure.plot svg .mark-rect path', (bars) => {
      for (const bar of bars) bar.setAttribute('d', 'M0,0h0v9h0Z');
    });
    const problems = await emptyPlots(page);
    assert.match(problems[0] ?? '', /^plot 1: image 1 cannot be decoded$/);
    assert.match(problems[1] ?? '', /^plot 1: every image is of one colour$/);
    assert.match(problems[2] ?? '', /: no bar has a size$/);
    await page.close();
  });

  it('ends with status 0 on Ctrl-C', async () => {
    course!.interrupt();
    const { status, stderr } = await course!.ended;
    assert.equal(status, 0, stderr);
  });
});

/** Which of the two is lighter, on the page and in its first plot. */
async function lighter(page: Page): Promise<string> {
  const colours = await page.evaluate(() => [
    getComputedStyle(document.body).backgroundColor,
    getComputedStyle(document.body).color,
    getComputedStyle(document.querySelector('figure.plot svg text')!).fill,
  ]);
  const [paper, ...letters] = colours.map((colour) =>
    (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0),
  );
  if (letters.every((letter) => letter > paper!)) return 'letters';
  return letters.every((letter) => letter < paper!) ? 'paper' : 'neither';
}
