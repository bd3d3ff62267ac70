import { css, sequential } from './colours.js';
import { inkOn } from './contrast.js';
import { needDifferent, needSome } from './given.js';
import { specification, type Specification } from './specification.js';

export interface ConfusionTableOptions {
  /** The classes' names, by their numbers. */
  readonly classes: readonly string[];
  readonly title?: string;
}

/** A cell's side in pixels. */
const side = 38;

/**
 * How often each class (a row) was taken for which (a column). A cell shows how many, and nothing
 * for none; the brighter it is, the larger the share of its row. What is right lies on the diagonal.
 *
 * @param truths the class of each picture, a number from 0
 * @param guesses what each was taken for
 * @throws Error if there is no picture, if the two are not equally many, or if a number is no class.
 */
export function confusionTable(
  truths: readonly number[],
  guesses: readonly number[],
  { classes, title = 'What was taken for what' }: ConfusionTableOptions,
): Specification {
  needSome(truths, 'pictures');
  needDifferent(classes, 'classes');
  const counts = countsOf(truths, guesses, classes);
  const values = counts.flatMap((row, truth) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, guess) => {
      const share = total > 0 ? count / total : 0;
      const colour = sequential[Math.round(share * (sequential.length - 1))] ?? [0, 0, 0];
      return {
        ...{ truth: classes[truth], guess: classes[guess], count, share },
        ...{ text: count > 0 ? String(count) : '', colour: css(colour), ink: inkOn(colour) },
      };
    });
  });
  const right = counts.reduce((sum, row, k) => sum + (row[k] ?? 0), 0);
  const axis = (field: string, text: string, extra: object) => ({
    ...{ field, type: 'nominal', title: text, scale: { domain: classes, padding: 0 } },
    axis: { ticks: false, ...extra },
  });
  const own = (field: string) => ({ field, type: 'nominal', scale: null, legend: null });
  const encoding = {
    x: axis('guess', 'taken for', { orient: 'top', labelAngle: -45 }),
    y: axis('truth', 'is', {}),
    tooltip: [
      { field: 'truth', type: 'nominal', title: 'is' },
      { field: 'guess', type: 'nominal', title: 'taken for' },
      { field: 'count', type: 'quantitative', title: 'pictures' },
      { field: 'share', type: 'quantitative', title: 'share of its row', format: '.1%' },
    ],
  };
  return specification({
    description: `${title}: of ${truths.length} pictures of ${classes.length} classes (${classes.join(', ')}), ${right} were taken for what they are.`,
    title: { text: title, subtitle: 'The brighter a cell, the larger its share of the row' },
    width: { step: side },
    height: { step: side },
    data: { values },
    layer: [
      { mark: { type: 'rect' }, encoding: { ...encoding, color: own('colour') } },
      {
        mark: { type: 'text', fontSize: 12 },
        encoding: { ...encoding, color: own('ink'), text: { field: 'text', type: 'nominal' } },
      },
    ],
  });
}

function countsOf(
  truths: readonly number[],
  guesses: readonly number[],
  classes: readonly string[],
): number[][] {
  if (truths.length !== guesses.length) {
    throw new Error(
      `There are ${truths.length} pictures and ${guesses.length} guesses. Give one guess per picture.`,
    );
  }
  const counts = classes.map(() => classes.map(() => 0));
  for (const [i, truth] of truths.entries()) {
    const guess = guesses[i] ?? NaN;
    const row = counts[truth];
    const count = row?.[guess];
    if (!row || count === undefined) {
      throw new Error(
        `Picture ${i} is of class ${truth} and was taken for class ${guess}. ` +
          `Give numbers from 0 to ${classes.length - 1}.`,
      );
    }
    row[guess] = count + 1;
  }
  return counts;
}
