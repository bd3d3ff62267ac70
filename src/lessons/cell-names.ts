import type { LessonPart } from './lesson.js';

/**
 * A name for each part of a lesson: exercises and checks are called after their exercise, other
 * parts are counted. A name stays when its part's text is edited, as nbgrader wants it once there
 * are submissions.
 */
export function cellNames(parts: readonly LessonPart[]): string[] {
  const counts = new Map<string, number>();
  const numbered = (name: string) => {
    const number = (counts.get(name) ?? 0) + 1;
    counts.set(name, number);
    return `${name}-${number}`;
  };
  return parts.map((part) => {
    if (part.kind === 'exercise') return `exercise-${part.name}`;
    return numbered(part.kind === 'check' ? `check-${part.exercise}` : part.kind);
  });
}
