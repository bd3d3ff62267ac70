import { textOf, type Cell, type Notebook } from '../notebook/notebook.js';
import { cellNames } from './cell-names.js';
import { importAnew } from './import-anew.js';
import type { Lesson, LessonPart } from './lesson.js';
import { toNotebook, type Edition } from './to-notebook.js';

/**
 * What nbgrader 0.9 allows a cell's metadata to have, in version 3 of its schema
 * (https://nbgrader.readthedocs.io/en/stable/contributor_guide/metadata.html); without `checksum` and
 * `cell_type`, which `nbgrader generate_assignment` adds.
 */
export interface GradingMetadata {
  readonly schema_version: 3;
  /** Whether the cell gives points. */
  readonly grade: boolean;
  /** Whether the learner answers in it. */
  readonly solution: boolean;
  /** Whether nbgrader puts back what the learner has changed. */
  readonly locked: boolean;
  readonly task: false;
  /** Unique in the notebook; letters, digits, `-` and `_`. */
  readonly grade_id: string;
  /** Only of a cell that gives points. */
  readonly points?: number;
}

/**
 * A lesson as nbgrader's source notebook: with solutions and hidden tests, all cells but the
 * exercises locked. Checks import anew what they use of the library, so that an answer that calls
 * something of its own `check` does not change the mark.
 *
 * @param edition `'learner'` is what nbgrader hands out of it, and takes back: without solutions and
 *   hidden tests. Default: `'assignment'`
 */
export function toAssignment(lesson: Lesson, edition: Edition = 'assignment'): Notebook {
  const notebook = toNotebook(lesson, edition);
  const gradings = gradingsOf(lesson.parts);
  return {
    ...notebook,
    cells: notebook.cells.map((cell, i): Cell => {
      const metadata = { ...cell.metadata, nbgrader: gradings[i] };
      const isCheck = lesson.parts[i]?.kind === 'check';
      return { ...cell, metadata, source: isCheck ? checkSource(cell, lesson) : cell.source };
    }),
    metadata: {
      ...notebook.metadata,
      kernelspec: {
        display_name: 'TypeScript (Inception Lab)',
        language: 'typescript',
        name: 'inception-lab',
      },
    },
  };
}

function gradingsOf(parts: readonly LessonPart[]): GradingMetadata[] {
  const names = cellNames(parts);
  return parts.map((part, i) => {
    const common = { schema_version: 3, task: false, grade_id: names[i] ?? '' } as const;
    switch (part.kind) {
      case 'exercise':
        return { ...common, grade: false, solution: true, locked: false };
      case 'check':
        return { ...common, grade: true, solution: false, locked: true, points: part.points };
      default:
        return { ...common, grade: false, solution: false, locked: true };
    }
  });
}

function checkSource(cell: Cell, { parts }: Lesson): string[] {
  const before = parts.flatMap((part) => (part.kind === 'code' ? [part.code] : []));
  const source = textOf(cell.source);
  return [...importAnew(source, before), source].join('\n').split(/(?<=\n)/);
}
