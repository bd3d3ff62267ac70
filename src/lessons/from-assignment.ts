import { textOf, type Cell, type Notebook } from '../notebook/notebook.js';
import { splitHiddenTests } from './hidden-tests.js';
import type { Lesson } from './lesson.js';
import { sharePoints, type UnweightedPart } from './points.js';
import { splitSolution } from './solution.js';
import type { GradingMetadata } from './to-assignment.js';

/**
 * The lesson that a teacher's source notebook is, as `toAssignment` writes it and as it may have been
 * edited since.
 *
 * @throws Error that names the cell which nbgrader could not mark either
 */
export function fromAssignment(slug: string, { cells }: Notebook): Lesson {
  let exercise = '';
  const parts = cells.map((cell): UnweightedPart => {
    const source = textOf(cell.source);
    const { solution, grade, grade_id: id = '', points } = gradingOf(cell);
    if (cell.cell_type !== 'code') return { kind: 'text', markdown: source };
    if (solution && !grade) {
      exercise = id.replace(/^exercise-/, '');
      const split = inCell(id, () => splitSolution(source));
      return { kind: 'exercise', name: exercise, points: 0, source, ...split };
    }
    if (!grade) return { kind: 'code', code: source };
    const split = inCell(id, () => splitHiddenTests(source));
    return {
      kind: 'check',
      exercise: checkedBy(id, exercise),
      points: points ?? 0,
      source,
      ...split,
    };
  });
  const sums = new Map<string, number>();
  for (const part of parts) {
    if (part.kind !== 'check') continue;
    sums.set(part.exercise, (sums.get(part.exercise) ?? 0) + (part.points ?? 0));
  }
  const weighed = parts.map((part) =>
    part.kind === 'exercise' ? { ...part, points: sums.get(part.name) ?? 0 } : part,
  );
  return { slug, title: titleOf(cells) ?? slug, parts: sharePoints(weighed) };
}

function gradingOf({ metadata }: Cell): Partial<GradingMetadata> {
  return metadata.nbgrader ?? {};
}

/** `check-convolve-2` is for `convolve`; a check of another name for the exercise before it. */
function checkedBy(id: string, before: string): string {
  return /^check-(.+)-\d+$/.exec(id)?.[1] ?? before;
}

function inCell<T>(id: string, split: () => T): T {
  try {
    return split();
  } catch (error) {
    throw new Error(`The cell "${id}": ${(error as Error).message}.`, { cause: error });
  }
}

function titleOf(cells: readonly Cell[]): string | undefined {
  return /^# (.+)$/m.exec(cells.map(({ source }) => textOf(source)).join('\n'))?.[1];
}
