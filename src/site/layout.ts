import { html, type Html } from './html.js';
import { securityPolicy } from './security-policy.js';

export interface Page {
  readonly title: string;
  /** What else the page's head holds. */
  readonly head?: Html;
  /** Attributes of the body. */
  readonly attributes?: Html;
  /** The contents at the page's side. */
  readonly sidebar?: Html;
  readonly main: Html;
}

/** What every page has around its content. All addresses are relative: a site may lie anywhere. */
export function layout({ title, head, attributes, sidebar, main }: Page): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${securityPolicy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Inception Lab</title>
        <script src="assets/theme.js"></script>
        <link rel="icon" href="assets/icon.svg" />
        <link rel="stylesheet" href="assets/katex/katex.min.css" />
        <link rel="stylesheet" href="assets/style.css" />
        <link rel="stylesheet" href="assets/frame.css" />
        <link rel="stylesheet" href="assets/cells.css" />
        <link rel="stylesheet" href="assets/live.css" />
        <link rel="stylesheet" href="assets/print.css" media="print" />
        ${head}
        <script type="module" src="assets/page.js"></script>
      </head>
      <body ${attributes}>
        <a class="skip" href="#page-main">Skip to the text</a>
        ${header}
        <div class="frame">
          ${sidebar}
          <main id="page-main" tabindex="-1">${main}</main>
        </div>
        <div id="page-announcement" class="visually-hidden" aria-live="polite"></div>
      </body>
    </html>`.text;
}

/** Search and colours need the page's script, which shows them. */
const header = html`<header>
  <a class="home" href="index.html">Inception Lab</a>
  <div class="search needs-script" role="search">
    <label class="visually-hidden" for="page-search">Search the course</label>
    <input
      id="page-search"
      type="search"
      placeholder="Search the course"
      autocomplete="off"
      spellcheck="false"
      aria-keyshortcuts="/"
    />
    <div id="page-results" hidden></div>
  </div>
  <label class="theme needs-script">
    <span class="visually-hidden">Colours</span>
    <select id="page-theme">
      <option value="system">System</option>
      <option value="light">Light</option>
      <option value="dark">Dark</option>
    </select>
  </label>
</header>`;
