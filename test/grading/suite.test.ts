import assert from 'node:assert/strict';
import { itGivesWhatIsDeserved, markedIn } from './deserved.js';
import { runSuite, type SuiteRun } from './run-suite.js';
import { suite } from './suite.js';

/** A few of each kind; test/full hands in all. */
const names = [
  ...['solved', 'stubs', 'half', 'hard-coded', 'helper', 'exit', 'fork bomb', 'right proxy'],
  ...['changed Array.prototype', 'changed TensorFlow.js', 'own check', 'reads secrets', 'network'],
  ...['library by computed name', 'library by a helper', 'changed checks', 'merged cells'],
  ...['own helper', 'own members', 'library behind a false guard', 'signals', 'own frames'],
  ...['tells what it was asked', 'format 3', 'Colab', 'cut-off file'],
];
const quick = suite.filter(({ name }) => names.includes(name));

describe('Marking, whatever is handed in', function () {
  this.timeout(600_000);
  let run: SuiteRun;

  before(async () => {
    run = await runSuite(quick, '--call-timeout', '8');
  });

  itGivesWhatIsDeserved(quick, ({ name }) => markedIn(run, name));

  it('hands in all that it means to', () => {
    assert.equal(quick.length, names.length);
  });

  it('has nobody tell what hidden tests ask', () => {
    const { errors, checks } = run.marked.get('tells what it was asked')!.marks;
    assert.match(errors.join(), /A cell of your own: Error: \[\]/);
    // The hidden tests' kernels.
    assert.doesNotMatch(JSON.stringify([errors, checks]), /\[\[1\],\[2\]\]|\[1,-2,3\]/);
  });

  it('lets nothing be changed', () => {
    assert.deepEqual(run.changed, []);
  });

  it('lets nobody connect to anything', () => {
    assert.equal(run.connections, 0);
  });
});
