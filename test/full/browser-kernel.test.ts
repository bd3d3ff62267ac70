import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { Output } from '../../dist/notebook/notebook.js';
import { errorOf, runCells } from '../support/cells.js';
import { BrowserKernel, serveKernelPage } from './support/browser-kernel.js';
import { needBrowser } from './support/browser.js';
import { streamText } from './support/notebooks.js';
import { isolation, type StaticServer } from './support/static-server.js';

/** Cells whose outputs are the same in Node and in the browser; in one notebook, in this order. */
const same: Readonly<Record<string, string>> = {
  'the last value': '6 * 7',
  'what is printed':
    "console.log('a', { b: [1, 2] }, new Map([['x', 1n]]));\nconsole.error('%d %s', 1, 'e');",
  'values of all kinds':
    "class A {}\n[() => 1, A, new A(), Symbol('s'), 10n, new Date(0), /x/g, undefined, null, -0, NaN]",
  tables:
    "console.table([{ a: 1, b: 'x' }, { a: 2, c: [true] }]);\nconsole.table(new Set(['一', 2]));",
  'an error, with its place and the places on its way':
    'function fail(depth: number): never {\n  throw new RangeError(`at ${depth}`);\n}\n\nfail(3);',
  'an error with a cause': "throw new Error('outer', { cause: new TypeError('inner') });",
  'an error after a wait': "await Promise.resolve();\nawait Promise.reject(new TypeError('late'));",
  "a timer's error":
    "setTimeout(() => {\n  throw new Error('timer');\n}, 10);\nawait new Promise((go) => setTimeout(go, 100));",
  'what is thrown that is no error': "throw 'words';",
  'type errors, which stop the cell':
    "console.log('ran');\nconst one: number = 'one';\nmissing;\none;",
  'what is no TypeScript': 'const broken = (1 +',
  'what an earlier cell has declared': 'const kept = [1, 2, 3];\nkept.length',
  'a tensor': "import { show, tf, viz } from 'inception-lab';\ntf.tensor2d([[1, 2], [3, 4]])",
  'a module in a cell':
    '/** @module shapes */\nexport const square = (side: number) => side * side;',
  'an import from a cell': "import { square } from './shapes';\nsquare(12)",
  'an import of TensorFlow.js': "import { version_core } from '@tensorflow/tfjs';\nversion_core",
  'a plot': "show(viz.featureMaps([[[0], [1]]], { title: 'Mine' }));",
};

/** Of an output, what pages need; the static picture beside a plot is for front ends without Vega. */
function withoutPicture(outputs: readonly Output[]): unknown {
  return structuredClone(outputs).map((output) => {
    if ('data' in output) delete (output.data as Record<string, unknown>)['image/svg+xml'];
    return output;
  });
}

function resultIn(outputs: readonly Output[]): unknown {
  const last = outputs.at(-1);
  assert.ok(last?.output_type === 'execute_result', JSON.stringify(outputs));
  return last.data['text/plain'];
}

