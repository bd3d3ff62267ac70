import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { itGivesWhatIsDeserved, markedIn } from '../grading/deserved.js';
import { nameOf, Places, runSuite, type SuiteRun } from '../grading/run-suite.js';
import { checkNames, fileOf, suite, suiteLesson } from '../grading/suite.js';
import { Course, type Marks } from './support/nbgrader.js';

for (const isolation of ['required', 'permissions'] as const) {
  // All of them under both take four minutes more.
  const handedIn = isolation === 'required' ? suite : suite.filter((_, i) => i % 3 === 0);

  describe(`Marking under --isolation ${isolation}`, function () {
    this.timeout(1_800_000);
    let run: SuiteRun;

    before(async function () {
      const { status } = spawnSync('bwrap', ['--ro-bind', '/', '/', '/bin/true']);
      if (isolation === 'required' && status !== 0) this.skip();
      run = await runSuite(
        handedIn,
        '--isolation',
        isolation,
        '--call-timeout',
        '8',
        '--jobs',
        '2',
      );
      console.log(`      ${handedIn.length} submissions in ${run.seconds.toFixed(0)} s`);
    });

    itGivesWhatIsDeserved(handedIn, ({ name }) => markedIn(run, name));

    it('lets nothing be changed', () => {
      assert.deepEqual(run.changed, []);
    });

    it('leaves nothing running', () => {
      assert.deepEqual(run.running, []);
    });

    if (isolation === 'required') {
      it('lets nobody connect to anything', () => {
        assert.equal(run.connections, 0);
      });
    }
  });
}

describe('Marking through nbgrader', function () {
  this.timeout(3_600_000);
  let marks: Record<string, Marks>;
  let places: Places | undefined;

  before(async function () {
    const { slug } = suiteLesson;
    const course = await Course.begin(this, [slug]);
    const made = await Places.make(course.folder);
    places = made;
    await course.nbgrader('generate_assignment', slug);
    const settings = join(course.folder, 'nbgrader_config.py');
    const options = "grade_options = ['--call-timeout', '8', '--jobs', '2']";
    const text = readFileSync(settings, 'utf8').replace('grade_options = []', options);
    writeFileSync(settings, text);
    for (const [i, entry] of suite.entries()) {
      const folder = join(course.folder, 'submitted', nameOf(i), slug);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${slug}.ipynb`), made.fill(fileOf(entry)));
    }
    await course.nbgrader('autograde', slug);
    marks = await course.marks(slug);
  });

  after(() => {
    places?.close();
  });

  itGivesWhatIsDeserved(suite, (_, i) => ({
    points: checkNames.map((check) => marks[nameOf(i)]?.[check]),
  }));
});
