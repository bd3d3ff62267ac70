// What was typed in the last moment before a page is left, when there is no time to wait for a database.
import type { Draft } from './store.js';

const prefix = 'inception-lab:unsaved:';

/** A text that was not kept any more. */
export interface Unsaved {
  /** The page that was left; each has an id of its own. */
  readonly page: string;
  /** The cell's. */
  readonly name: string;
  /** Its revision is that of the kept text over which it was typed; empty if there was none. */
  readonly draft: Draft;
}

export function keepUnsaved(lesson: string, { page, name, draft }: Unsaved): void {
  try {
    localStorage.setItem(keyOf(lesson, page, name), JSON.stringify(draft));
  } catch {
    // The store has said that nothing is kept.
  }
}

/** What was not kept of a lesson, by whichever page. */
export function readUnsaved(lesson: string): Unsaved[] {
  try {
    return allKeys()
      .filter((key) => key.startsWith(`${prefix}${lesson}:`))
      .map((key) => {
        const [page = '', name = ''] = key.slice(prefix.length + lesson.length + 1).split(':');
        return { page, name, draft: JSON.parse(localStorage.getItem(key) ?? '') as Draft };
      });
  } catch {
    return [];
  }
}

export function forgetUnsaved(lesson: string, page: string, name: string): void {
  try {
    localStorage.removeItem(keyOf(lesson, page, name));
  } catch {
    // Then nothing is kept there, either.
  }
}

function keyOf(lesson: string, page: string, name: string): string {
  return `${prefix}${lesson}:${page}:${name}`;
}

function allKeys(): string[] {
  return Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i) ?? '');
}
