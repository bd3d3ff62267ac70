import { createHash } from 'node:crypto';
import type { Cell, Notebook } from '../notebook/notebook.js';
import type { Lesson, LessonPart } from './lesson.js';

/**
 * For whom the notebook is: a learner gets stubs where the solved one has solutions, and neither has
 * hidden tests; an assignment has both as their author wrote them, for nbgrader to take them out.
 */
export type Edition = 'learner' | 'solved' | 'assignment';

/** A lesson as a notebook without outputs. Cells with the same content always get the same id. */
export function toNotebook({ parts }: Lesson, edition: Edition): Notebook {
  const ids = new Set<string>();
  return {
    cells: parts.map((part) => toCell(part, uniqueId(part, ids), edition)),
    metadata: {
      kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'tslab' },
      language_info: {
        file_extension: '.ts',
        mimetype: 'text/typescript',
        name: 'typescript',
      },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

function toCell(part: LessonPart, id: string, edition: Edition): Cell {
  const metadata = metadataOf(part);
  if (part.kind === 'text') {
    return { cell_type: 'markdown', id, metadata, source: toLines(part.markdown) };
  }
  const source = toLines(codeOf(part, edition));
  return { cell_type: 'code', execution_count: null, id, metadata, outputs: [], source };
}

/** The code of a cell, in this edition. */
export function codeOf(part: Exclude<LessonPart, { kind: 'text' }>, edition: Edition): string {
  if (part.kind === 'code') return part.code;
  if (edition === 'assignment') return part.source;
  if (part.kind === 'check') return part.visible;
  return edition === 'solved' ? part.solution : part.stub;
}

function metadataOf(part: LessonPart): Record<string, unknown> {
  switch (part.kind) {
    case 'exercise':
      return { inception_lab: { exercise: part.name, points: part.points } };
    case 'check':
      return { inception_lab: { check: part.exercise } };
    default:
      return {};
  }
}

/** An id that does not change when other cells come or go, so that notebooks diff well. */
function uniqueId(part: LessonPart, taken: Set<string>): string {
  const hash = createHash('sha256').update(identityOf(part)).digest('hex').slice(0, 8);
  const base = part.kind === 'exercise' ? `exercise-${part.name}` : `${part.kind}-${hash}`;
  let id = base;
  for (let i = 2; taken.has(id); i++) id = `${base}-${i}`;
  taken.add(id);
  return id;
}

/** What makes a cell the same; its points do not. */
function identityOf(part: LessonPart): string {
  if (part.kind !== 'check') return JSON.stringify(part);
  const { kind, exercise, code } = part;
  return JSON.stringify({ kind, exercise, code });
}

function toLines(text: string): string[] {
  return text.split(/(?<=\n)/);
}
