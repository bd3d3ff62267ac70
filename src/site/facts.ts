import type { Lesson, LessonPart } from '../lessons/lesson.js';
import { renderMarkdown, type Section } from './markdown.js';

/** What the contents say of a lesson. */
export interface LessonFacts {
  /** The question that it answers, as Markdown. */
  readonly question: string | undefined;
  readonly exercises: number;
  /** Exercises without points, for those who are quick. */
  readonly extras: number;
  readonly points: number;
}

export function factsOf({ parts }: Lesson): LessonFacts {
  const texts = parts.flatMap((part) => (part.kind === 'text' ? [part.markdown] : []));
  const exercises = parts.filter((part) => part.kind === 'exercise');
  const points = exercises.reduce((sum, exercise) => sum + exercise.points, 0);
  return {
    question: questionIn(texts),
    exercises: exercises.filter((exercise) => exercise.points > 0).length,
    extras: exercises.filter((exercise) => exercise.points === 0).length,
    points,
  };
}

/** The sections of a lesson, with the anchors that they have on its page. */
export function sectionsOf({ parts }: Lesson): Section[] {
  const sections: Section[] = [];
  for (const part of parts) if (part.kind === 'text') renderMarkdown(part.markdown, sections);
  return sections;
}

/** Whether an exercise asks for a guess: then its outputs would give the answer away. */
export function isPrediction(part: LessonPart): boolean {
  const name = part.kind === 'exercise' ? part.name : part.kind === 'check' ? part.exercise : '';
  return /^predict\b/.test(name);
}

/** `**The question:** …`, with a capital letter. */
function questionIn(texts: readonly string[]): string | undefined {
  const [, question] = /^\*\*The question:\*\*\s+(.+)$/m.exec(texts.join('\n\n')) ?? [];
  return question && question.charAt(0).toUpperCase() + question.slice(1);
}
