import katex from '@vscode/markdown-it-katex';
import highlighter from 'highlight.js/lib/core';
import typescript from 'highlight.js/lib/languages/typescript';
import MarkdownIt, { type PluginWithOptions } from 'markdown-it';
import { escapeHtml, Html } from './html.js';

highlighter.registerLanguage('typescript', typescript);
highlighter.registerAliases('ts', { languageName: 'typescript' });

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

/**
 * Markdown with formulas (`$…$`, `$$…$$`) as HTML.
 *
 * @throws Error if a formula is none.
 */
export function renderMarkdown(text: string): Html {
  const rendered = markdown.render(text);
  // The plugin swallows KaTeX's errors, but leaves their traces.
  const [, problem] = /class="katex-error" title="([^"]*)"/.exec(rendered) ?? [];
  if (problem !== undefined) throw new Error(`A formula cannot be read: ${problem}.`);
  return new Html(rendered);
}

/** TypeScript with its words marked for colouring. */
export function renderCode(code: string): Html {
  const { value } = highlighter.highlight(code, { language: 'typescript' });
  return new Html(`<pre class="code"><code>${value}</code></pre>`);
}
