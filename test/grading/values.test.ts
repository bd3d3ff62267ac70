import assert from 'node:assert/strict';
import { tf } from '../../dist/backends/tf.js';
import { inceptionResNetA, RMSProp, summarize } from 'inception-lab';
import { FrameReader, toFrame } from '../../dist/grading/values/frames.js';
import { AnswerCalls } from '../../dist/grading/answer/calls.js';
import { CellScope } from '../../dist/grading/cell-scope.js';
import { Lent } from '../../dist/grading/values/lent.js';
import { pack } from '../../dist/grading/values/pack.js';
import type { Parcel } from '../../dist/grading/values/packed.js';
import { unpack } from '../../dist/grading/values/unpack.js';
import { useTestBackend } from '../support/backend.js';

/** As a value comes out at the other side. */
function across(value: unknown): unknown {
  const bytes = Buffer.concat(toFrame(pack(value)));
  const reader = new FrameReader();
  const parcels: Parcel[] = [];
  // In pieces, as pipes give them.
  for (let i = 0; i < bytes.length; i += 7) parcels.push(...reader.add(bytes.subarray(i, i + 7)));
  assert.equal(parcels.length, 1);
  return unpack(parcels[0]!);
}

type Answer = (...args: never[]) => unknown;

/** Calls an answer with what a check has, as if it were in another process. */
function lend(answer: Answer, ...args: unknown[]): unknown {
  const lent = new Lent();
  const scope = new CellScope();
  scope.restore({ answer });
  const calls = new AnswerCalls(scope, (id, { value, parts }) => {
    const { state } = tf.engine();
    // Of gradients that are being taken: two processes have one each.
    const { activeTape } = state;
    try {
      return unpack(pack(lent.answer(id, unpack({ value, parts }))));
    } finally {
      state.activeTape = activeTape;
    }
  });
  return lendTo((parcel) => calls.call('answer', parcel), lent, args);
}

/** The same with an answer that may send anything. */
function lendTo(call: (parcel: Parcel) => Parcel, lent: Lent, args: readonly unknown[]): unknown {
  const returned = call(pack(args, { special: lent.pack }));
  const [result, values] = unpack(returned, { special: lent.unpack }) as unknown[];
  lent.take(values);
  return result;
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
        () => unpack({ value, parts: [new Uint8Array(8)] }),
        /not what an answer sends/,
      );
    }
    const deep = JSON.parse('['.repeat(50) + ']'.repeat(50)) as unknown;
    assert.throws(() => unpack({ value: deep, parts: [] }), /deeper than/);
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
    const here = tf.input({ shape: [5, 5, 26] });
    return tf.model({ inputs: here, outputs: lend(make, here) as tf.SymbolicTensor });
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
      return () => lendTo(() => ({ value: [value, []], parts: [] }), new Lent(), [place]);
    };
    const config = { name: 'a', filters: 1e9, kernelSize: 3 };
    assert.throws(sent({ className: 'Conv2D', config }), /more than 120000000 weights/);
    assert.throws(sent({ className: 'Mine', config: { name: 'a' } }), /a layer of the kind "Mine"/);
    assert.throws(sent({ className: 'constructor', config }), /a layer of the kind/);
    const circle = { className: 'ReLU', config: { name: 'a' }, inboundNodes: [[['a', 0, 0, {}]]] };
    assert.throws(sent(circle), /not what an answer sends/);
  });
});

