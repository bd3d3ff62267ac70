import katex from '@vscode/markdown-it-katex';
import highlighter from 'highlight.js/lib/core';
import typescript from 'highlight.js/lib/languages/typescript';
import MarkdownIt, { type PluginWithOptions, type Token } from 'markdown-it';
import { escapeHtml, Html } from './html.js';

highlighter.registerLanguage('typescript', typescript);
highlighter.registerAliases('ts', { languageName: 'typescript' });

/** What stands under a heading, up to the next one. */
export interface Section {
  /** The heading's anchor: unique on its page. */
  readonly id: string;
  /** 1 for the page's title. */
  readonly level: number;
  readonly title: string;
  /** Without formatting. */
  text: string;
}

/** The plugin's types name the CommonJS edition of markdown-it's. */
const formulas = katex.default as unknown as PluginWithOptions<{ throwOnError: boolean }>;

const markdown = new MarkdownIt({
  // A lesson is text: HTML in it is shown, not obeyed.
  html: false,
  typographer: false,
  highlight: (code, language) =>
    highlighter.getLanguage(language)
      ? highlighter.highlight(code, { language }).value
      : escapeHtml(code),
}).use(formulas, { throwOnError: false });

markdown.core.ruler.push('sections', ({ tokens, env }) => {
  addSections(tokens, (env as { sections: Section[] }).sections);
});
markdown.core.ruler.push('table-heads', ({ tokens }) => {
  for (const token of tokens) if (token.type === 'th_open') token.attrSet('scope', 'col');
});
// A table that is wider than a phone scrolls by itself.
markdown.renderer.rules.table_open = () => '<div class="table"><table>\n';
markdown.renderer.rules.table_close = () => '</table></div>\n';

/**
 * Markdown with formulas (`$…$`, `$$…$$`) as HTML; its headings are anchors.
 *
 * @param sections those of the page so far; the text's own are added
 * @throws Error if a formula is none.
 */
export function renderMarkdown(text: string, sections: Section[] = []): Html {
  return checkFormulas(markdown.render(text, { sections }));
}

/**
 * Markdown without paragraphs around it: for a line inside of another element.
 *
 * @throws Error if a formula is none.
 */
export function renderInline(text: string): Html {
  return checkFormulas(markdown.renderInline(text, { sections: [] }));
}

/** TypeScript with its words marked for colouring. */
export function renderCode(code: string): Html {
  const { value } = highlighter.highlight(code, { language: 'typescript' });
  return new Html(`<pre class="code"><code>${value}</code></pre>`);
}

/** The plugin swallows KaTeX's errors, but leaves their traces. */
function checkFormulas(rendered: string): Html {
  const [, problem] = /class="katex-error" title="([^"]*)"/.exec(rendered) ?? [];
  if (problem !== undefined) throw new Error(`A formula cannot be read: ${problem}.`);
  return new Html(rendered);
}

function addSections(tokens: readonly Token[], sections: Section[]): void {
  for (const [i, token] of tokens.entries()) {
    if (token.type !== 'inline') continue;
    const heading = tokens[i - 1];
    const text = plainText(token);
    if (heading?.type === 'heading_open') {
      const id = anchor(text, sections);
      heading.attrSet('id', id);
      sections.push({ id, level: Number(heading.tag.slice(1)), title: text, text: '' });
    } else {
      const section = sections.at(-1);
      if (section) section.text = `${section.text} ${text}`.trimStart();
    }
  }
}

function plainText({ children }: Token): string {
  return (children ?? [])
    .map(({ type, content }) => (type === 'softbreak' || type === 'hardbreak' ? ' ' : content))
    .join('');
}

function anchor(title: string, sections: readonly Section[]): string {
  const base = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  const isTaken = (id: string) => sections.some((section) => section.id === id);
  let id = base;
  for (let i = 2; isTaken(id); i++) id = `${base}-${i}`;
  return id;
}
