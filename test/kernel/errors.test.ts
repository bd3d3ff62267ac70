import assert from 'node:assert/strict';
import { errorOf, runCells } from '../support/cells.js';

describe('An error in a cell', () => {
  it('is where the cell has it, with its lines around, and names the cells on the way', async () => {
    const [, thrown] = await runCells([
      'interface Gone { until: string }\nfunction check(value: number): void {\n' +
        "  // not too far\n  if (value > 1) throw new RangeError('too far');\n}",
      'const two: number = 2;\n\ncheck(two);',
    ]);
    assert.deepEqual(errorOf(thrown).traceback.join('\n').split('\n'), [
      'RangeError: too far',
      '    at check (Cell [1]:4:24)',
      '    at Cell [2]:3:1',
      '',
      '  2 | function check(value: number): void {',
      '  3 |   // not too far',
      "> 4 |   if (value > 1) throw new RangeError('too far');",
      '    |                        ^',
      '  5 | }',
    ]);
  });

  it('behind emoji and Windows line ends is counted in UTF-16 code units, as editors do', async () => {
    const [types, thrown] = await runCells([
      'const face = "🙂";\r\nconst n: number = "🙂" + face;\r\n',
      'const smile = "🙂";\r\n/* 🙂 */ throw new Error(smile);\r\n',
    ]);
    assert.match(errorOf(types).traceback.join('\n'), /at Cell \[1\]:2:7\n/);
    assert.match(errorOf(thrown).traceback.join('\n'), /at Cell \[2\]:2:16\n/);
    assert.equal(errorOf(thrown).evalue, '🙂');
  });

  it('of types has its code, and all of them are reported at once', async () => {
    const [outputs] = await runCells([
      "console.log('ran');\nconst a: number = 'one';\nconst b: string = 2;\nmissing;",
    ]);
    assert.equal(outputs?.length, 1, 'the cell has been run');
    const { ename, evalue, traceback } = errorOf(outputs);
    assert.equal(ename, 'TS2322');
    assert.equal(evalue, "Type 'string' is not assignable to type 'number'.");
    const text = traceback.join('\n');
    for (const part of [
      "TS2322: Type 'string' is not assignable to type 'number'.\n    at Cell [1]:2:7\n",
      "TS2322: Type 'number' is not assignable to type 'string'.\n    at Cell [1]:3:7\n",
      "TS2304: Cannot find name 'missing'.\n    at Cell [1]:4:1\n",
      '> 3 | const b: string = 2;\n    |       ^',
    ]) {
      assert.ok(text.includes(part), text);
    }
  });

  it('of the syntax is an error of the cell as it is written', async () => {
    const [outputs] = await runCells(['const broken = (1 +\n']);
    const { ename, traceback } = errorOf(outputs);
    assert.match(ename, /^TS1\d\d\d$/);
    assert.match(traceback.join('\n'), /> 1 \| const broken = \(1 \+/);
  });

  it('tells its cause, and names variables as the cell does', async () => {
    const [caused, called] = await runCells([
      "throw new Error('outer', { cause: new TypeError('inner') });",
      'const f: any = 1;\nf();',
    ]);
    assert.match(errorOf(caused).traceback.join('\n'), /\[cause\]: TypeError: inner/);
    assert.equal(errorOf(called).evalue, 'f is not a function');
  });

  it('may be anything that can be thrown', async () => {
    const [text, nothing] = await runCells(["throw 'words';", 'throw undefined;']);
    assert.deepEqual(errorOf(text).traceback, ["Uncaught 'words'"]);
    assert.deepEqual(errorOf(nothing).traceback, ['Uncaught undefined']);
  });

  it('may have a message that is no text, or be impossible to put into words', async () => {
    const bad =
      'class Bad extends Error {\n  message: string;\n  constructor(m: string) { super(m); }\n}';
    const [none, number, proxy, getter, symbol, object, late, after] = await runCells(
      [
        `${bad}\nthrow new Bad('lost');`,
        'throw Object.assign(new Error(), { message: 7 });',
        'const { proxy, revoke } = Proxy.revocable({}, {});\nrevoke();\nthrow proxy;',
        "throw Object.defineProperty(new Error(), 'message', { get() { throw 1; } });",
        "throw Object.assign(new Error(), { message: Symbol('words') });",
        "throw { [Symbol.for('nodejs.util.inspect.custom')]() { throw 1; } };",
        "setTimeout(() => { throw new Bad('late'); }, 50);\nvoid Promise.reject(proxy);",
        'await new Promise((go) => setTimeout(go, 200));\n6 * 7',
      ],
      { cellTimeout: 10 },
    );
    assert.equal(errorOf(none).evalue, 'undefined');
    assert.match(errorOf(none).traceback.join('\n'), /> 5 \| throw new Bad\('lost'\);/);
    assert.equal(errorOf(number).evalue, '7');
    for (const outputs of [proxy, getter, symbol, object]) {
      assert.equal(errorOf(outputs).evalue, 'What the cell threw cannot be put into words.');
    }
    assert.equal(late?.filter(({ output_type }) => output_type === 'error').length, 2);
    assert.equal(after?.[0]?.output_type, 'execute_result');
  });

  it('that comes late is that of the cell that caused it', async () => {
    const late = (what: string) => `await new Promise((go) => setTimeout(go, 50)); ${what}`;
    const [timer, rejected, chained, waiting] = await runCells([
      "setTimeout(() => {\n  throw new Error('timer');\n}, 300);",
      `void (async () => { ${late("throw 'rejected';")} })();`,
      "queueMicrotask(() => void Promise.reject(new Error('chained')).then(() => 1));",
      'await new Promise((go) => setTimeout(go, 600));',
    ]);
    assert.equal(errorOf(timer).evalue, 'timer');
    assert.match(errorOf(timer).traceback.join('\n'), /Cell \[1\]:2:9/);
    assert.equal(errorOf(rejected).evalue, "'rejected'");
    assert.equal(errorOf(chained).evalue, 'chained');
    assert.deepEqual(waiting, []);
  });
});
