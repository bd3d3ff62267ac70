import type { RunResult } from '../training/studies/run.js';
import { picturesAnEpoch, valueOf } from '../training/studies/measures.js';
import type { Comparison, Picture, Study } from '../training/studies/study.js';
import { bands, type BandPanel, type BandPoint, type Specification } from '../viz/index.js';

/** Forward, and twice as much backward. */
const passes = 3;

type Epoch = RunResult['curve'][number];

interface Panel extends Omit<BandPanel, 'points'> {
  readonly x: (epoch: Epoch, run: RunResult) => number;
  readonly y: (epoch: Epoch) => number;
}

const byEpoch = { xTitle: 'epoch', x: ({ epoch }: Epoch) => epoch };

const byCost = {
  xTitle: 'multiply-adds spent, 10¹²',
  x: ({ epoch }: Epoch, run: RunResult) =>
    (passes * epoch * run.multiplyAdds * picturesAnEpoch(run)) / 1e12,
};

const error = { yTitle: 'top-1 error', percent: true, y: ({ top1 }: Epoch) => top1 };
const loss = { yTitle: 'training loss', logarithmic: true, y: ({ loss }: Epoch) => loss };

const panels: Readonly<Record<Picture, Panel>> = {
  errors: { ...byEpoch, ...error },
  errorsByCost: { ...byCost, ...error },
  losses: { ...byEpoch, ...loss },
  lossesByCost: { ...byCost, ...loss },
  top5: { ...byEpoch, yTitle: 'top-5 error', percent: true, y: ({ top5 }) => top5 },
  zeroFractions: {
    ...byEpoch,
    ...{ yTitle: 'zeros in the last feature map', percent: true },
    y: ({ zeroFraction }) => zeroFraction,
  },
};

/**
 * All pictures of a study's final runs, by their names; none of a comparison whose runs have all
 * diverged in their first epoch, since there is no curve.
 */
export function picturesOf(
  study: Study,
  results: readonly RunResult[],
): Map<string, Specification> {
  const pictures = new Map<string, Specification>();
  const resultsOf = ({ name }: Comparison) =>
    results.filter(({ config }) => config.comparison === name);
  const comparisons = study.comparisons.filter((comparison) =>
    resultsOf(comparison).some(({ curve }) => curve.length > 0),
  );
  for (const comparison of comparisons) {
    pictures.set(comparison.name, learningPicture(study, comparison, resultsOf(comparison)));
  }
  const depth = depthPicture(comparisons, results);
  if (depth) pictures.set('depth', depth);
  return pictures;
}

/** How the networks of a comparison learn: means over the seeds, and their range. */
function learningPicture(
  { pictures = ['errors', 'losses'] }: Study,
  { title, arms, drawn: series = Object.keys(arms) }: Comparison,
  results: readonly RunResult[],
): Specification {
  const drawn = pictures.map((picture) => {
    const { x, y, ...panel } = panels[picture];
    const points = results
      .filter(({ config }) => series.includes(config.arm))
      .flatMap((run) =>
        run.curve.map((epoch) => ({ series: run.config.arm, x: x(epoch, run), y: y(epoch) })),
      );
    return { ...panel, points };
  });
  return bands(drawn, { title, series });
}

/**
 * The error in the end against the number of blocks.
 *
 * @returns `undefined` where fewer than two depths are done
 */
function depthPicture(
  comparisons: readonly Comparison[],
  results: readonly RunResult[],
): Specification | undefined {
  const points = comparisons.flatMap(({ name, depth }): BandPoint[] =>
    depth === undefined
      ? []
      : results
          .filter(({ config }) => config.comparison === name)
          .map((run) => ({ series: run.config.arm, x: depth, y: valueOf(run, 'errors') })),
  );
  if (new Set(points.map(({ x }) => x)).size < 2) return undefined;
  const panel = {
    points,
    xTitle: 'blocks of the Inception-ResNet',
    yTitle: 'top-1 error',
    percent: true,
  };
  return bands([panel], {
    title: 'The error in the end, by depth',
    series: Object.keys(comparisons[0]?.arms ?? {}),
  });
}
