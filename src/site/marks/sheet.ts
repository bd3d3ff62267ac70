import { html, type Html } from '../html.js';

/** A page that is one file, with no script and nothing from elsewhere: it can be sent by mail. */
export function sheet(title: string, main: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          :root {
            color-scheme: light dark;
          }
          body {
            font:
              16px/1.5 system-ui,
              sans-serif;
            max-width: 60rem;
            margin: 2rem auto;
            padding: 0 1rem;
          }
          table {
            border-collapse: collapse;
          }
          th,
          td {
            text-align: left;
            vertical-align: top;
            padding: 0.25rem 1rem 0.25rem 0;
            border-bottom: 1px solid #8884;
          }
          pre {
            white-space: pre-wrap;
            overflow-wrap: anywhere;
            background: #8881;
            padding: 0.5rem 0.75rem;
          }
          img {
            max-width: 100%;
            background: white;
          }
        </style>
      </head>
      <body>
        <main>${main}</main>
      </body>
    </html>`.text;
}
