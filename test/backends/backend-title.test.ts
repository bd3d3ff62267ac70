import assert from 'node:assert/strict';
import { backendTitle } from '../../dist/backends/backend-title.js';

describe('A backend as it is offered', () => {
  it('is named, with what computes', () => {
    assert.equal(backendTitle('native', 'CPU, 2 threads'), 'native, CPU, 2 threads');
    assert.equal(backendTitle('webgpu', 'Apple M1'), 'WebGPU, Apple M1');
  });

  it('says nothing twice', () => {
    assert.equal(
      backendTitle('wasm', 'CPU, WebAssembly SIMD, 4 threads'),
      'WebAssembly, 4 threads',
    );
    assert.equal(backendTitle('cpu', 'CPU, plain JavaScript'), 'plain JavaScript');
  });

  it('is named where it does not start', () => {
    assert.equal(backendTitle('webgpu'), 'WebGPU');
  });
});
