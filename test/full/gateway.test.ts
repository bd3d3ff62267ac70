import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { readLessons } from '../../dist/lessons/catalogue.js';
import { toNotebook } from '../../dist/lessons/to-notebook.js';
import { readNotebook, writeNotebook } from '../../dist/notebook/files.js';
import { startInceptionLab, type Running } from '../support/command.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { WebClient } from '../support/web-client.js';
import { needBrowser } from './support/browser.js';
import { startJupyterLab, type JupyterLab } from './support/jupyter-lab.js';
import { Jupyter } from './support/jupyter.js';
import { codeCells, shown } from './support/notebooks.js';
import { repository } from './support/repository.js';

/** JupyterLab, as it shows itself to a page's scripts. */
interface App {
  readonly commands: { readonly execute: (id: string) => Promise<unknown> };
}

/** Resolves when JupyterLab has done what one of its menus offers. */
async function command(page: Page, id: string): Promise<void> {
  await page.evaluate(async (name) => {
    await (window as unknown as { jupyterapp: App }).jupyterapp.commands.execute(name);
  }, id);
}

describe('JupyterLab with our server as its gateway', () => {
  let jupyter: Jupyter;
  let course: Running;
  let ours: WebClient;
  let lab: JupyterLab;
  /** Of JupyterLab, which passes on what it is asked. */
  let client: WebClient;
  let output: string;
  let folder: string;

  before(async function () {
    jupyter = await Jupyter.find(this, () => undefined);
    [output, folder] = [temporaryFolder(), temporaryFolder()];
    course = startInceptionLab('run', '--lesson', '00', '--output', output);
    ours = new WebClient(await course.said(/http:\S+/));
    const gateway = { url: ours.origin, token: ours.token };
    lab = await startJupyterLab(jupyter, { folder, gateway });
    client = new WebClient(lab.address);
  });

  after(async () => {
    // Not there where the suite is skipped.
    await (lab as JupyterLab | undefined)?.stop();
    (course as Running | undefined)?.interrupt();
    await (course as Running | undefined)?.ended;
  });

  it('offers our kernel, and no other', async () => {
    const { kernelspecs } = (await (await client.ask('api/kernelspecs')).json()) as {
      kernelspecs: Record<string, { spec: object; resources: Record<string, string> }>;
    };
    assert.deepEqual(Object.keys(kernelspecs), ['inception-lab']);
    const { spec, resources } = kernelspecs['inception-lab']!;
    assert.deepEqual(
      { ...spec, argv: [] },
      {
        ...{ argv: [], display_name: 'TypeScript (Inception Lab)', language: 'typescript' },
        ...{ interrupt_mode: 'message', env: {}, metadata: {} },
      },
    );
    const logo = await client.ask(resources['logo-64x64']!);
    assert.deepEqual([logo.status, logo.headers.get('content-type')], [200, 'image/png']);
  });

  it('runs a lesson in its page, with the outputs that the course has', async function () {
    const [lesson] = await readLessons();
    const path = join(folder, 'lesson.ipynb');
    await writeNotebook(path, toNotebook(lesson!, 'solved'));
    await course.said(/^Lessons: 1 run/m);
    const browser = await needBrowser(this);
    try {
      const page = await browser.newPage();
      const { origin, search } = new URL(lab.address);
      await page.goto(`${origin}/lab/tree/lesson.ipynb${search}`);
      await page.getByText('TypeScript (Inception Lab) | Idle').waitFor({ timeout: 60_000 });
      await command(page, 'notebook:run-all-cells');
      await command(page, 'docmanager:save');
      // Of pages that go, it keeps the kernels.
      await command(page, 'kernelmenu:shutdown');
    } finally {
      await browser.close();
    }
    const cells = codeCells(await readNotebook(path));
    const expected = codeCells(
      await readNotebook(join(output, 'notebooks', `${lesson!.slug}.ipynb`)),
    );
    assert.ok(cells.length > 10);
    assert.deepEqual(cells.map(shown), expected.map(shown));
    assert.deepEqual(
      cells.map(({ execution_count }) => execution_count),
      cells.map((_, i) => i + 1),
    );
    assert.deepEqual(await (await ours.ask('api/kernels')).json(), []);
  });

  it('interrupts a loop, restarts the kernel and shuts it down', async () => {
    const kernel = await client.start();
    const path = `api/kernels/${kernel.id}`;
    const page = await client.connect(kernel);
    await page.execute('let kept = 5;');
    const id = page.send('execute_request', { code: 'while (true) {}' });
    await page.until(() =>
      page.received.some(
        ({ header, parent_header }) =>
          header.msg_type === 'execute_input' && parent_header.msg_id === id,
      ),
    );
    await client.ask(`${path}/interrupt`, { method: 'POST' });
    assert.equal((await page.answerTo(id)).reply.ename, 'KeyboardInterrupt');
    assert.equal((await page.execute('kept + 1;')).reply.status, 'ok');

    const restarted = await client.ask(`${path}/restart`, { method: 'POST' });
    assert.equal(restarted.status, 200);
    const { reply } = await page.execute('kept');
    assert.match(String(reply.evalue), /kept/);
    assert.deepEqual([reply.status, reply.execution_count], ['error', 1]);

    assert.equal((await client.end(kernel)).status, 204);
    assert.equal((await ours.ask(path)).status, 404);
  });

  it('is told what is wrong with its token', async () => {
    const gateway = { url: ours.origin, token: 'wrong' };
    const stranger = await startJupyterLab(jupyter, { folder, gateway });
    try {
      const refused = await new WebClient(stranger.address).ask('api/kernels', {
        method: 'POST',
        body: '{"name":"inception-lab"}',
      });
      assert.equal(refused.status, 403);
      // JupyterLab answers with its own words, and keeps ours for its log.
      const sentence = "The token is not this server's: use the address that it printed.";
      assert.ok(stranger.log().includes(sentence), stranger.log());
    } finally {
      await stranger.stop();
    }
    assert.deepEqual(await (await ours.ask('api/kernels')).json(), []);
  });

  it('may offer a newer WebSocket protocol: without one, the first is spoken', async () => {
    const kernel = await ours.start();
    const address = new URL(`api/kernels/${kernel.id}/channels`, ours.origin.replace('http', 'ws'));
    address.searchParams.set('token', ours.token);
    const script = join(repository, 'test', 'full', 'offer_subprotocol.py');
    const { stdout, stderr } = await jupyter.run([script, address.href], folder);
    assert.notEqual(stdout, '', stderr);
    assert.deepEqual(JSON.parse(stdout), { selected: null, reply: 'kernel_info_reply' });
    await ours.end(kernel);
  });
});
