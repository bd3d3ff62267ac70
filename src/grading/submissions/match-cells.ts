import { cellNames } from '../../lessons/cell-names.js';
import type { Lesson, LessonPart } from '../../lessons/lesson.js';
import { toNotebook } from '../../lessons/to-notebook.js';
import type { AnswerCell } from '../compile/prepared-lesson.js';
import type { SubmittedCell } from './read-submission.js';

/** What a cell of the lesson can be recognized by. */
interface Known {
  readonly part: LessonPart;
  readonly name: string;
  readonly id: string;
}

/**
 * Which of the cells that were handed in are the learner's, and where in the lesson they stand. Cells
 * that the lesson has itself are taken from the lesson.
 *
 * @throws Error with a sentence for the learner, if none is of this lesson
 */
export function matchCells(lesson: Lesson, cells: readonly SubmittedCell[]): AnswerCell[] {
  const names = cellNames(lesson.parts);
  const ids = toNotebook(lesson, 'learner').cells.map(({ id }) => id);
  const known = lesson.parts.map((part, i): Known => ({
    part,
    name: names[i] ?? '',
    id: ids[i] ?? '',
  }));
  const found: AnswerCell[] = [];
  let place = 0;
  let isOfLesson = false;
  for (const cell of cells) {
    const index = placeOf(cell, known);
    if (index !== undefined) {
      place = index;
      isOfLesson = true;
    }
    const { part } = known[index ?? -1] ?? {};
    if (part && part.kind !== 'exercise') continue;
    const { source: code } = cell;
    if (code.trim() === '') continue;
    found.push({ part: place, code, ...(part && { exercise: part.name }) });
  }
  if (!isOfLesson) {
    throw new Error(`The notebook has no cell of the lesson ${lesson.slug}.`);
  }
  return found;
}

/** By its name; else by what it is; else by what it says. */
function placeOf(cell: SubmittedCell, known: readonly Known[]): number | undefined {
  const ways: ((one: Known) => boolean)[] = [
    ({ name }) => name === cell.name,
    ({ part }) => part.kind === 'exercise' && part.name === cell.exercise,
    ({ id }) => id === cell.id,
    ({ part }) => isSame(part, cell.source),
    ({ part }) => part.kind === 'exercise' && answers(part.stub, cell.source),
  ];
  for (const way of ways) {
    const index = known.findIndex(way);
    if (index >= 0) return index;
  }
  return undefined;
}

function isSame(part: LessonPart, source: string): boolean {
  if (part.kind === 'code') return part.code.trim() === source.trim();
  // Behind a line that imports anew.
  const visible = part.kind === 'check' ? part.visible.trim() : '';
  return visible !== '' && source.trim().endsWith(visible);
}

/** Whether a cell declares one of the functions that an exercise asks for. */
function answers(stub: string, source: string): boolean {
  return [...stub.matchAll(/^(?:async )?function (\w+)/gm)].some(([, name = '']) =>
    new RegExp(
      `^\\s*(?:export\\s+)?(?:async\\s+)?(?:function|const|let|var)\\s+${name}\\b`,
      'm',
    ).test(source),
  );
}
