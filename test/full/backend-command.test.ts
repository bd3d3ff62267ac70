import assert from 'node:assert/strict';
import { inceptionLab } from '../support/command.js';
import { withEnvironment } from '../support/environment.js';

describe('inception-lab backend', function () {
  this.timeout(120_000);

  it('prints what each backend does here, and which is in use', async () => {
    const variables = { INCEPTION_LAB_BACKEND: 'wasm' };
    const { status, stdout } = await withEnvironment(variables, () => inceptionLab('backend'));
    assert.equal(status, 0);
    assert.match(stdout, /^backend +state +device +convolution +reason\n/);
    for (const name of ['native', 'webgpu']) {
      assert.match(stdout, new RegExp(`^${name} +(works .+ GFLOP/s|absent .+)$`, 'm'));
    }
    assert.match(stdout, /^wasm +in use +CPU, WebAssembly SIMD, 1 thread +[\d.]+ GFLOP\/s$/m);
    assert.match(stdout, /^cpu +works +CPU, plain JavaScript +[\d.]+ GFLOP\/s$/m);
  });

  it('ends with status 1 after that, if the one that was asked for is unknown', async () => {
    const variables = { INCEPTION_LAB_BACKEND: 'cuda' };
    const { status, stdout, stderr } = await withEnvironment(variables, () =>
      inceptionLab('backend'),
    );
    assert.equal(status, 1);
    assert.match(stdout, /^cpu +works/m);
    assert.doesNotMatch(stdout, /in use/);
    assert.equal(stderr, 'There is no backend "cuda". Choose one of: native, webgpu, wasm, cpu.\n');
  });
});
