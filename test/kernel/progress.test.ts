import assert from 'node:assert/strict';
import { progress } from 'inception-lab';
import { KernelClient, type Answer } from '../support/kernel-client.js';

/** Of a plot, what is looked at. */
interface Plot {
  readonly concat: readonly { data: { values: readonly { x: number; y: number }[] } }[];
}

/** The texts of a bar, first to last, and that it is one bar. */
function barsOf({ published }: Answer): string[] {
  const drawn = published.filter(({ type }) => type.endsWith('display_data'));
  assert.deepEqual(
    drawn.map(({ type }) => type),
    drawn.map((_, i) => (i === 0 ? 'display_data' : 'update_display_data')),
  );
  const ids = drawn.map(({ content }) => (content.transient as { display_id: string }).display_id);
  assert.equal(new Set(ids).size, 1);
  return drawn.map(({ content }) => (content.data as Record<string, string>)['text/plain']!);
}

describe('progress', function () {
  this.timeout(60_000);
  let kernel: KernelClient;
  const run = async (code: string) => {
    const client = await kernel.connect();
    return client.execute(`import { progress } from 'inception-lab';\n${code}`);
  };

  before(async () => {
    kernel = await KernelClient.start();
  });
  after(() => {
    kernel.stop();
  });

  it('gives what it is given, in order', () => {
    assert.deepEqual([...progress(['a', 'b'])], ['a', 'b']);
    assert.deepEqual([...progress(3)], [0, 1, 2]);
    assert.deepEqual([...progress(new Set([5]))], [5]);
    assert.deepEqual([...progress(0)], []);
  });

  it('refuses a number of steps that is none', () => {
    for (const wrong of [-1, 2.5, NaN]) {
      assert.throws(() => [...progress(wrong)], /takes a whole number of steps, .+; not /);
    }
  });

  it('draws one bar in its place while a loop waits', async () => {
    const bars = barsOf(
      await run(
        `for (const i of progress(4, { label: 'steps' })) await new Promise((r) => setTimeout(r, 150));`,
      ),
    );
    assert.equal(bars.length, 6, bars.join('\n'));
    assert.equal(bars[0], `steps ${'░'.repeat(30)} 0/4, 0:00`);
    assert.match(bars[2]!, /^steps █{15}░{15} 2\/4, 0:0\d, 0:0\d to go$/);
    assert.match(bars.at(-1)!, /^steps █{30} 4\/4, 0:0\d$/);
  });

  it('shows how a training goes, in one line', async () => {
    const step = (number: number) =>
      `live.onStep({ epoch: 1, step: ${number}, steps: 2, epochs: 1, loss: 2.5, pictures: 32 });`;
    const bars = barsOf(
      await run(
        `import { trainingProgress } from 'inception-lab';\nconst live = trainingProgress();\n` +
          `${step(1)} live.onEpoch({ epoch: 1, top1: 0.256 }); ${step(2)}`,
      ),
    );
    assert.equal(bars.length, 2);
    assert.match(bars[0]!, /^epoch 1\/1 █{15}░{15} 1\/2, .+, loss 2\.500, \d+ pictures\/s$/);
    assert.match(bars[1]!, /^epoch 1\/1 █{30} 2\/2, .+, loss 2\.500, top-1 error 25\.6 %, \d+ /);
  });

  it('draws a plot that grows with a training, in its place', async () => {
    const answer = await run(
      `import { trainingProgress } from 'inception-lab';
      const live = trainingProgress({ plot: true });
      live.onResume([{ epoch: 1, loss: 3, top1: 0.5 }]);
      for (const step of [1, 2, 3, 4]) {
        live.onStep({ epoch: 2, step, steps: 4, epochs: 2, loss: 2 - step / 4, pictures: 32 });
      }
      live.onEpoch({ epoch: 2, top1: 0.25 });`,
    );
    const plots = answer.published.flatMap(({ content }) => {
      const data = content.data as Record<string, unknown> | undefined;
      const plot = data?.['application/vnd.vegalite.v5+json'] as Plot | undefined;
      return plot ? [{ plot, id: (content.transient as { display_id: string }).display_id }] : [];
    });
    // The first step, and the epoch's end; what lies between came too soon.
    assert.equal(plots.length, 2);
    assert.equal(plots[0]!.id, plots[1]!.id);
    const values = plots[1]!.plot.concat.map(({ data }) => data.values.map(({ x, y }) => [x, y]));
    const loss = [
      [1, 3],
      [1.25, 1.75],
      [1.5, 1.5],
      [1.75, 1.25],
      [2, 1],
    ];
    assert.deepEqual(values, [
      loss,
      [
        [1, 0.5],
        [2, 0.25],
      ],
    ]);
  });

  it('says where a loop was left', async () => {
    const bars = barsOf(await run('for (const i of progress(10)) if (i === 3) break;'));
    assert.match(bars.at(-1)!, / 3\/10, /);
  });

  it('counts where it cannot know how many there are', async () => {
    const bars = barsOf(
      await run('function* some() { yield 1; yield 2; }\nfor (const i of progress(some())) {}'),
    );
    assert.equal(bars.at(-1), '2, 0:00');
  });
});
