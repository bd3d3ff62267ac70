import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { join } from 'node:path';
import { readLessons } from '../../dist/lessons/catalogue.js';
import type { Lesson } from '../../dist/lessons/lesson.js';
import { startProgram, type Running } from '../support/command.js';
import { seriousFindings } from './support/accessibility.js';
import { complaintsOf, needBrowser } from './support/browser.js';
import { course as wholeCourse } from './support/course.js';
import { makeFreshClone, type FreshClone } from './support/fresh-clone.js';
import { linksOf } from './support/links.js';
import { emptyPlots, waitForPlots } from './support/plots.js';
import { runCommand } from './support/run-command.js';
import { serveBelowPath, type StaticServer } from './support/static-server.js';

const widths = [1280, 768, 390];
const { output } = wholeCourse;
const colourSchemes = ['light', 'dark'] as const;

describe('In a browser, the course that "npm start" runs as the first command in a fresh clone', () => {
  const start = ['start', '--', '--output', output];
  let clone: FreshClone;
  let browser: Browser | undefined;
  let course: Running | undefined;
  let isRunning = false;
  /** Of the contents. */
  let home: string;
  /** Of the lessons' pages. */
  let addresses: string[];
  /** Those of lessons that have formulas. */
  let formulas: Set<string>;

  before(async function () {
    browser = await needBrowser(this);
    const lessons = await readLessons();
    clone = await makeFreshClone();
    const { folder, env } = clone;
    assert.ok(!existsSync(join(folder, 'node_modules')));
    course = startProgram('npm', start, { cwd: folder, env, detached: true });
    isRunning = true;
    home = await course.said(/http:\S+/);
    const { search } = new URL(home);
    const addressOf = ({ slug }: Lesson) => new URL(`${slug}.html${search}`, home).href;
    addresses = lessons.map(addressOf);
    formulas = new Set(lessons.filter(hasFormula).map(addressOf));
  });

  after(async () => {
    if (isRunning) course?.interrupt();
    await browser?.close();
  });

  /** Opens a lesson and waits until it is drawn. */
  async function open(page: Page, address: string, complaints: readonly string[]): Promise<void> {
    await page.goto(address);
    await page.waitForSelector('body[data-status="done"]');
    await page.$$eval('details', (all) => {
      for (const details of all) details.open = true;
    });
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
    assert.match(await page.innerText('.banner[role="status"]'), /has not run to its end yet/);
    assert.notEqual(await page.innerText('article > h1'), '');
    assert.ok((await page.locator('pre.code').count()) > 10);
    assert.equal(await page.locator('figure, pre.output').count(), 0);
    await page.getByText(/Cell \d+ of \d+\./).waitFor();

    await page.waitForSelector('body[data-status="done"]', { timeout: 120_000 });
    await waitForPlots(page, complaints);
    assert.equal(await page.locator('.banner[role="status"]').count(), 0);
    assert.ok((await page.locator('pre.output').count()) > 0);
    // Whoever is typing already is not disturbed.
    assert.equal(loads, 1);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it('runs to its end', async function () {
    // It takes eight minutes beside two other suites on two cores.
    this.timeout(1_500_000);
    await course!.said(/^Lessons: /m);
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
          assert.deepEqual(await emptyPlots(page), [], address);
          assert.equal((await page.locator('.katex').count()) > 0, formulas.has(address));
          assert.equal(await page.locator('.katex-error').count(), 0);
          assert.equal(
            await lighter(page),
            colourScheme === 'light' ? 'paper' : 'letters',
            address,
          );
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

  for (const colourScheme of colourSchemes) {
    it(`has nothing that axe finds serious, in ${colourScheme}`, async () => {
      const page = await browser!.newPage({ colorScheme: colourScheme });
      const complaints = complaintsOf(page);
      await page.goto(home);
      await page.fill('#page-search', 'branch');
      await page.locator('#page-results a').first().waitFor();
      assert.deepEqual(await seriousFindings(page), []);
      for (const address of [addresses[0]!, addresses[2]!]) {
        await open(page, address, complaints);
        assert.deepEqual(await seriousFindings(page), []);
      }
      await page.close();
    });
  }

  it('would be seen to be hard to use', async () => {
    const page = await browser!.newPage();
    await page.goto(home);
    await page.$eval('.facts', (facts) => {
      (facts as HTMLElement).style.color = '#bbb';
      document.querySelector('label')?.remove();
    });
    const findings = await seriousFindings(page);
    assert.match(findings.join('\n'), /color-contrast: .*facts/);
    await page.close();
  });

  it('copies code, and says so to those who listen', async () => {
    const context = await browser!.newContext({
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    await page.goto(addresses[0]!);
    await page.locator('.copy').first().press('Enter');
    await page.getByText('Copied', { exact: true }).first().waitFor();
    assert.equal(await page.textContent('#page-announcement'), 'Copied');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await page.locator('pre.code').first().textContent());
    await context.close();
  });

  it('remembers what the learner has read and done, until told to forget', async () => {
    const page = await browser!.newPage();
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto(addresses[1]!);
    await page.locator('#page-finish').scrollIntoViewIfNeeded();
    await page.getByText('Read', { exact: true }).first().waitFor();
    await page.getByLabel('I have done this lesson').check();
    await page.goto(home);
    const count = page.locator('#page-course-progress .count');
    await count.getByText(/^1 of \d+ lessons done/).waitFor();
    assert.deepEqual(await page.locator('.progress-mark').allTextContents(), [
      ...['', '✓ Done'],
      ...addresses.slice(2).map(() => ''),
    ]);
    await page.getByText('Forget my progress').click();
    await count.getByText(/^0 of \d+ lessons done/).waitFor();
    await page.close();
  });

  it("takes the learner's colours before the system's, plots included, and remembers them", async () => {
    const page = await browser!.newPage({ colorScheme: 'light' });
    const complaints = complaintsOf(page);
    await open(page, addresses[0]!, complaints);
    await page.getByLabel('Colours').selectOption('Dark');
    assert.equal(await lighter(page), 'letters');
    await open(page, addresses[1]!, complaints);
    assert.equal(await lighter(page), 'letters');
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it('goes on where the browser remembers nothing', async () => {
    const page = await browser!.newPage();
    const complaints = complaintsOf(page);
    await page.addInitScript(() => {
      for (const name of ['localStorage', 'indexedDB']) {
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('Access is denied.', 'SecurityError');
          },
        });
      }
    });
    await open(page, addresses[0]!, complaints);
    await page.getByLabel('Colours').selectOption('Dark');
    assert.equal(await lighter(page), 'letters');
    assert.equal(await page.locator('#page-finish').isVisible(), false);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it('can be read where scripts may not run, with pictures in place of plots', async () => {
    const context = await browser!.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(addresses[1]!);
    assert.ok(await page.locator('figure.plot img').first().isVisible());
    assert.equal(await page.locator('#page-search').isVisible(), false);
    await context.close();
  });

  describe('hosted anywhere as files, below a path', () => {
    let server: StaticServer;
    before(async () => {
      server = await serveBelowPath(join(output, 'site'));
    });
    after(() => {
      server.close();
    });

    it('has links that all lead somewhere, and draws its plots', async () => {
      const page = await browser!.newPage();
      const complaints = complaintsOf(page);
      const wanted = new Set([server.address]);
      for (const address of wanted) {
        await page.goto(address);
        if (await page.locator('figure.plot').count()) await waitForPlots(page, complaints);
        const { addresses: found, deadAnchors } = await linksOf(page);
        assert.deepEqual(deadAnchors, []);
        for (const link of found) {
          if (link.startsWith(server.address)) wanted.add(link);
          // What a cell has saved is handed over, and never opened.
          else assert.match(link, /^(https:|data:application\/octet-stream,)/);
        }
      }
      // The contents have two addresses.
      assert.equal(wanted.size, addresses.length + 2);
      assert.deepEqual(complaints, []);
      await page.close();
    });

    it('finds a section by keyboard alone, and goes there', async () => {
      const page = await browser!.newPage();
      const complaints = complaintsOf(page);
      await page.goto(`${server.address}index.html`);
      await page.keyboard.press('/');
      await page.keyboard.type('bottleneck');
      const first = page.locator('#page-results a').first();
      await first.waitFor();
      assert.match((await page.textContent('#page-announcement')) ?? '', /^\d+ results?\.$/);
      await page.keyboard.press('Escape');
      assert.equal(await first.isVisible(), false);
      await page.keyboard.type('s');
      await first.waitFor();
      await page.keyboard.press('ArrowDown');
      assert.ok(await first.evaluate((link) => link === document.activeElement));
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Enter');
      await page.waitForURL(/02-many-branches\.html#/);
      assert.ok(await page.locator(':target').isVisible());
      assert.deepEqual(complaints, []);
      await page.close();
    });

    it('says so when nothing is found, and shows what was typed as text only', async () => {
      const page = await browser!.newPage();
      await page.goto(server.address);
      await page.fill('#page-search', '<img src=x onerror=alert(1)>');
      await page.getByText('Nothing found.').first().waitFor();
      assert.equal(await page.locator('#page-results img').count(), 0);
      await page.close();
    });
  });

  it('does not run again while nothing has changed', async () => {
    course!.interrupt();
    await course!.ended;
    isRunning = false;
    const { folder, env } = clone;
    const again = await runCommand('npm', [...start, '--no-serve'], { cwd: folder, env });
    assert.equal(again.status, 0, again.stdout + again.stderr);
    assert.match(
      again.stdout,
      new RegExp(`^Lessons: 0 run, ${addresses.length} unchanged\\.`, 'm'),
    );
    assert.doesNotMatch(again.stdout, /Installing|Compiling/);
  });
});

function hasFormula({ parts }: Lesson): boolean {
  return parts.some((part) => part.kind === 'text' && /\$[^$]+\$/.test(part.markdown));
}

/** Which of the two is lighter, on the page and in its first plot. */
async function lighter(page: Page): Promise<string> {
  const colours = await page.evaluate(() => [
    getComputedStyle(document.body).backgroundColor,
    getComputedStyle(document.body).color,
    getComputedStyle(document.querySelector('figure.plot svg .mark-text:not(.role-mark) text')!)
      .fill,
  ]);
  const [paper, ...letters] = colours.map((colour) =>
    (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0),
  );
  if (letters.every((letter) => letter > paper!)) return 'letters';
  return letters.every((letter) => letter < paper!) ? 'paper' : 'neither';
}
