import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lesson } from '../lessons/lesson.js';
import { writeFileSafely } from '../notebook/files.js';
import type { Notebook } from '../notebook/notebook.js';
import { findPackage } from './find-package.js';
import { renderIndex } from './index-page.js';
import type { SiteFile } from './outputs.js';
import { renderPage } from './page.js';
import type { LessonState } from './state.js';

/** What pages load, from our own folder and from packages: nothing comes from another host. */
const assets: Readonly<Record<string, string>> = {
  'style.css': ours('style.css'),
  'page.js': ours('page.js'),
  'icon.svg': ours('icon.svg'),
  'vega.min.js': fromPackage('vega', 'build/vega.min.js'),
  'vega-lite.min.js': fromPackage('vega-lite', 'build/vega-lite.min.js'),
  'vega-embed.min.js': fromPackage('vega-embed', 'build/vega-embed.min.js'),
  'katex/katex.min.css': fromPackage('katex', 'dist/katex.min.css'),
};

/** The course as web pages in a folder, which any web server can serve. */
export class Site {
  readonly #states: Record<string, LessonState> = {};

  constructor(
    readonly folder: string,
    readonly lessons: readonly Lesson[],
  ) {}

  /** Writes what all pages share, and the contents. */
  async writeFrame(): Promise<void> {
    for (const [name, path] of Object.entries(assets)) {
      await this.#write({ path: `assets/${name}`, content: await readFile(path) });
    }
    const fonts = fromPackage('katex', 'dist/fonts');
    await cp(fonts, join(this.folder, 'assets/katex/fonts'), { recursive: true });
    await this.#write(renderIndex(this.lessons));
  }

  /** Writes a lesson's page; while it is pending, the page watches for the next one. */
  async writeLesson(lesson: Lesson, notebook: Notebook, state: LessonState): Promise<void> {
    const position = this.lessons.indexOf(lesson);
    const neighbours = { previous: this.lessons[position - 1], next: this.lessons[position + 1] };
    const [page, ...files] = renderPage(lesson, notebook, state, neighbours);
    // The page comes last: a browser that has it finds all that it refers to.
    for (const file of files) await this.#write(file);
    if (page) await this.#write(page);
    await this.writeState(lesson, state);
  }

  /** Tells open pages how far a lesson is. */
  async writeState({ slug }: Lesson, state: LessonState): Promise<void> {
    this.#states[slug] = state;
    await this.#write({ path: 'state.json', content: JSON.stringify(this.#states) });
  }

  async #write({ path, content }: SiteFile): Promise<void> {
    await writeFileSafely(join(this.folder, path), content);
  }
}

function ours(name: string): string {
  return fileURLToPath(new URL(`../../src/site/assets/${name}`, import.meta.url));
}

function fromPackage(name: string, path: string): string {
  const folder = findPackage(name);
  if (folder === undefined)
    throw new Error(`The package ${name} is not installed. Run npm install.`);
  return join(folder, path);
}
