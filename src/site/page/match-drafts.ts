import type { Draft } from './store.js';

/** A cell of the lesson as it is today. */
export interface Original {
  readonly name: string;
  readonly original: string;
}

export interface MatchedDrafts {
  /** By the cell's name: those typed into the cell as it is today. */
  readonly same: ReadonlyMap<string, Draft>;
  /** Those typed into a cell whose text the lesson has changed since. */
  readonly changed: ReadonlyMap<string, Draft>;
  /** Those of cells that the lesson no longer has. */
  readonly left: readonly Draft[];
}

/**
 * Finds for each draft its cell in a lesson that may have changed: the one of that name and text, else
 * one of that text, else one of that name.
 */
export function matchDrafts(
  cells: readonly Original[],
  drafts: Readonly<Record<string, Draft>>,
): MatchedDrafts {
  const same = new Map<string, Draft>();
  const changed = new Map<string, Draft>();
  const left: Draft[] = [];
  const isFree = ({ name }: Original) => !same.has(name) && !changed.has(name);
  const rest: [string, Draft][] = [];
  for (const [name, draft] of Object.entries(drafts)) {
    const cell = cells.find((cell) => cell.name === name && cell.original === draft.original);
    if (cell) same.set(name, draft);
    else rest.push([name, draft]);
  }
  for (const [name, draft] of rest) {
    const moved = cells.find((cell) => isFree(cell) && cell.original === draft.original);
    const edited = cells.find((cell) => isFree(cell) && cell.name === name);
    if (moved) same.set(moved.name, draft);
    else if (edited) changed.set(name, draft);
    else left.push(draft);
  }
  return { same, changed, left };
}
