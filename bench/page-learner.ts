import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';

/**
 * Keeps when the last key was pressed, when a cell ended last, and when something was underlined. Its
 * functions have no names: the compiler would mark them for itself.
 */
function watch(): void {
  const seen = { key: 0, ended: 0, underlined: 0 };
  Object.assign(globalThis, { seen });
  addEventListener('keydown', () => (seen.key = performance.now()), true);
  new MutationObserver((changes) => {
    for (const { attributeName, target } of changes) {
      if (attributeName !== 'data-state') continue;
      const { state } = (target as HTMLElement).dataset;
      if (state === 'ok' || state === 'error') seen.ended = performance.now();
    }
    if (document.querySelector('.cm-lintRange-error')) seen.underlined = performance.now();
  }).observe(document, { subtree: true, childList: true, attributes: true });
}

type Seen = Record<'key' | 'ended' | 'underlined', number>;

interface Watched {
  readonly seen: Seen;
}

/** A learner with a watch: times are in milliseconds, taken in the page. */
export class BenchLearner {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(context: BrowserContext, address: string): Promise<BenchLearner> {
    const page = await context.newPage();
    await page.addInitScript(watch);
    await page.goto(address, { waitUntil: 'commit' });
    return new BenchLearner(page);
  }

  /** Types a text over a cell, and runs it. */
  async run(cell: string, text?: string): Promise<number> {
    const content = this.page.locator(`.cell[data-cell="${cell}"] .cm-content`);
    await content.click();
    if (text !== undefined) {
      await this.page.keyboard.press('Control+A');
      await this.page.keyboard.insertText(text);
    }
    await this.page.evaluate(() => ((globalThis as unknown as Watched).seen.ended = 0));
    await this.page.keyboard.press('Control+Enter');
    await this.page.waitForFunction(
      () => (globalThis as unknown as Watched).seen.ended > 0,
      undefined,
      {
        timeout: 300_000,
      },
    );
    const { key, ended } = await this.seen();
    return ended - key;
  }

  /** From the page's address to the end of the first cell that is run at once. */
  async firstResult(cell: string): Promise<number> {
    await this.run(cell);
    return (await this.seen()).ended;
  }

  /** From the last key of something wrong to its being underlined. */
  async typeError(cell: string, text: string): Promise<number> {
    await this.run(cell, '1;');
    await this.page.waitForFunction(() => !document.querySelector('.cm-lintRange-error'));
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(text);
    await this.page.waitForSelector('.cm-lintRange-error');
    const { key, underlined } = await this.seen();
    return underlined - key;
  }

  /** Takes a notebook's answers over, and runs the whole lesson. */
  async runAll(notebook: string): Promise<number> {
    await this.page.locator('.lesson-menu input').setInputFiles(notebook);
    await this.page.getByText(/now the text of/).waitFor();
    await this.page.getByText('Lesson', { exact: true }).click();
    const start = performance.now();
    await this.page.getByText('Run all cells').click();
    const running = '.cell[data-cell]:not([data-state="ok"], [data-state="error"])';
    await this.page.waitForFunction((cells) => !document.querySelector(cells), running, {
      timeout: 600_000,
    });
    return performance.now() - start;
  }

  outputs(cell: string): Promise<string> {
    return this.page.innerText(`.cell[data-cell="${cell}"] > .outputs`);
  }

  private seen(): Promise<Seen> {
    return this.page.evaluate(() => ({ ...(globalThis as unknown as Watched).seen }));
  }
}

/** The most that one of a browser's pages has had in memory, in megabytes. */
export function peakMegabytes(): number {
  const pids = execFileSync('pgrep', ['-f', 'type=renderer'], { encoding: 'utf8' })
    .trim()
    .split('\n');
  const peaks = pids.map((pid) => {
    try {
      return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return Math.max(...peaks) / 1024;
}
