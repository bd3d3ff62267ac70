import assert from 'node:assert/strict';
import { errorOf, runCells as run } from '../support/cells.js';

describe('A notebook that is run', () => {
  it('has what cells print, in order, and the last expression as result', async () => {
    const [outputs] = await run(["console.log('a'); console.error('b'); console.log('c'); 1 + 1"]);
    assert.deepEqual(outputs, [
      { output_type: 'stream', name: 'stdout', text: 'a\n' },
      { output_type: 'stream', name: 'stderr', text: 'b\n' },
      { output_type: 'stream', name: 'stdout', text: 'c\n' },
      {
        output_type: 'execute_result',
        execution_count: 1,
        data: { 'text/plain': '2' },
        metadata: {},
      },
    ]);
  });

  it('shares variables between cells, redeclares them, and awaits at top level', async () => {
    const [, , outputs] = await run([
      'const x = 1;',
      'const x = await Promise.resolve(2);',
      'console.log(x)',
    ]);
    assert.deepEqual(outputs, [{ output_type: 'stream', name: 'stdout', text: '2\n' }]);
  });

  it('reports what a cell throws, without the frames of the machinery, and goes on if told to', async () => {
    const [thrown, next] = await run(["throw new RangeError('too far');", "console.log('on')"]);
    const { ename, evalue, traceback } = errorOf(thrown);
    assert.deepEqual([ename, evalue], ['RangeError', 'too far']);
    assert.doesNotMatch(traceback.join('\n'), /tslab|node:|worker/);
    assert.equal(next?.length, 1);
  });

  it('stops at the first error otherwise', async () => {
    const [, next] = await run(["throw new Error('stop');", "console.log('on')"], {
      allowErrors: false,
    });
    assert.deepEqual(next, []);
  });

  it('reports promises that nobody awaits', async () => {
    const [outputs] = await run(["void Promise.reject(new Error('lost'));"]);
    assert.equal(errorOf(outputs).evalue, 'lost');
  });

  it('ends a cell that loops, with an error in its place, and keeps what it printed', async () => {
    const [looping, next] = await run(["console.log('before');\nwhile (true) {}", '1'], {
      cellTimeout: 5,
    });
    assert.equal(looping?.[0]?.output_type, 'stream');
    assert.match(errorOf(looping).evalue, /did not end within 5 s.*--cell-timeout/);
    assert.deepEqual(next, [], 'no cell runs without the variables of those before it');
  });

  it('survives a cell that exits', async () => {
    const [outputs] = await run(['process.exit(3)']);
    assert.equal(errorOf(outputs).evalue, "The cell's process exited with status 3.");
  });

  it('survives a cell that exhausts memory', async () => {
    const flood = 'const all: number[][] = []; while (true) all.push(new Array(100_000).fill(1));';
    const [outputs] = await run([flood], { env: { NODE_OPTIONS: '--max-old-space-size=256' } });
    assert.match(errorOf(outputs).evalue, /used up all memory/);
  });

  it('cuts a flood of text, says so, and starts afresh with the next cell', async () => {
    const [flood, next] = await run([
      "for (let i = 0; i < 300; i++) console.log('x'.repeat(10_000));",
      "console.log('on')",
    ]);
    const [stream] = flood ?? [];
    assert.ok(stream?.output_type === 'stream');
    assert.ok(stream.text.length < 1_100_000);
    assert.match(stream.text as string, /the rest is left out/);
    assert.deepEqual(next, [{ output_type: 'stream', name: 'stdout', text: 'on\n' }]);
  });

  it('keeps the beginning of one text that is too long, whole characters only', async () => {
    const [flood] = await run(["process.stdout.write('x' + '🙂'.repeat(1_000_000));"]);
    const [stream] = flood ?? [];
    assert.ok(stream?.output_type === 'stream');
    const [beginning, rest] = (stream.text as string).split('\n');
    assert.ok(beginning === `x${'🙂'.repeat(499_999)}`);
    assert.match(rest!, /the rest is left out/);
  });

  it('shows a plot in three formats, the specification as an object', async () => {
    const [outputs] = await run([
      "import { show, viz } from 'inception-lab';\nshow(viz.featureMaps([[[1]]]));",
    ]);
    const [display] = outputs ?? [];
    assert.ok(display?.output_type === 'display_data');
    const { data } = display;
    assert.equal(typeof data['application/vnd.vegalite.v5+json'], 'object');
    assert.match(data['image/svg+xml'] as string, /^<svg.*<image[^>]+href="data:image\/png/);
    assert.equal(data['text/plain'], 'Feature maps: one map of 1 × 1 pixels.');
  });

  it('runs in a folder that is named from here', async () => {
    const [outputs] = await run(['const six: number = 6;\nsix * 7'], { cwd: '.' });
    assert.equal(outputs?.[0]?.output_type, 'execute_result');
  });

  it('updates a display where it stands', async () => {
    const [first, second] = await run([
      "import { newDisplay } from 'tslab';\nconst d = newDisplay();\nd.text('one');",
      "d.text('two');",
    ]);
    const [display] = first ?? [];
    assert.ok(display?.output_type === 'display_data');
    assert.deepEqual(display.data, { 'text/plain': 'two' });
    assert.deepEqual(second, []);
  });
});
