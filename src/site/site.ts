import { courseFile } from '#platform';
import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { courseFiles } from '../lessons/course-files.js';
import type { Lesson } from '../lessons/lesson.js';
import { writeFileSafely } from '../notebook/files.js';
import type { Notebook } from '../notebook/notebook.js';
import { findPackage } from './find-package.js';
import { renderIndex } from './index-page.js';
import type { SiteFile } from './site-files.js';
import { renderPage } from './page.js';
import { searchIndex } from './search-index.js';
import type { LessonState } from './state.js';

/** What pages load, from our own folder and from packages: nothing comes from another host. */
const assets: Readonly<Record<string, string>> = {
  ...ours('style.css', 'frame.css', 'cells.css', 'live.css', 'print.css', 'icon.svg', 'theme.js'),
  'katex/katex.min.css': fromPackage('katex', 'dist/katex.min.css'),
};

/** Made of `page/` when the library was compiled. */
const bundle = fileURLToPath(new URL('../page/', import.meta.url));

/** The course as web pages in a folder, which any web server can serve. */
export class Site {
  readonly #states: Record<string, LessonState> = {};

  constructor(
    readonly folder: string,
    readonly lessons: readonly Lesson[],
  ) {}

  /** Writes what all pages share, and the contents. */
  async writeFrame(): Promise<void> {
    // First what says in a sentence where nothing can be written.
    await this.#write(renderIndex(this.lessons));
    // Of an earlier version, parts with other names may lie there.
    await rm(join(this.folder, 'assets'), { recursive: true, force: true });
    for (const [name, path] of Object.entries(assets)) {
      await this.#write({ path: `assets/${name}`, content: await readFile(path) });
    }
    // What the pages run, as it was bundled.
    await cp(bundle, join(this.folder, 'assets'), { recursive: true });
    for (const file of Object.values(courseFiles)) {
      await cp(courseFile(file), join(this.folder, 'assets/course', file.name));
    }
    const fonts = fromPackage('katex', 'dist/fonts');
    await cp(fonts, join(this.folder, 'assets/katex/fonts'), { recursive: true });
    await this.#write(searchIndex(this.lessons));
  }

  /** Writes a lesson's page; while it is pending, the page watches for the next one. */
  async writeLesson(lesson: Lesson, notebook: Notebook, state: LessonState): Promise<void> {
    const [page, ...files] = renderPage(lesson, notebook, state, this.lessons);
    // The page comes last: a browser that has it finds all that it refers to.
    for (const file of files) await this.#write(file);
    if (page) await this.#write(page);
    await this.#removePlotsOf(lesson, files);
    await this.writeState(lesson, state);
  }

  /** Those that an earlier version of the lesson has left. */
  async #removePlotsOf({ slug }: Lesson, current: readonly SiteFile[]): Promise<void> {
    const plots = join(this.folder, 'plots');
    if (!existsSync(plots)) return;
    const kept = new Set(current.map(({ path }) => path));
    const names = (await readdir(plots)).filter((name) => name.startsWith(`${slug}-`));
    for (const name of names) {
      if (!kept.has(`plots/${name}`)) await rm(join(plots, name), { force: true });
    }
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

function ours(...names: string[]): Record<string, string> {
  const path = (name: string) =>
    fileURLToPath(new URL(`../../src/site/assets/${name}`, import.meta.url));
  return Object.fromEntries(names.map((name) => [name, path(name)]));
}

function fromPackage(name: string, path: string): string {
  const folder = findPackage(name);
  if (folder === undefined)
    throw new Error(`The package ${name} is not installed. Run npm install.`);
  return join(folder, path);
}