describe('A kernel in the browser', () => {
  let browser: Browser | undefined;
  let server: StaticServer | undefined;
  /** One whose variables nobody needs to lose. */
  let kernel: BrowserKernel;

  before(async function () {
    browser = await needBrowser(this);
    server = await serveKernelPage();
    kernel = await BrowserKernel.open(browser, server.address);
  });

  after(async () => {
    await browser?.close();
    server?.close();
  });

  // First: Node's cells are counted from 1, too.
  it("puts out what Node's does", async () => {
    const expected = await runCells(Object.values(same));
    for (const [i, [what, code]] of Object.entries(same).entries()) {
      const outputs = await kernel.run(code);
      assert.deepEqual({ [what]: outputs }, { [what]: withoutPicture(expected[i]!) });
    }
    assert.match(JSON.stringify(expected.at(-1)), /"application\/vnd\.vegalite\.v5\+json":\{/);
  });

  it('answers what an editor asks', async () => {
    await kernel.run('const answer = 42;');
    const matches = await kernel.call('complete', 'answer.toF', 10);
    assert.deepEqual(matches, { matches: ['toFixed'], start: 7, end: 10 });
    assert.match((await kernel.call('inspect', 'answer', 2)) ?? '', /const answer: 42/);
    const documented = await kernel.call(
      'inspect',
      "import { tf } from 'inception-lab';\ntf.conv2d",
      42,
    );
    assert.match(documented ?? '', /conv2d/);
    const [wrong, ...others] = await kernel.call('diagnose', 'const s: string = answer;');
    assert.deepEqual(wrong, {
      ...{ start: 6, end: 7, severity: 'error' },
      message: "Type 'number' is not assignable to type 'string'.",
    });
    assert.deepEqual(others, []);
    // While a cell runs, too.
    const waiting = kernel.run('await new Promise((go) => setTimeout(go, 1000));');
    assert.deepEqual(await kernel.call('diagnose', 'const s: number = answer;'), []);
    assert.deepEqual(await waiting, []);
  });

  it('asks the learner where a cell asks', async () => {
    const code = "import { input } from 'inception-lab';\n`Hello ${await input('Who? ')}`";
    assert.equal(resultIn(await kernel.run(code)), "'Hello typed'");
  });

  it('tells a cell that imports anything else what there is to import', async () => {
    const words =
      "This page does not carry the package 'lodash'. A cell here can import: 'inception-lab', '@tensorflow/tfjs'.";
    const { ename, evalue, traceback } = errorOf(await kernel.run("import lodash from 'lodash';"));
    assert.equal(ename, 'TS2307');
    assert.equal(evalue, words);
    assert.match(traceback.join('\n'), /at Cell \[\d+\]:1:20\n/);
    const late = "const name: string = 'lodash';\nawait import(name);";
    assert.equal(errorOf(await kernel.run(late)).evalue, words);
  });

  it('ends a cell that waits, and keeps the variables', async () => {
    await kernel.run('const before = 5;');
    const waiting = kernel.run("console.log('waits');\nawait new Promise(() => undefined);");
    await untilPrinted(kernel);
    await kernel.call('interrupt');
    assert.equal(errorOf(await waiting).ename, 'KeyboardInterrupt');
    assert.equal(resultIn(await kernel.run('before')), '5');
  });

  describe('bounds a flood:', () => {
    const floods = {
      '10 MB of lines': "for (let i = 0; i < 1e5; i++) console.log('x'.repeat(100));",
      'a million short lines': 'for (let i = 0; i < 1e6; i++) console.log(1);',
    };
    for (const [what, code] of Object.entries(floods)) {
      it(what, async () => {
        const text = streamText(await kernel.run(code), 'stdout');
        assert.ok(text.length < 1_000_200, `${text.length} characters`);
        assert.match(text, /\n… the rest is left out: a cell may print 1000000 characters\.\n$/);
        assert.equal(resultIn(await kernel.run('1 + 1')), '2');
      });
    }
  });

  it('tells a cell that there is no memory for its numbers', async () => {
    const code = 'const all: unknown[] = [];\nfor (;;) all.push(new Float64Array(2 ** 28));';
    const { ename, traceback } = errorOf(await kernel.run(code));
    assert.equal(ename, 'RangeError');
    assert.match(traceback.join('\n'), /at Cell \[\d+\]:2:/);
    assert.equal(resultIn(await kernel.run('1 + 1')), '2');
  });

  describe('keeps cells from what is not theirs:', () => {
    /** A cell's way around what its types know. */
    const all = 'const all: any = globalThis;';

    it('the page', async () => {
      const names = ['document', 'window', 'parent', 'localStorage', 'sessionStorage'];
      const seen = `${all}\n[${names.map((name) => `typeof all.${name}`).join(', ')}].join(' ')`;
      const result = String(resultIn(await kernel.run(seen)));
      assert.match(result, /^'(undefined ?){5}'$/);
      const types = errorOf(await kernel.run('document.title;'));
      assert.match(types.evalue, /Cannot find name 'document'/);
    });

    it('the storage, and what leads to it', async () => {
      const names = [
        ...['indexedDB', 'caches', 'cookieStore', 'Worker', 'SharedWorker', 'BroadcastChannel'],
        ...['postMessage', 'onmessage', 'close'],
      ];
      const ofNavigator = ['storage', 'storageBuckets', 'locks', 'serviceWorker'];
      const paths = [
        ...names.map((name) => `all.${name}`),
        ...names.map(
          (name) => `new Function('return typeof ${name}')() === 'undefined' ? undefined : 1`,
        ),
        ...ofNavigator.map((name) => `all.navigator.${name}`),
      ];
      const code = `${all}\n[${paths.join(', ')}].filter((found) => found !== undefined).length`;
      assert.equal(resultIn(await kernel.run(code)), '0');
    });

    it('the storage, by way of what the library keeps, which it does', async () => {
      const code = `${all}
        import { loadWeights, saveWeights, tf } from 'inception-lab';
        const caught: string[] = [];
        for (const name of ['open', 'deleteDatabase', 'databases', 'cmp']) {
          all.IDBFactory.prototype[name] = () => caught.push(name);
        }
        const model = () =>
          tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], name: 'only' })] });
        const [mine, other] = [model(), model()];
        await saveWeights(mine, 'mine.safetensors');
        await loadWeights(other, 'mine.safetensors');
        const weights = (one: tf.LayersModel) => one.getWeights().map((of) => [...of.dataSync()]);
        [String(weights(mine)) === String(weights(other)), ...caught]`;
      assert.equal(resultIn(await kernel.run(code)), '[ true ]');
    });
  });

  it('loses the variables with an endless loop, says so, and leaves no worker behind', async () => {
    const lost = await BrowserKernel.open(browser!, server!.address);
    await lost.run('const before = 5;');
    const ended = lost.call('ended');
    const looping = lost.run("console.log('looping');\nfor (;;);");
    await untilPrinted(lost);
    await lost.call('interrupt');
    assert.match(errorOf(await looping).evalue, /variables of all cells are lost/);
    assert.equal(await ended, 'The kernel has ended.');
    // Nothing waits for a kernel that is gone.
    await assert.rejects(lost.run('before'), /The kernel has ended/);
    // Chromium lets a loop have two seconds more.
    const left = () => Promise.resolve(lost.page.workers().length === 0);
    await until(left);
    await lost.page.close();
  });

  describe('says in a sentence that it does not start,', () => {
    /** Loads the page anew, with a server that answers differently. */
    async function refusalOf(prepare: (page: Page) => Promise<unknown>): Promise<string> {
      const page = await browser!.newPage();
      await prepare(page);
      const refused = await BrowserKernel.load(page, server!.address);
      const opening = refused.call('open').then(
        () => 'It has started.',
        (error: unknown) => (error as Error).message,
      );
      const words = await untilEnded(opening, () => page.clock.fastForward(31_000));
      await page.close();
      return words;
    }

    it('where a content policy forbids workers', async () => {
      const words = await refusalOf((page) =>
        page.route(server!.address, async (route) => {
          const response = await route.fetch();
          const headers = { ...response.headers(), 'content-security-policy': "worker-src 'none'" };
          await route.fulfill({ response, headers });
        }),
      );
      assert.match(
        words,
        /did not start in this browser: .*content security policy may forbid it\./,
      );
    });

    it('where nothing is said at all', async () => {
      const words = await refusalOf(async (page) => {
        await page.clock.install();
        await page.route('**/*-worker.js', (route) =>
          route.fulfill({ contentType: 'text/javascript', body: '' }),
        );
      });
      assert.match(
        words,
        /did not start in this browser: its worker has not answered within 30 seconds\./,
      );
    });
  });

  describe('where pages are isolated, on four cores,', () => {
    let isolated: StaticServer;
    /** What training needs of a backend, summed up. */
    const step = `
      const variables = [tf.variable(tf.range(0, 432).mod(7).div(20).reshape([3, 3, 3, 16]))];
      const x = tf.range(0, 2 * 40 * 40 * 3).mod(5).reshape([2, 40, 40, 3]) as tf.Tensor4D;
      const wide = tf.range(0, 90000).mod(7).reshape([300, 300]);
      const { value, grads } = tf.variableGrads(
        () => tf.conv2d(x, variables[0] as tf.Tensor4D, 1, 'same').relu().square().mean(), variables);
      JSON.stringify([value, ...Object.values(grads), tf.matMul(wide, wide)]
        .map((of) => [...of.dataSync()].reduce((sum, one, i) => sum + one * (i % 17), 0)))`;
    const open = async (headers: Readonly<Record<string, string>> = {}) => {
      const page = await browser!.newPage();
      const fourCores = "Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 });";
      await page.addInitScript(fourCores);
      await page.route('**/cell-worker.js', async (route) => {
        const response = await route.fetch();
        await route.fulfill({
          ...{ response, headers: { ...response.headers(), ...headers } },
          body: `${fourCores}\n${await response.text()}`,
        });
      });
      return BrowserKernel.load(page, isolated.address);
    };

    before(async () => {
      isolated = await serveKernelPage(isolation);
    });

    after(() => {
      isolated.close();
    });

    it('computes with two threads of WebAssembly, and the same numbers', async () => {
      const threaded = await open();
      const options = await threaded.call('backends');
      const [title] = options.filter(({ name }) => name === 'wasm');
      assert.equal(title!.description, 'WebAssembly, 2 threads');
      await threaded.call('open');
      // A cell that looks on meanwhile starts a worker of its own.
      const started = await threaded.run(`
        import { tf, useBackend } from 'inception-lab';
        const all: any = globalThis;
        const mine = URL.createObjectURL(new Blob(["postMessage('mine')"]));
        const heard = new Set<string>();
        const timer = setInterval(() => {
          if (all.Worker) new all.Worker(mine).onmessage = ({ data }: any) => heard.add(data);
        }, 0);
        const { device } = await useBackend('wasm');
        clearInterval(timer);
        [device, all.Worker, ...heard]`);
      assert.match(
        String(resultIn(started)),
        /'CPU, WebAssembly SIMD, 2 threads', undefined, 'runs' \]/,
      );
      const plain = await BrowserKernel.open(browser!, server!.address);
      await plain.run("import { tf, useBackend } from 'inception-lab';\nawait useBackend('wasm');");
      const [two, one] = [await threaded.run(step), await plain.run(step)];
      assert.equal(resultIn(two), resultIn(one));
      await Promise.all([threaded.page.close(), plain.page.close()]);
    });

    it('computes with one, and says why, where a content policy forbids their workers', async () => {
      const policy = "default-src 'self'; script-src 'self' 'unsafe-eval'; connect-src *";
      const threaded = await open({ 'content-security-policy': policy });
      await threaded.call('open');
      const code = "import { useBackend } from 'inception-lab';\n(await useBackend('wasm')).device";
      assert.equal(
        resultIn(await threaded.run(code)),
        "'CPU, WebAssembly SIMD, 1 thread (workers of WebAssembly’s threads do not start here)'",
      );
      await threaded.page.close();
    });
  });

  it('computes in plain JavaScript where there is neither WebGPU nor SIMD, and says why', async () => {
    const page = await browser!.newPage();
    const withoutSimd = 'WebAssembly.validate = () => false;';
    await page.addInitScript(withoutSimd);
    // It belongs to the page, and what is run in a worker has its own.
    await page.route('**/cell-worker.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()}\n${withoutSimd}` });
    });
    const old = await BrowserKernel.load(page, server!.address);
    const options = await old.call('backends');
    const reasons = new Map(options.map(({ name, why }) => [name, why]));
    assert.match(reasons.get('webgpu') ?? '', /WebGPU/);
    assert.match(reasons.get('wasm') ?? '', /WebAssembly has no SIMD/);
    assert.equal(reasons.get('cpu'), undefined);
    await old.call('open');
    const code =
      "import { useBackend } from 'inception-lab';\nconst { name, skipped } = await useBackend();\nJSON.stringify([name, ...skipped.map(({ name, why }) => `${name}: ${why}`)])";
    const result = String(resultIn(await old.run(code)));
    assert.match(result, /cpu.*webgpu: .*WebGPU.*wasm: .*WebAssembly has no SIMD/);
    const wish = errorOf(await old.run("await useBackend('wasm');"));
    assert.match(wish.evalue, /"wasm".*WebAssembly has no SIMD/);
    await page.close();
  });
});

/** Waits until a cell runs, and has said so. */
function untilPrinted(kernel: BrowserKernel): Promise<void> {
  return until(async () => (await kernel.call('outputs')).length > 0);
}

/** Does something again and again until a promise has been settled. */
async function untilEnded<T>(promise: Promise<T>, act: () => Promise<unknown>): Promise<T> {
  let isEnded = false;
  const settled = promise.finally(() => {
    isEnded = true;
  });
  settled.catch(() => undefined);
  await until(async () => {
    if (!isEnded) await act();
    return isEnded;
  });
  return settled;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 300));
}
