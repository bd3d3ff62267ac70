import { csvFormat } from 'd3-dsv';
import { crops, evaluation } from '../training/studies/evaluation/declaration.js';
import { unpack } from '../training/studies/evaluation/pack.js';
import { errorsOf } from '../training/evaluate.js';
import { stepOfDeath } from '../training/studies/measures.js';
import { Results } from '../training/studies/results.js';
import { runId, type RunResult } from '../training/studies/run.js';
import type { Study, StudySize } from '../training/studies/study.js';
import { readEvaluations } from './run-evaluation.js';
import { readAndTell } from './study-done.js';
import { chosenStudy, requireEvaluationFlags, sizeOf, type StudyFlags } from './study-flags.js';

/** Prints a study's results for a spreadsheet or another program: a row an epoch of a run. */
export async function exportStudy(
  name: string,
  flags: StudyFlags & { csv: boolean },
): Promise<void> {
  if (!flags.csv) throw new Error('Say which format you want: --csv.');
  const size = sizeOf(flags);
  if (name === evaluation.name) requireEvaluationFlags(flags);
  const rows =
    name === evaluation.name
      ? await evaluationRows(flags.results, size)
      : await trainingRows(chosenStudy(name, flags.only), new Results(flags.results), size);
  if (rows.length === 0) {
    throw new Error(
      `No run of ${name} is done. Start it with: npx inception-lab study run ${name}`,
    );
  }
  console.log(csvFormat(rows));
}

async function trainingRows(study: Study, results: Results, size: StudySize): Promise<object[]> {
  const { tuned, done } = await readAndTell(study, size, results);
  return [
    ...tuned.flatMap((result) => rowsOf('tuning', result)),
    ...done.flatMap((result) => rowsOf('final', result)),
  ];
}

function rowsOf(stage: string, run: RunResult): object[] {
  const { config, curve, diverged = '' } = run;
  const { study, comparison, arm, seed } = config;
  const { parameters, multiplyAdds, steps, backend, device, versions, date } = run;
  const died = stepOfDeath(run) ?? '';
  return curve.map((epoch) => ({
    ...{ run: runId(config), study, comparison, arm, stage, seed },
    ...epoch,
    ...{ parameters, multiplyAdds, steps, died, diverged, backend, device, ...versions, date },
  }));
}

/** A row a network and number of crops. */
async function evaluationRows(folder: string, size: StudySize): Promise<object[]> {
  const results = await readEvaluations(folder, size);
  return results.flatMap(({ config, labels, probabilities, backend, device, versions, date }) =>
    crops.map((count) => ({
      ...{
        run: config.of,
        arm: config.arm,
        seed: config.seed,
        pictures: config.test,
        crops: count,
      },
      ...errorsOf(unpack(probabilities[count] ?? ''), Array.from(labels, Number)),
      ...{ backend, device, ...versions, date },
    })),
  );
}
