import { appendFileSync } from 'node:fs';
import Mocha from 'mocha';

/**
 * Mocha's usual report; beside it, one line `passed failed skipped` is appended to the file that
 * `MOCHA_COUNTS` names, for whoever sums over several suites.
 */
class CountReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const file = process.env.MOCHA_COUNTS;
    if (file === undefined) return;
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      appendFileSync(file, `${passes} ${failures} ${pending}\n`);
    });
  }
}

// Mocha takes a reporter from its module's default export only.
export default CountReporter;
