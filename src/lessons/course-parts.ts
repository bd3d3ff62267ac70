import type { Lesson } from './lesson.js';

export interface CoursePart {
  readonly title: string;
  readonly lessons: readonly Lesson[];
}

/** By the number of their first lesson. */
const parts = [
  { title: 'Part one: the networks', first: 0 },
  { title: 'Part two: training, the ablations, and what a network sees', first: 13 },
] as const;

/** The lessons by the course's parts; a part without lessons is left out. */
export function coursePartsOf(lessons: readonly Lesson[]): CoursePart[] {
  return parts
    .map(({ title, first }, i) => ({
      title,
      lessons: lessons.filter(({ slug }) => {
        const number = Number(slug.slice(0, 2));
        return number >= first && number < (parts[i + 1]?.first ?? Infinity);
      }),
    }))
    .filter((part) => part.lessons.length > 0);
}
