import assert from 'node:assert/strict';
import { runSuite, type SuiteRun } from './run-suite.js';
import { suite } from './suite.js';

const quick = suite.filter(({ slow }) => !slow);

describe('Marking, whatever is handed in', function () {
  this.timeout(600_000);
  let run: SuiteRun;

  before(async () => {
    run = await runSuite(quick, '--call-timeout', '8');
  });

  for (const { name, what, deserved } of quick) {
    it(`gives ${deserved.join(' + ')} to who ${what} (${name})`, () => {
      const { marks } = run.marked.get(name)!;
      const said = [...marks.errors, ...marks.checks.map(({ message }) => message)].join('\n');
      assert.deepEqual(run.points.get(name), [...deserved], said);
    });
  }

  it('lets nothing be changed', () => {
    assert.deepEqual(run.changed, []);
  });

  it('lets nobody connect to anything', () => {
    assert.equal(run.connections, 0);
  });
});
