import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { KernelClient, type Answer, type Client } from '../support/kernel-client.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { training } from './support/training-cell.js';

describe('A cell that trains', function () {
  this.timeout(180_000);
  let kernel: KernelClient;
  let client: Client;
  before(async () => {
    kernel = await KernelClient.start({ XDG_CACHE_HOME: temporaryFolder() });
    client = await kernel.connect();
    assert.equal((await client.execute(training)).reply.status, 'ok');
  });
  after(() => {
    kernel.stop();
  });

  it('stops when it is interrupted, without a word more, and goes on from its last epoch', async () => {
    const whole = resultOf(await client.execute(`await trained('whole')`));
    const wholeSteps = Number(resultOf(await client.execute('steps')));
    assert.equal(wholeSteps, 40);

    const running = client.execute(`steps = 0; await trained('stopped', 200)`);
    await setTimeout(4000);
    await client.request('interrupt_request', {}, { channel: 'control' });
    const { reply, published } = await running;
    assert.equal(reply.ename, 'KeyboardInterrupt');
    // The step at hand is finished.
    await setTimeout(1000);
    const taken = resultOf(await client.execute('steps'));
    await setTimeout(1000);
    assert.equal(resultOf(await client.execute('steps')), taken);
    assert.equal(published.filter(({ type }) => type === 'error').length, 1);

    const again = resultOf(await client.execute(`steps = 0; await trained('stopped')`));
    const more = Number(resultOf(await client.execute('steps')));
    assert.ok(more < 40, `${more} steps after ${taken}`);
    assert.equal(again, whole);
  });

  it('lets gradients be computed after a computation was ended in its midst', async () => {
    await client.execute(`import { tf } from 'inception-lab';`);
    // As long as an operation takes that does not let go.
    const running = client.execute(
      `tf.valueAndGrad((x) => tf.tidy(() => tf.customGrad(() => { for (;;); })(x)))(tf.scalar(3))`,
    );
    await setTimeout(500);
    await client.request('interrupt_request', {}, { channel: 'control' });
    assert.equal((await running).reply.ename, 'KeyboardInterrupt');
    const slope = await client.execute('tf.grad((x) => x.square())(tf.scalar(3)).dataSync()[0]');
    assert.equal(resultOf(slope), '6');
  });

  it('names the weights to come as if no layer had been left in its midst', async () => {
    await client.execute(`import { tf } from 'inception-lab';`);
    const running = client.execute(
      `const endless = tf.layers.reLU({ name: 'endless' });
       endless.call = () => { for (;;); };
       endless.apply(tf.zeros([1, 1]))`,
    );
    await setTimeout(500);
    await client.request('interrupt_request', {}, { channel: 'control' });
    assert.equal((await running).reply.ename, 'KeyboardInterrupt');
    const name = await client.execute(
      `tf.sequential({ layers: [tf.layers.dense({ name: 'dense', units: 1, inputShape: [1] })] })
         .weights[0].originalName`,
    );
    assert.equal(resultOf(name), "'dense/kernel'");
  });
});

function resultOf({ published }: Answer): string {
  const found = published.find(({ type }) => type === 'execute_result');
  return (found?.content.data as Record<string, string>)['text/plain']!;
}
