import { textOf, type Cell, type Notebook } from '../notebook/notebook.js';
import { importAnew } from './import-anew.js';
import type { Lesson, LessonPart } from './lesson.js';
import { toNotebook } from './to-notebook.js';

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
 */
export function toAssignment(lesson: Lesson): Notebook {
  const notebook = toNotebook(lesson, 'assignment');
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

/**
 * Exercises and checks are called after their exercise, other cells are counted: an id stays when
 * its cell's text is edited, as nbgrader wants it once there are submissions.
 */
function gradingsOf(parts: readonly LessonPart[]): GradingMetadata[] {
  const counts = new Map<string, number>();
  const numbered = (name: string) => {
    const number = (counts.get(name) ?? 0) + 1;
    counts.set(name, number);
    return `${name}-${number}`;
  };
  return parts.map((part) => {
    const common = { schema_version: 3, task: false } as const;
    switch (part.kind) {
      case 'exercise': {
        const grade_id = `exercise-${part.name}`;
        return { ...common, grade_id, grade: false, solution: true, locked: false };
      }
      case 'check': {
        const grade_id = numbered(`check-${part.exercise}`);
        const { points } = part;
        return { ...common, grade_id, grade: true, solution: false, locked: true, points };
      }
      default: {
        const grade_id = numbered(part.kind);
        return { ...common, grade_id, grade: false, solution: false, locked: true };
      }
    }
  });
}

function checkSource(cell: Cell, { parts }: Lesson): string[] {
  const before = parts.flatMap((part) => (part.kind === 'code' ? [part.code] : []));
  const source = textOf(cell.source);
  return [...importAnew(source, before), source].join('\n').split(/(?<=\n)/);
}
