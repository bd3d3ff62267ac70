import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { runNotebook } from '../../dist/kernel/run-notebook.js';
import { findLesson, readLessons } from '../../dist/lessons/catalogue.js';
import type { Lesson } from '../../dist/lessons/lesson.js';
import { loadStudies } from '../../dist/lessons/studies.js';
import { toNotebook } from '../../dist/lessons/to-notebook.js';
import { textOf, type CodeCell } from '../../dist/notebook/notebook.js';

const page = await readFile('docs/ablations.md', 'utf8');
const readme = await readFile('README.md', 'utf8');
const lessons = await readLessons();
const studies = await loadStudies();
/** The residual study's comparisons, the shallowest networks first. */
const byDepth = Object.values(studies.comparisons.residual ?? {})
  .filter(({ depth }) => depth !== undefined)
  .sort((a, b) => a.depth! - b.depth!);

/** What those of a lesson's cells print that read the studies' results, and train nothing. */
async function printed(lesson: Lesson, needed: RegExp): Promise<string> {
  const solved = toNotebook(lesson, 'solved');
  const cells = solved.cells.filter(
    ({ source }, i) => lesson.parts[i]?.kind === 'code' && needed.test(textOf(source)),
  );
  const options = { cwd: process.cwd(), cellTimeout: 300 };
  const { cells: executed } = await runNotebook({ ...solved, cells }, options);
  return executed
    .flatMap((cell) => (cell as CodeCell).outputs)
    .map((output) => (output.output_type === 'stream' ? textOf(output.text) : ''))
    .join('');
}

/** The claims of a study that have an interval, as the page has them: a row each. */
function rowsOf(study: string, measures: readonly string[]): { sentence: string; row: string }[] {
  const judged =
    study === 'evaluation'
      ? studies.evaluation.claims
      : Object.values(studies.comparisons[study] ?? {}).flatMap(({ claims }) => claims);
  return judged
    .filter(({ effect, measure }) => effect && measures.includes(measure))
    .map(({ sentence }) => {
      const row = page.split('\n').find((line) => line.startsWith(`| ${sentence} |`));
      assert.ok(row, `the page has no row for "${sentence}"`);
      return { sentence, row };
    });
}

/** What is printed of a claim: its verdict, the effect with its interval, and what that is over. */
function verdictsIn(text: string): Map<string, string> {
  const claims = text.matchAll(/^([A-Z ]+): (.+)\n {4}by (.+\)), (.+ seeds)$/gm);
  return new Map(
    [...claims].map(([, verdict = '', sentence = '', effect = '', over = '']) => [
      sentence,
      `**${verdict.toLowerCase()}** … ${effect} … ${over}`,
    ]),
  );
}

/** The same of the page's row; by how much a claim may be missed, lessons say once for all. */
function asPrinted(row: string): string {
  const [, , , verdict = '', , effect = '', over = ''] = row.split(/ ?\| ?/);
  const short = effect.replace(/; down to .* is allowed/, '');
  return `${verdict} … ${short} … ${over.replace('only ', '')}`;
}

const all = ['errors', 'losses', 'zeroFractions'];

describe('What lessons say of the studies', function () {
  this.timeout(120_000);

  for (const [wish, needs, told] of [
    [
      '10',
      /^import|loadStudies/,
      [
        ['residual', ['errors', 'zeroFractions']],
        ['residual-scale', ['errors', 'zeroFractions']],
      ],
    ],
    ['14', /^import|loadStudies|claims|byDepth/, [['residual', all]]],
    ['15', /^import|loadStudies|const percent|effect/, [['residual-scale', all]]],
    [
      '17',
      /^import|loadStudies|= studies;|const published|evaluation\.claims/,
      [['evaluation', all]],
    ],
  ] as const) {
    it(`agrees with docs/ablations.md in lesson ${wish}`, async () => {
      const verdicts = verdictsIn(await printed(findLesson(lessons, wish), needs));
      const rows = told.flatMap(([study, measures]) => rowsOf(study, measures));
      assert.ok(rows.length > 0);
      for (const { sentence, row } of rows) {
        assert.equal(verdicts.get(sentence), asPrinted(row), sentence);
      }
    });
  }

  it('bears out that every network had its best learning rate among those tried, none at the edge', () => {
    const arms = Object.values(studies.comparisons.residual ?? {}).flatMap((comparison) =>
      Object.values(comparison.arms),
    );
    for (const { learningRate, tuning } of arms) {
      const rates = tuning.map((each) => each.learningRate);
      assert.ok(Math.min(...rates) < learningRate && learningRate < Math.max(...rates));
    }
  });

  it('bears out that shortcuts do harm with three blocks, and help the more the deeper', () => {
    const effects = byDepth.map(({ claims }) =>
      claims.find(({ measure, worse }) => measure === 'errors' && worse === 'without shortcuts'),
    );
    const [three, eight, twenty] = effects;
    assert.deepEqual(
      effects.map((claim) => claim?.verdict),
      ['the opposite', 'seen', 'seen'],
    );
    assert.ok(three!.effect!.high < 0);
    const points = effects.map((claim) => Math.abs(100 * claim!.effect!.mean).toFixed(0));
    const told = /add (\d+) points.* three blocks, save (\d+) with eight, and (\d+) with twenty/;
    assert.deepEqual(told.exec(readme)?.slice(1), points);
    assert.ok(twenty!.effect!.low > eight!.effect!.high);
  });

  it('bears out that with shortcuts the error does not grow with depth, and without it does', () => {
    const errorsOf = (arm: string) =>
      byDepth.map(({ arms }) => {
        const last = arms[arm]!.runs.map(({ errors }) => errors.at(-1)!);
        return last.reduce((a, b) => a + b) / last.length;
      });
    const grownBy = (arm: string) => {
      const [three = NaN, eight = NaN, twenty = NaN] = errorsOf(arm);
      return [eight - three, twenty - eight];
    };
    for (const more of grownBy('with shortcuts')) assert.ok(Math.abs(more) < 0.02);
    for (const more of [...grownBy('without shortcuts'), ...grownBy('plain Inception')]) {
      assert.ok(more > 0.05);
    }
  });

  it('bears out that several networks help, and more crops do not', () => {
    const verdicts = studies.evaluation.claims.map(({ verdict }) => verdict);
    assert.deepEqual(verdicts, ['not seen', 'the opposite', 'seen', 'seen', 'seen']);
  });

  it('cites the earlier study in lesson 14 as the page does', () => {
    const { parts } = findLesson(lessons, '14');
    const cell = parts.find((part) => part.kind === 'code' && part.code.includes('const earlier'));
    assert.ok(cell?.kind === 'code');
    const errors = [...cell.code.matchAll(/(\d+\.\d+)[,\s]/g)].map(([, error]) => error);
    const [withShortcuts, without, plain] = errors;
    assert.ok(
      page.includes(
        `top-1 error ${withShortcuts} % with shortcuts, ${without} % without, ${plain} % for the plain network`,
      ),
      errors.join(', '),
    );
  });
});
