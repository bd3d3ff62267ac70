import type { LiveCell } from './live-cell.js';
import type { LiveLesson } from './live-lesson.js';
import type { LessonRecord } from './store.js';

/** `'1 point'`. */
export function countPoints(points: number): string {
  return points === 1 ? '1 point' : `${points} points`;
}

/** Says of each exercise and check how far the learner is; returns it of the whole lesson. */
export function showPoints({ cells }: LiveLesson, { points }: LessonRecord): string {
  const got = (cell: LiveCell) => points[cell.name] ?? 0;
  for (const check of cells.filter(({ kind }) => kind === 'check')) {
    if (points[check.name] !== undefined) check.tell('right', '✓ Right');
    else if (check.outputs === undefined) check.tell(undefined, '');
  }
  let total = 0;
  let most = 0;
  for (const exercise of cells.filter(({ kind }) => kind === 'exercise')) {
    const checks = cells.filter(
      (cell) => cell.kind === 'check' && cell.exercise === exercise.exercise,
    );
    const sum = checks.reduce((sum, check) => sum + got(check), 0);
    const isSolved = checks.every(({ name }) => points[name] !== undefined);
    total += sum;
    most += exercise.points;
    const words = `${sum} of ${countPoints(exercise.points)}`;
    if (isSolved) exercise.tell('right', `✓ ${words}`);
    else exercise.tell(undefined, sum > 0 ? words : '');
  }
  return most === 0 ? '' : `${total} of ${countPoints(most)}`;
}
