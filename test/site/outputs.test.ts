import assert from 'node:assert/strict';
import { renderMarkdown } from '../../dist/site/markdown.js';
import { renderOutputs } from '../../dist/site/site-files.js';

const attack = '<script>alert(1)</script><img src=x onerror=alert(1)>';
const markup = (html: { text: string }[]) =>
  html.map(({ text }) => text.replace(/>\s+</g, '><')).join('');

describe("A notebook's outputs on a page", () => {
  it('are never taken for HTML', () => {
    const { html, files } = renderOutputs(
      [
        { output_type: 'stream', name: 'stdout', text: attack },
        { output_type: 'error', ename: attack, evalue: attack, traceback: [attack] },
        {
          output_type: 'execute_result',
          execution_count: 1,
          data: { 'text/plain': attack },
          metadata: {},
        },
        {
          output_type: 'display_data',
          data: { 'text/html': attack, 'text/plain': attack },
          metadata: {},
        },
        {
          output_type: 'display_data',
          data: { 'image/svg+xml': `<svg>${attack}</svg>`, 'text/plain': `"${attack}` },
          metadata: {},
        },
      ],
      'plots/x',
    );
    assert.doesNotMatch(markup(html), /<script|<img src=x|<svg/);
    // The SVG is a file, shown as an image, in which browsers run no script.
    assert.deepEqual(
      files.map(({ path }) => path),
      ['plots/x-5.svg'],
    );
    assert.match(markup(html), /<img src="plots\/x-5\.svg" alt="&quot;&lt;script&gt;/);
  });

  it('have a link for a file, with which it is saved and not opened', () => {
    const file = { name: `"${attack}.html`, text: attack };
    const { html } = renderOutputs(
      [
        {
          output_type: 'display_data',
          data: { 'application/vnd.inception-lab.file+json': file, 'text/plain': 'written' },
          metadata: {},
        },
      ],
      'x',
    );
    const address = `data:application/octet-stream,${encodeURIComponent(attack)}`;
    assert.doesNotMatch(markup(html), /<script|<img/);
    assert.ok(markup(html).includes(`<a href="${address}" download="&quot;&lt;script&gt;`));
  });

  it('are shown as text where what should be a file is none', () => {
    for (const file of [null, 'x', { name: 1, text: 'x' }, { name: 'x' }]) {
      const data = { 'application/vnd.inception-lab.file+json': file, 'text/plain': 'written' };
      const { html } = renderOutputs([{ output_type: 'display_data', data, metadata: {} }], 'x');
      assert.equal(markup(html), '<pre class="output result">written</pre>');
    }
  });

  it('keep their terminal colours, as classes, and are not taken for HTML by them', () => {
    const { html } = renderOutputs(
      [
        {
          output_type: 'error',
          ename: 'E',
          evalue: 'v',
          traceback: [`\u001b[1;31m${attack}\u001b[0m\u001b[2K after`],
        },
      ],
      'x',
    );
    assert.doesNotMatch(markup(html), /<script|<img/);
    assert.match(markup(html), /^<pre class="output error"><span class="ansi-red ansi-bold">&lt;/);
    assert.match(markup(html), /<\/span> after<\/pre>$/);
  });

  it('show what a terminal would, where a line was written over', () => {
    const shown = (text: string) =>
      markup(renderOutputs([{ output_type: 'stream', name: 'stdout', text }], 'x').html);
    assert.equal(shown('10 %\r20 %\r\ndone'), '<pre class="output stdout">20 %\ndone</pre>');
    assert.equal(shown('long\rs'), '<pre class="output stdout">song</pre>');
    assert.equal(shown('ab\bc'), '<pre class="output stdout">ac</pre>');
  });

  it('break lines that are too long, but not those of tables', () => {
    const kindOf = (text: string) =>
      /class="([^"]+)"/.exec(
        markup(renderOutputs([{ output_type: 'stream', name: 'stdout', text }], 'x').html),
      )?.[1];
    assert.equal(kindOf('word '.repeat(100)), 'output stdout');
    assert.equal(kindOf('┌───┐'), 'output stdout table-text');
  });

  it('are plots where there is a specification, with the SVG until it is drawn', () => {
    const data = {
      'application/vnd.vegalite.v5+json': { mark: 'bar' },
      'image/svg+xml': '<svg class="marks" width="200" height="100"/>',
      'text/plain': 'Bars.',
    };
    const { html, files } = renderOutputs(
      [{ output_type: 'display_data', data, metadata: {} }],
      'plots/x',
    );
    assert.equal(
      markup(html),
      '<figure class="plot" data-specification="plots/x-1.json"><img src="plots/x-1.svg" alt="Bars." width="200" height="100" loading="lazy" /></figure>',
    );
    assert.deepEqual(files, [
      { path: 'plots/x-1.svg', content: data['image/svg+xml'] },
      { path: 'plots/x-1.json', content: '{"mark":"bar"}' },
    ]);
  });
});

describe('Markdown on a page', () => {
  it('is text: HTML in it is shown, and no link runs a script', () => {
    const { text } = renderMarkdown(`${attack}\n\n[click](javascript:alert(1))`);
    assert.doesNotMatch(text, /<script|<img|href="javascript/);
  });

  it('has formulas, and code with coloured words', () => {
    const { text } = renderMarkdown('$\\gamma$\n\n```ts\nconst x = 1;\n```');
    assert.match(text, /class="katex"/);
    assert.match(text, /hljs-keyword/);
  });

  it('fails loudly at a formula that is none', () => {
    assert.throws(
      () => renderMarkdown('$\\frac{1$'),
      /A formula cannot be read: .*KaTeX parse error/,
    );
  });
});
