import type { Draft } from './store.js';

/** A cell of the lesson as it is today. */
export interface Original {
  readonly name: string;
  readonly original: string;
}

type Drafts = Readonly<Record<string, Draft>>;

export interface MatchedDrafts {
  /** By the cell's name: those typed into the cell as it is today. */
  readonly same: ReadonlyMap<string, Draft>;
  /** Those typed into a cell whose text the lesson has changed since. */
  readonly changed: ReadonlyMap<string, Draft>;
  /** Those of cells that the lesson no longer has. */
  readonly left: readonly Draft[];
  /** All of them, under the names that their cells have today; no other cell has that of one that is left. */
  readonly kept: Drafts;
}

/**
 * Finds for each draft its cell in a lesson that may have changed: the one of that name and text, else
 * one of that text, else one of that name.
 */
export function matchDrafts(cells: readonly Original[], drafts: Drafts): MatchedDrafts {
  const same = new Map<string, Draft>();
  const changed = new Map<string, Draft>();
  let rest = Object.entries(drafts);
  /** Finds cells for those that have none yet; a cell takes one draft. */
  const match = (
    found: Map<string, Draft>,
    isOf: (cell: Original, name: string, draft: Draft) => boolean,
  ) => {
    rest = rest.filter(([name, draft]) => {
      const cell = cells.find(
        (cell) => !same.has(cell.name) && !changed.has(cell.name) && isOf(cell, name, draft),
      );
      if (cell) found.set(cell.name, draft);
      return !cell;
    });
  };
  match(same, (cell, name, { original }) => cell.name === name && cell.original === original);
  match(same, (cell, _, { original }) => cell.original === original);
  match(changed, (cell, name) => cell.name === name);
  const names = new Set(cells.map(({ name }) => name));
  const left = rest.map(
    ([name, draft]) => [names.has(name) ? `left-${draft.revision}` : name, draft] as const,
  );
  return {
    same,
    changed,
    left: rest.map(([, draft]) => draft),
    kept: Object.fromEntries([...same, ...changed, ...left]),
  };
}
