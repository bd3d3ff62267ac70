import { html, type Html } from './html.js';

export interface Page {
  readonly title: string;
  /** Attributes of the body. */
  readonly attributes?: Html;
  readonly main: Html;
}

/** What every page has around its content. */
export function layout({ title, attributes, main }: Page): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Inception Lab</title>
        <link rel="icon" href="assets/icon.svg" />
        <link rel="stylesheet" href="assets/katex/katex.min.css" />
        <link rel="stylesheet" href="assets/style.css" />
        <script defer src="assets/vega.min.js"></script>
        <script defer src="assets/vega-lite.min.js"></script>
        <script defer src="assets/vega-embed.min.js"></script>
        <script defer src="assets/page.js"></script>
      </head>
      <body ${attributes}>
        <header><a href="index.html">Inception Lab</a></header>
        <main>${main}</main>
      </body>
    </html>`.text;
}
