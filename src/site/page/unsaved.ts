// What was typed in the last moment before a page is left, when there is no time to wait for a database.

const prefix = 'inception-lab:unsaved:';

/** Keeps texts by the names of their cells; none removes what was kept. */
export function keepUnsaved(lesson: string, texts: ReadonlyMap<string, string>): void {
  try {
    if (texts.size === 0) localStorage.removeItem(prefix + lesson);
    else localStorage.setItem(prefix + lesson, JSON.stringify([...texts]));
  } catch {
    // The store has said that nothing is kept.
  }
}

/** Hands out what was kept, once. */
export function takeUnsaved(lesson: string): ReadonlyMap<string, string> {
  try {
    const kept = localStorage.getItem(prefix + lesson) ?? '[]';
    localStorage.removeItem(prefix + lesson);
    return new Map(JSON.parse(kept) as [string, string][]);
  } catch {
    return new Map();
  }
}
