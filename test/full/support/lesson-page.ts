import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Download, Locator, Page } from 'playwright-core';
import type { Notebook } from '../../../dist/notebook/notebook.js';

/** A lesson's page as a learner uses it: with keys and fingers. */
export class LessonPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** @param name as `cellNames` gives it: `'exercise-convolve'` */
  cell(name: string): Locator {
    return this.page.locator(`.cell[data-cell="${name}"]`);
  }

  /** Puts a text over what a cell has, at once. */
  async type(name: string, text: string): Promise<void> {
    await this.selectAll(name);
    await this.page.keyboard.insertText(text);
  }

  /** As a learner does; the editor closes brackets meanwhile. */
  async typeKeyByKey(name: string, text: string): Promise<void> {
    await this.selectAll(name);
    await this.page.keyboard.type(text);
  }

  async press(name: string, button: string): Promise<void> {
    const target = this.cell(name).getByRole('button', { name: button, exact: true });
    if (await this.hasTouch()) await target.tap();
    else await target.click();
  }

  /** Runs what is typed over a cell, and waits for its end. */
  async run(name: string, text: string): Promise<string> {
    await this.type(name, text);
    await this.page.keyboard.press('ControlOrMeta+Enter');
    await this.ended(name);
    return this.outputs(name);
  }

  /** Waits until a cell has run to an end of either kind. */
  async ended(name: string, timeout = 120_000): Promise<void> {
    const ended = `.cell[data-cell="${name}"]:is([data-state="ok"], [data-state="error"])`;
    await this.page.waitForSelector(ended, { timeout });
  }

  outputs(name: string): Promise<string> {
    return this.cell(name).locator('> .outputs').innerText();
  }

  /** Chooses what computes, by the name that the library has for it. */
  async choose(backend: string): Promise<void> {
    await this.page.locator(`#page-backend:enabled option[value="${backend}"]`).waitFor({
      state: 'attached',
    });
    await this.page.locator('#page-backend').selectOption(backend);
  }

  /** Checks an answer, and waits until its checks have been run. */
  async check(name: string, timeout: number): Promise<void> {
    await this.press(name, 'Check');
    const working = '.cell:is([data-state="waiting"], [data-state="running"])';
    await this.page.waitForFunction((cells) => !document.querySelector(cells), working, {
      timeout,
    });
  }

  /** What is said of an answer: the words that are waited for, else those that stay. */
  async saidOf(name: string, pattern: RegExp): Promise<string> {
    const words = this.cell(name).locator('.check-words');
    for (let i = 0; i < 50 && !pattern.test(await words.innerText()); i++)
      await this.page.waitForTimeout(100);
    return words.innerText();
  }

  /** Runs all cells, and waits until all have run to an end of either kind. */
  async runAll(timeout: number): Promise<void> {
    await this.chooseInMenu('Run all cells');
    const running = '.cell[data-cell]:not([data-state="ok"], [data-state="error"])';
    await this.page.waitForFunction((cells) => !document.querySelector(cells), running, {
      timeout,
    });
  }

  async takeAway(): Promise<Notebook> {
    return JSON.parse(await readFile(await (await this.download()).path(), 'utf8')) as Notebook;
  }

  /** @returns the notebook's path in a folder, under the name that the page gives it */
  async takeAwayTo(folder: string): Promise<string> {
    const download = await this.download();
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    return path;
  }

  /** Takes the answers of a notebook over. */
  async bringIn(path: string): Promise<void> {
    await this.page.locator('.lesson-menu input').setInputFiles(path);
    await this.notices.getByText(/now the text of|the same text/).waitFor();
  }

  /** What is said of the whole lesson, at the page's foot. */
  get notices(): Locator {
    return this.page.locator('.kernel-bar .notices');
  }

  get points(): Locator {
    return this.page.locator('.lesson-points');
  }

  private async download(): Promise<Download> {
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      this.chooseInMenu('Download as a notebook'),
    ]);
    return download;
  }

  private async chooseInMenu(entry: string): Promise<void> {
    await this.page.getByText('Lesson', { exact: true }).click();
    await this.page.getByText(entry).click();
  }

  private async selectAll(name: string): Promise<void> {
    const cell = this.cell(name);
    await cell.scrollIntoViewIfNeeded();
    const content = cell.locator('.cm-content');
    // On a phone, what is tapped has the focus, too.
    if (await this.hasTouch()) await content.tap();
    else await content.click();
    await this.page.keyboard.press('ControlOrMeta+A');
  }

  private hasTouch(): Promise<boolean> {
    return this.page.evaluate(() => navigator.maxTouchPoints > 0);
  }
}
