import type { CheckPart, ExercisePart, LessonPart } from './lesson.js';

/** A check whose points may not have been said. */
export type UnweightedCheck = Omit<CheckPart, 'points'> & { readonly points?: number };

/** A part of a lesson whose checks may not have said their points. */
export type UnweightedPart = Exclude<LessonPart, CheckPart> | UnweightedCheck;

/** Where a part breaks a rule, and which. */
export class PointsError extends Error {
  readonly part: UnweightedPart;

  constructor(part: UnweightedPart, problem: string) {
    super(problem);
    this.part = part;
  }
}

/**
 * Gives every check its points: a single one all of its exercise's, several what each says.
 *
 * @throws PointsError if one of several says none, or they do not add up to the exercise's.
 */
export function sharePoints(parts: readonly UnweightedPart[]): LessonPart[] {
  const exercises = parts.filter((part) => part.kind === 'exercise');
  for (const exercise of exercises) requireSum(exercise, checksOf(parts, exercise.name));
  return parts.map((part) => {
    if (part.kind !== 'check') return part;
    const all = exercises.find(({ name }) => name === part.exercise)?.points ?? 0;
    return { ...part, points: part.points ?? all };
  });
}

function checksOf(parts: readonly UnweightedPart[], name: string): UnweightedCheck[] {
  return parts.filter((part) => part.kind === 'check').filter(({ exercise }) => exercise === name);
}

function requireSum(exercise: ExercisePart, checks: readonly UnweightedCheck[]): void {
  const silent = checks.find(({ points }) => points === undefined);
  if (silent && checks.length === 1) return;
  if (silent) {
    throw new PointsError(
      silent,
      `the exercise "${exercise.name}" has ${checks.length} checks, so each must say its points=…`,
    );
  }
  const shares = checks.map(({ points = 0 }) => points);
  const sum = shares.reduce((total, share) => total + share, 0);
  if (sum === exercise.points) return;
  throw new PointsError(
    exercise,
    `the exercise "${exercise.name}" has points=${exercise.points}, but its checks have ${shares.join(' + ')}; make them add up`,
  );
}
