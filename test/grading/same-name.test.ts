import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inceptionLab } from '../support/command.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe('Two learners of the same name', () => {
  it('have a row, a number and a page each', async () => {
    const folder = temporaryFolder();
    const [from, to] = [join(folder, 'inbox'), join(folder, 'marks')];
    mkdirSync(from);
    // What cannot be marked is told quickly: nothing has to be run.
    writeFileSync(join(from, 'Maria Garcia_111_7_unit.ipynb'), '');
    writeFileSync(join(from, 'Maria Garcia_222_8_unit.ipynb'), '{');
    const { status, stderr } = await inceptionLab(
      ...['grade', from, '--assignment', '1', '--output', to],
    );
    assert.equal(status, 0, stderr);
    const table = (name: string) => readFileSync(join(to, name), 'utf8');
    assert.match(table('marks.csv'), /^Maria Garcia \/ 111,0,6,.*\nMaria Garcia \/ 222,0,6,/m);
    assert.match(table('moodle.csv'), /^Participant 111,.*\nParticipant 222,/m);
    const links = [...table('overview.html').matchAll(/href="(feedback\/[^"]+)"/g)];
    const pages = [...new Set(links.map(([, page = '']) => page))];
    assert.equal(pages.length, 2);
    for (const [i, why] of ['is an empty file', 'is damaged'].entries()) {
      assert.ok(existsSync(join(to, pages[i]!)));
      assert.match(readFileSync(join(to, pages[i]!), 'utf8'), new RegExp(why));
    }
  });
});
