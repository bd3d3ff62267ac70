import assert from 'node:assert/strict';
import { describeBackend } from '../../dist/backends/describe-backend.js';

describe('A backend as it is offered', () => {
  it('is named, with what computes', () => {
    assert.equal(describeBackend('native', 'CPU, 2 threads'), 'native, CPU, 2 threads');
    assert.equal(describeBackend('webgpu', 'Apple M1'), 'WebGPU, Apple M1');
  });

  it('says nothing twice', () => {
    assert.equal(
      describeBackend('wasm', 'CPU, WebAssembly SIMD, 4 threads'),
      'WebAssembly, 4 threads',
    );
    assert.equal(describeBackend('cpu', 'CPU, plain JavaScript'), 'plain JavaScript');
  });

  it('is named where it does not start', () => {
    assert.equal(describeBackend('webgpu'), 'WebGPU');
  });
});