describe('What a check lends', () => {
  before(useTestBackend);

  const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

  it('is a function that is called back, and whatever it throws', () => {
    const rate = (step: number) => 0.1 / (1 + step);
    assert.deepEqual(
      lend((rateAt: (step: number) => number) => [rateAt(0), rateAt(1)], rate),
      [0.1, 0.05],
    );
    const fail = () => {
      throw new RangeError('too many');
    };
    assert.throws(() => lend((f: () => never) => f(), fail), { message: 'too many' });
  });

  it('has gradients, by its arguments and by variables that it only sees', () => {
    const variable = tf.variable(tf.tensor1d([2, 3]));
    const product = (x: tf.Tensor) => x.square().mul(variable).sum<tf.Scalar>();
    const x = tf.tensor1d([5, 7]);
    // d/dx x² v = 2 x v; d/dv = x².
    const byArgument = lend((f: typeof product, x: tf.Tensor) => tf.grad(f)(x), product, x);
    assert.deepEqual(numbers(byArgument as tf.Tensor), [20, 42]);
    const byVariable = lend(
      (f: typeof product, v: tf.Variable, x: tf.Tensor) =>
        tf.variableGrads(() => f(x), [v]).grads[v.name],
      ...[product, variable, x],
    );
    assert.deepEqual(numbers(byVariable as tf.Tensor), [25, 49]);
  });

  it('is a variable, which has afterwards what the answer has given it; functions see that at once', () => {
    const variable = tf.variable(tf.scalar(3));
    const seen = lend(
      (v: tf.Variable, twice: () => tf.Scalar) => {
        v.assign(v.add(1));
        const inBetween = twice().dataSync()[0];
        v.assign(v.add(1));
        return inBetween;
      },
      variable,
      () => variable.mul(2),
    );
    assert.deepEqual([seen, variable.dataSync()[0]], [8, 5]);
  });

  it('is a network and an optimizer, with which a step of training is what it is here', () => {
    const network = () =>
      tf.sequential({
        layers: [
          tf.layers.dense({
            units: 2,
            inputShape: [3],
            kernelInitializer: tf.initializers.glorotNormal({ seed: 1 }),
          }),
          tf.layers.batchNormalization(),
        ],
      });
    const x = tf.randomNormal([4, 3], 0, 1, 'float32', 1);
    const step = (model: tf.LayersModel, optimizer: RMSProp, input: tf.Tensor) => {
      const loss = () => (model.apply(input, { training: true }) as tf.Tensor).square().sum();
      const { value, grads } = tf.variableGrads(loss as () => tf.Scalar);
      optimizer.applyGradients(grads);
      return value.dataSync()[0];
    };
    const [here, there] = [network(), network()];
    const expected = step(here, new RMSProp({ learningRate: 0.1 }), x);
    assert.equal(lend(step as Answer, there, new RMSProp({ learningRate: 0.1 }), x), expected);
    const weightsOf = (model: tf.LayersModel) => model.getWeights().map(numbers);
    assert.deepEqual(weightsOf(there), weightsOf(here));
    assert.notDeepEqual(weightsOf(there), weightsOf(network()));
  });

  it('may come back as a network that stands on it', () => {
    const body = tf.sequential({
      layers: [tf.layers.dense({ units: 2, inputShape: [3], name: 'body' })],
    });
    const x = tf.randomNormal([4, 3], 0, 1, 'float32', 1);
    const returned = lend((model: tf.LayersModel) => {
      const outputs = tf.layers.reLU({ name: 'mine' }).apply(model.outputs[0]!);
      return tf.model({ inputs: model.inputs, outputs: outputs as tf.SymbolicTensor });
    }, body) as tf.LayersModel;
    assert.deepEqual(
      numbers(returned.predict(x) as tf.Tensor),
      numbers((body.predict(x) as tf.Tensor).relu()),
    );
    assert.equal(returned.getLayer('mine').getClassName(), 'ReLU');
  });

  it('is not taken over, or asked about, but as it was lent', () => {
    const variable = tf.variable(tf.tensor1d([1, 2]));
    const returns = (values: unknown) => () =>
      lendTo(() => pack([null, values]), new Lent(), [variable]);
    assert.throws(returns([]), /not what an answer sends/);
    assert.throws(returns([1]), /not what an answer sends/);
    assert.throws(returns('no'), /not what an answer sends/);
    assert.throws(returns([tf.tensor1d([1, 2, 3])]), /shape/);
    assert.throws(returns([tf.tensor1d([1, 2], 'int32')]), /dtype/);
    assert.deepEqual(numbers(variable), [1, 2]);
    const lent = new Lent();
    for (const id of [0, -1, 0.5, '0', 'constructor']) {
      assert.throws(() => lent.answer(id, [[], []]), /not what an answer sends/);
    }
    lent.begin();
    pack([(x: tf.Tensor) => x], { special: lent.pack });
    assert.throws(() => lent.answer(0, null), /not what an answer sends/);
    assert.throws(() => lent.answer(0, [[], [], 1]), /not what an answer sends/);
  });
});
