import { cellNames } from '../lessons/cell-names.js';
import type { CheckPart, Lesson } from '../lessons/lesson.js';

/** What one check of a submission came to. */
export interface CheckMark {
  /** As nbgrader calls the cell: `check-convolve-1`. */
  readonly check: string;
  readonly exercise: string;
  readonly points: number;
  readonly earned: number;
  /** Why it gave nothing. */
  readonly message?: string;
  /** What the check printed. */
  readonly output: string;
  /** Whether some of its tests are hidden: what it printed names them. */
  readonly hasHidden: boolean;
  /** What a failed one says without them. */
  readonly visible?: Pick<CheckMark, 'message' | 'output'>;
}

/** What one submission came to. */
export interface Marks {
  readonly checks: readonly CheckMark[];
  /** What went wrong in cells that the learner wrote, as sentences. */
  readonly errors: readonly string[];
  /** What a teacher may want to look at. */
  readonly suspicious: readonly string[];
  /** Shapes of each exercise's answer, for comparisons. */
  readonly prints: Readonly<Record<string, readonly string[]>>;
}

/** What a check has come to, by what it says. */
export function markOf(
  { exercise, points, code, visible }: CheckPart,
  check: string,
  outcome: Pick<CheckMark, 'message' | 'output' | 'visible'>,
): CheckMark {
  const earned = outcome.message === undefined ? points : 0;
  return { check, exercise, points, earned, hasHidden: code !== visible, ...outcome };
}

/** The marks of what cannot be run. */
export function noMarks({ parts }: Lesson, why: string): Marks {
  const names = cellNames(parts);
  const checks = parts.flatMap((part, i) =>
    part.kind === 'check' ? [markOf(part, names[i] ?? '', { message: why, output: '' })] : [],
  );
  return { checks, errors: [why], suspicious: [], prints: {} };
}
