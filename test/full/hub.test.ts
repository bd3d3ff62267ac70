import assert from 'node:assert/strict';
import type { Notebook } from '../../dist/notebook/notebook.js';
import type { WebClient } from '../support/web-client.js';
import { Hub } from './support/hub.js';
import { codeBelow } from './support/hub-page.js';
import { answered } from './support/nbgrader.js';

const assignment = '01-the-convolution-unit';
const notebook = `${assignment}/${assignment}.ipynb`;

/** Does what a button of the assignment list does, or shows the list. */
async function assignments(learner: WebClient, action?: string): Promise<string[]> {
  const about = { course_id: 'inception-lab', assignment_id: assignment };
  const response = action
    ? await learner.ask(`assignments/${action}`, { method: 'POST', body: JSON.stringify(about) })
    : await learner.ask(`assignments?course_id=${about.course_id}`);
  const { success, value } = (await response.json()) as {
    success: boolean;
    value: { assignment_id: string; status: string }[];
  };
  assert.ok(success, JSON.stringify(value));
  return value.map(({ assignment_id, status }) => `${assignment_id}: ${status}`);
}

describe('A JupyterHub, as docs/hub.md sets it up', () => {
  let hub: Hub | undefined;
  let [ada, ben]: WebClient[] = [];

  before(async function () {
    hub = await Hub.start(this);
    [ada, ben] = await Promise.all([hub.logIn('ada'), hub.logIn('ben')]);
  });

  after(() => hub?.stop());

  it('lets nobody in without the password', async () => {
    await assert.rejects(hub!.logIn('ada', 'a guess'), /The hub does not let ada in: 403/);
  });

  it('keeps learners from each other’s servers, and from the teacher’s files', async () => {
    const stranger = hub!.clientOf('ben', ada!.token);
    assert.equal((await stranger.ask('api/contents')).status, 403);
    assert.equal((await hub!.clientOf('ben', '').ask('api/contents')).status, 403);
    await assert.rejects(hub!.type('ada', 'ls /home/teacher'), /Permission denied/);
  });

  it('offers our kernel, and runs cells on it as the learner who has logged in', async () => {
    const { kernelspecs } = (await (await ada!.ask('api/kernelspecs')).json()) as {
      kernelspecs: Record<string, { spec: { display_name: string } }>;
    };
    assert.equal(kernelspecs['inception-lab']?.spec.display_name, 'TypeScript (Inception Lab)');
    const code = [
      "import { inceptionV4, tf } from 'inception-lab';",
      "import { userInfo } from 'node:os';",
      'console.log(userInfo().username, tf.scalar(6).mul(7).dataSync()[0], typeof inceptionV4);',
    ].join('\n');
    const said = async (learner: WebClient) => {
      const kernel = await learner.start();
      const page = await learner.connect(kernel);
      const { reply, published } = await page.execute(code);
      assert.equal(reply.status, 'ok', JSON.stringify(reply));
      page.socket.close();
      await learner.end(kernel);
      const streams = published.filter(({ type }) => type === 'stream');
      return streams.map(({ content }) => content.text).join('');
    };
    assert.equal(await said(ada!), 'ada 42 function\n');
    assert.equal(await said(ben!), 'ben 42 function\n');
  });

  it('hands a lesson out, takes it back, and marks what it deserves', async () => {
    const [handOut, mark] = codeBelow('The class');
    await hub!.type('teacher', handOut!);
    assert.deepEqual(await assignments(ada!), [`${assignment}: released`]);
    for (const learner of [ada!, ben!]) {
      assert.deepEqual(await assignments(learner, 'fetch'), [`${assignment}: fetched`]);
    }

    const path = `api/contents/${notebook}`;
    const { content } = (await (await ada!.ask(path)).json()) as { content: Notebook };
    const solved = await answered(content, assignment);
    const body = JSON.stringify({ type: 'notebook', content: solved });
    assert.equal((await ada!.ask(path, { method: 'PUT', body })).status, 200);
    for (const learner of [ada!, ben!]) {
      const listed = await assignments(learner, 'submit');
      assert.deepEqual(listed, [`${assignment}: fetched`, `${assignment}: submitted`]);
    }
    const list = 'ls /srv/nbgrader/exchange/inception-lab/inbound';
    assert.match(await hub!.type('teacher', list), /^ada\+.*\nben\+.*\n$/);
    await assert.rejects(hub!.type('ben', list), /Permission denied/);

    await hub!.type('teacher', mark!);
    const program = 'python /opt/inception-lab/test/full/read_marks.py';
    const marks = await hub!.type('teacher', `cd ~/inception-course\n${program} ${assignment}`);
    const marksOf = (points: readonly number[]) => ({
      'check-convolve-1': points[0],
      'check-convolve-2': points[1],
      'check-convolution-unit-1': points[2],
      'check-predict-cost-1': points[3],
      'check-fold-1': 0,
    });
    assert.deepEqual(JSON.parse(marks), {
      ada: marksOf([1, 1, 3, 1]),
      ben: marksOf([0, 0, 0, 0]),
    });
  });
});
