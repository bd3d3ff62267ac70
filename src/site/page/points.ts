import type { LiveCell } from './live-cell.js';
import type { LiveLesson } from './live-lesson.js';
import type { LessonRecord } from './store.js';

/** `'1 point'`. */
export function countPoints(points: number): string {
  return points === 1 ? '1 point' : `${points} points`;
}

/**
 * Says of each exercise and check how far the learner is. What was got stays, but a later answer that
 * is wrong is called so.
 *
 * @param problems what the checks have found wrong
 * @returns how far the learner is in the whole lesson
 */
export function showPoints(
  lesson: LiveLesson,
  { points }: LessonRecord,
  problems: ReadonlyMap<LiveCell, string>,
): string {
  const exercises = lesson.cells.filter(({ kind }) => kind === 'exercise');
  let total = 0;
  for (const exercise of exercises) {
    const checks = lesson.checksOf(exercise);
    for (const check of checks) {
      if (problems.has(check)) check.tell('wrong', '✗ Not right yet');
      else if (points[check.name] !== undefined) check.tell('right', '✓ Right');
      else check.tell(undefined, '');
    }
    const sum = checks.reduce((sum, { name }) => sum + (points[name] ?? 0), 0);
    total += sum;
    const words = exercise.points === 0 ? 'Right' : `${sum} of ${countPoints(exercise.points)}`;
    const wrong = checks.find((check) => problems.has(check));
    if (wrong) {
      const got = sum > 0 ? ` · ${words}` : '';
      exercise.tell('wrong', `✗ Not right yet${got}`, problems.get(wrong));
    } else if (checks.every(({ name }) => points[name] !== undefined)) {
      exercise.tell('right', `✓ ${words}`);
    } else exercise.tell(undefined, sum > 0 ? words : '');
  }
  const most = exercises.reduce((sum, { points }) => sum + points, 0);
  return most === 0 ? '' : `${total} of ${countPoints(most)}`;
}
