import assert from 'node:assert/strict';
import { tf } from '../../dist/backends/tf.js';
import { inceptionResNetA, summarize } from 'inception-lab';
import { FrameReader, toFrame } from '../../dist/grading/values/frames.js';
import { packLayers, rebuildLayers } from '../../dist/grading/values/layers.js';
import { pack } from '../../dist/grading/values/pack.js';
import type { Parcel } from '../../dist/grading/values/packed.js';
import { unpack } from '../../dist/grading/values/unpack.js';
import { useTestBackend } from '../support/backend.js';

const noLayers = {
  symbolic: () => {
    throw new Error('none here');
  },
};

/** As a value comes out at the other side. */
function across(value: unknown): unknown {
  const bytes = Buffer.concat(toFrame(pack(value, noLayers)));
  const reader = new FrameReader();
  const parcels: Parcel[] = [];
  // In pieces, as pipes give them.
  for (let i = 0; i < bytes.length; i += 7) parcels.push(...reader.add(bytes.subarray(i, i + 7)));
  assert.equal(parcels.length, 1);
  return unpack(parcels[0]!, {});
}

describe('A value that crosses', () => {
  before(useTestBackend);

  it('is what it was: numbers, texts, arrays, objects', () => {
    const values = [
      ...[0, -0, 1.5, NaN, Infinity, -Infinity, 'text', '', true, null, undefined],
      [[1, 2], [3]],
      { a: 1, b: { c: [undefined] } },
      new Float32Array([1, 2.5]),
      new Int32Array(0),
    ];
    for (const value of values) assert.deepEqual(across(value), value);
    assert.ok(Object.is(across(-0), -0));
  });

  it('is a tensor of the same shape, type and numbers', () => {
    for (const tensor of [
      tf.tensor2d([[1, 2.5]]),
      tf.scalar(3, 'int32'),
      tf.tensor1d([true, false], 'bool'),
      tf.zeros([0, 3]),
    ]) {
      const arrived = across(tensor) as tf.Tensor;
      assert.deepEqual([arrived.shape, arrived.dtype], [tensor.shape, tensor.dtype]);
      assert.deepEqual(arrived.arraySync(), tensor.arraySync());
    }
  });

  it('has no key that changes what it is', () => {
    const value = across(JSON.parse('{"__proto__": {"a": 1}}')) as object;
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
    assert.deepEqual(Object.keys(value), ['__proto__']);
  });

  it('is looked at once', () => {
    let looks = 0;
    const value = {
      get once() {
        return ++looks;
      },
    };
    assert.deepEqual(across(value), { once: 1 });
  });

  it('is refused, in a clause, where it is something else', () => {
    for (const [value, clause] of [
      [() => 1, /holds a function/],
      [[Symbol('s')], /holds a symbol/],
      [new Map(), /holds a Map/],
      [Promise.resolve(), /holds a Promise/],
    ] as const) {
      assert.throws(() => across(value), clause);
    }
  });

  it('is refused where it is not what is sent', () => {
    const bad: unknown[] = [
      { $: 'tensor', dtype: 'float32', shape: [3], part: 0 },
      { $: 'tensor', dtype: 'float32', shape: [-1, -2], part: 0 },
      { $: 'tensor', dtype: 'float32', shape: [2], part: '0' },
      { $: 'tensor', dtype: 'constructor', shape: [2], part: 0 },
      { $: 'typed', type: '__proto__', part: 0 },
      { $: 'object', entries: [[1, 2]] },
      { $: 'object', entries: 'no' },
      { $: 'layers', config: '{}', inputs: [], weights: [] },
      { $: 'other' },
      {},
    ];
    for (const value of bad) {
      assert.throws(
        () => unpack({ value, parts: [new Uint8Array(8)] }, {}),
        /not what an answer sends/,
      );
    }
    const deep = JSON.parse('['.repeat(50) + ']'.repeat(50)) as unknown;
    assert.throws(() => unpack({ value: deep, parts: [] }, {}), /deeper than/);
  });

  it('is not waited for where it says that it is larger than is allowed', () => {
    const head = Buffer.alloc(8, 0xff);
    assert.throws(() => [...new FrameReader().add(head)], /at most/);
  });
});

describe('Layers that cross', () => {
  before(useTestBackend);

  const build = (x: tf.SymbolicTensor) =>
    inceptionResNetA(x, { version: 'v1', name: 'A', residualScale: 0.2, width: 0.1, seed: 1 });

  /** Layers on one place, taken to another. */
  function rebuilt(make: (x: tf.SymbolicTensor) => tf.SymbolicTensor): tf.LayersModel {
    const [there, here] = [tf.input({ shape: [5, 5, 26] }), tf.input({ shape: [5, 5, 26] })];
    const parcel = pack(make(there), {
      symbolic: (output, packer) => packLayers(output, new Map([[0, there]]), packer),
    });
    const output = unpack(parcel, {
      layers: (packed, tensorOf) => rebuildLayers(packed, new Map([[0, here]]), tensorOf),
    }) as tf.SymbolicTensor;
    return tf.model({ inputs: here, outputs: output });
  }

  it('keep their names, their wiring and their seeded weights', () => {
    const x = tf.input({ shape: [5, 5, 26] });
    const before = tf.model({ inputs: x, outputs: build(x) });
    const after = rebuilt(build);
    const layersOf = (model: tf.LayersModel) => summarize(model).layers.slice(1);
    assert.deepEqual(layersOf(after), layersOf(before));
    const some = tf.randomNormal([1, 5, 5, 26], 0, 1, 'float32', 3);
    const difference = tf.sub(after.predict(some) as tf.Tensor, before.predict(some) as tf.Tensor);
    assert.ok((difference.abs().max().arraySync() as number) < 1e-6);
  });

  it('may be one layer that is used twice, or none', () => {
    const twice = rebuilt((x) => {
      const layer = tf.layers.dense({ units: 26, name: 'shared' });
      return layer.apply(layer.apply(x)) as tf.SymbolicTensor;
    });
    assert.equal(twice.countParams(), 26 * 26 + 26);
    assert.equal(rebuilt((x) => x).countParams(), 0);
  });

  it('are refused where they would take all memory, or are of an unknown kind', () => {
    const place = tf.input({ shape: [5, 5, 26] });
    const sent = (layer: object) => {
      const config = JSON.stringify({
        layers: [{ name: 'a', inboundNodes: [[['in', 0, 0, {}]]], ...layer }],
        outputLayers: [['a', 0, 0]],
      });
      const value = { $: 'layers', config, inputs: [['in', 0]], weights: [] };
      return () =>
        unpack(
          { value, parts: [] },
          {
            layers: (packed, tensorOf) => rebuildLayers(packed, new Map([[0, place]]), tensorOf),
          },
        );
    };
    const config = { name: 'a', filters: 1e9, kernelSize: 3 };
    assert.throws(sent({ className: 'Conv2D', config }), /more than 120000000 weights/);
    assert.throws(sent({ className: 'Mine', config: { name: 'a' } }), /a layer of the kind "Mine"/);
    assert.throws(sent({ className: 'constructor', config }), /a layer of the kind/);
    const circle = { className: 'ReLU', config: { name: 'a' }, inboundNodes: [[['a', 0, 0, {}]]] };
    assert.throws(sent(circle), /not what an answer sends/);
  });
});
