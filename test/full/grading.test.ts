import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { runSuite, type SuiteRun } from '../grading/run-suite.js';
import { suite } from '../grading/suite.js';

/** What a process without bubblewrap cannot keep an answer from. */
const differs: Readonly<Record<string, string>> = {};

for (const isolation of ['required', 'permissions'] as const) {
  describe(`Marking under --isolation ${isolation}`, function () {
    this.timeout(1_800_000);
    let run: SuiteRun;

    before(async function () {
      const { status } = spawnSync('bwrap', ['--ro-bind', '/', '/', '/bin/true']);
      if (isolation === 'required' && status !== 0) this.skip();
      run = await runSuite(suite, '--isolation', isolation, '--call-timeout', '8');
      console.log(`      ${suite.length} submissions in ${run.seconds.toFixed(0)} s`);
    });

    for (const { name, what, deserved } of suite) {
      it(`gives ${deserved.join(' + ')} to who ${what} (${name})`, () => {
        if (isolation === 'permissions' && name in differs) return;
        const { marks } = run.marked.get(name)!;
        const said = [...marks.errors, ...marks.checks.map(({ message }) => message)].join('\n');
        assert.deepEqual(run.points.get(name), [...deserved], said);
      });
    }

    it('lets nothing be changed', () => {
      assert.deepEqual(run.changed, []);
    });

    it('leaves nothing running', () => {
      const { stdout } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
      assert.doesNotMatch(stdout, /grading[/]answer[/]main/);
    });

    if (isolation === 'required') {
      it('lets nobody connect to anything', () => {
        assert.equal(run.connections, 0);
      });
    }
  });
}
