import { describeBackend } from '../backends/choice.js';
import { useBackend } from '../backends/node/use-backend.js';
import type { BackendName } from '../backends/backend.js';
import { evaluation } from '../training/studies/evaluation/declaration.js';
import { tuningRuns } from '../training/studies/runs.js';
import { tryArm, type Try } from '../training/studies/try-step.js';
import { chosenStudy, sizeOf, type StudyFlags } from './study-flags.js';

/**
 * Trains each network of a study for a few steps, and says from that how long all runs take, on
 * this backend, one after another.
 */
export async function priceStudy(
  name: string,
  flags: StudyFlags & { backend?: BackendName },
): Promise<void> {
  if (name === evaluation.name) {
    throw new Error(
      `The study ${name} trains no network, so it has no price of its own. ` +
        `Price the study whose networks it evaluates: ${evaluation.of.study}.`,
    );
  }
  const study = chosenStudy(name, flags.only);
  const size = sizeOf(flags);
  console.log(describeBackend(await useBackend(flags.backend)));
  let total = 0;
  for (const comparison of study.comparisons) {
    const part = { study, comparison, size };
    const tuning = tuningRuns(part);
    const arms = Object.keys(comparison.arms);
    const { seeds } = comparison.sizes[size];
    for (const arm of arms) {
      const tried = await tryArm(part, arm);
      const runs = tuning.filter((run) => run.arm === arm).length + seeds.length;
      const hours = (runs * tried.seconds * stepsOf(tried)) / 3600;
      total += hours;
      console.log(
        `${comparison.name}, ${arm}: ${(tried.multiplyAdds / 1e6).toFixed(0)} million multiply-adds, ` +
          `${tried.seconds.toFixed(3)} s a step, ${stepsOf(tried)} steps a run; ` +
          `${runs} runs: ${hours.toFixed(1)} hours`,
      );
    }
    console.log(`${comparison.name}: ${tuning.length + arms.length * seeds.length} runs`);
  }
  console.log(`${total.toFixed(1)} hours in all, without evaluation.`);
}

function stepsOf({ steps, epochs }: Try): number {
  return steps * epochs;
}
