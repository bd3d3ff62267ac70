import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { KernelClient, type Answer, type Client } from '../support/kernel-client.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const begin = `
  import { inceptionResNetV1, loadCoursePictures, train, trainingProgress, useBackend } from 'inception-lab';
  await useBackend('wasm');
  const data = await loadCoursePictures('cifar10');
  let steps = 0;
  /** The losses, to the last bit. */
  async function trained(name: string): Promise<string> {
    const options = { inputShape: [32, 32, 3], classes: 10, activation: 'linear', seed: 1 };
    const small = { stem: 'small', width: 0.05, blocks: [1, 1, 1] };
    const model = inceptionResNetV1({ ...options, ...small } as object);
    const live = trainingProgress();
    const onStep = (result: any) => { steps++; live.onStep(result); };
    const config = { epochs: 8, batchSize: 10 };
    const curve = await train(model, data, config, { resume: name, ...live, onStep: onStep });
    return curve.map(({ loss }) => loss).join();
  }`;

describe('A cell that trains', function () {
  this.timeout(180_000);
  let kernel: KernelClient;
  let client: Client;
  before(async () => {
    kernel = await KernelClient.start({ XDG_CACHE_HOME: temporaryFolder() });
    client = await kernel.connect();
    assert.equal((await client.execute(begin)).reply.status, 'ok');
  });
  after(() => {
    kernel.stop();
  });

  it('stops when it is interrupted, without a word more, and goes on from its last epoch', async () => {
    const whole = resultOf(await client.execute(`await trained('whole')`));
    const wholeSteps = Number(resultOf(await client.execute('steps')));
    assert.equal(wholeSteps, 40);

    const running = client.execute(`steps = 0; await trained('stopped')`);
    await setTimeout(1500);
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
});

function resultOf({ published }: Answer): string {
  const found = published.find(({ type }) => type === 'execute_result');
  return (found?.content.data as Record<string, string>)['text/plain']!;
}
