import type { AnswerCell } from '../compile/prepared-lesson.js';
import type { CheckMark, Marks } from '../marks.js';

/** A learner's submission with its marks. */
export interface Marked {
  readonly learner: string;
  /** The learning platform's number. */
  readonly id?: string;
  /** The learner's own cells. */
  readonly cells: readonly AnswerCell[];
  readonly marks: Marks;
}

/** Points of one exercise. */
export interface ExerciseMark {
  readonly exercise: string;
  readonly earned: number;
  readonly points: number;
}

export function totalOf(checks: readonly CheckMark[]): { earned: number; points: number } {
  return {
    earned: checks.reduce((sum, { earned }) => sum + earned, 0),
    points: checks.reduce((sum, { points }) => sum + points, 0),
  };
}

/** In the lesson's order; extras, which have no points, are left out. */
export function byExercise(checks: readonly CheckMark[]): ExerciseMark[] {
  const counted = checks.filter(({ points }) => points > 0);
  const names = [...new Set(counted.map(({ exercise }) => exercise))];
  return names.map((exercise) => ({
    exercise,
    ...totalOf(checks.filter((check) => check.exercise === exercise)),
  }));
}
