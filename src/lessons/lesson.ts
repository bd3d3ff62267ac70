/** A lesson as its author wrote it: texts and code cells in reading order. */
export interface Lesson {
  /** Its folder and the base of its files' names: `'01-the-convolution-unit'`. */
  readonly slug: string;
  /** From its first heading. */
  readonly title: string;
  readonly parts: readonly LessonPart[];
}

export type LessonPart = TextPart | CodePart | ExercisePart | CheckPart;

/** Prose, as Markdown. */
export interface TextPart {
  readonly kind: 'text';
  readonly markdown: string;
}

/** A cell that the learner reads and runs. */
export interface CodePart {
  readonly kind: 'code';
  readonly code: string;
}

/** A cell that the learner completes. */
export interface ExercisePart {
  readonly kind: 'exercise';
  /** Unique in its lesson; letters, digits, `-` and `_`, as nbgrader allows. */
  readonly name: string;
  /** 0 for an extra: an exercise for those who are quick. */
  readonly points: number;
  /** The cell with its solution, without the marks around it. */
  readonly solution: string;
  /** The cell as the learner gets it. */
  readonly stub: string;
  /** The cell as its author wrote it, with its marks. */
  readonly source: string;
}

/** A cell that tells the learner whether an exercise is solved. */
export interface CheckPart {
  readonly kind: 'check';
  /** The name of its exercise. */
  readonly exercise: string;
  /** Its share of the exercise's points. */
  readonly points: number;
  /** The whole cell, hidden tests included, without the marks around them. */
  readonly code: string;
  /** The cell as the learner gets it: without hidden tests. */
  readonly visible: string;
  /** The cell as its author wrote it, with its marks. */
  readonly source: string;
}
