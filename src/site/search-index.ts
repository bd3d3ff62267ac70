import MiniSearch from 'minisearch';
import type { Lesson } from '../lessons/lesson.js';
import { sectionsOf } from './facts.js';
import type { SiteFile } from './site-files.js';

/** What the page's script finds, and shows of it. */
interface Entry {
  /** The section's address: `'01-the-convolution-unit.html#convolve'`. */
  readonly id: string;
  readonly lesson: string;
  readonly title: string;
  readonly text: string;
}

/** The page's script reads the index with the same ones. */
const options = { fields: ['title', 'lesson', 'text'], storeFields: ['title', 'lesson', 'text'] };

/** The index of all sections, which the search of the pages loads. */
export function searchIndex(lessons: readonly Lesson[]): SiteFile {
  const index = new MiniSearch<Entry>(options);
  for (const lesson of lessons) {
    for (const { id, title, text } of sectionsOf(lesson)) {
      index.add({ id: `${lesson.slug}.html#${id}`, lesson: lesson.title, title, text });
    }
  }
  return { path: 'search.json', content: JSON.stringify({ options, index }) };
}
