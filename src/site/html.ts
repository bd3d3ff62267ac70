/** HTML that is ready to be put into a page. */
export class Html {
  constructor(readonly text: string) {}
}

type Insertable = Html | string | number | readonly Html[] | undefined | false;

/**
 * A template for HTML. Texts are escaped where they are put in; only other `html` is taken as it is.
 */
export function html(strings: TemplateStringsArray, ...values: Insertable[]): Html {
  const text = strings.reduce((before, string, i) => before + insert(values[i - 1]) + string);
  return new Html(text);
}

/** A text in which no character means anything to HTML. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

function insert(value: Insertable): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('\n');
  return escapeHtml(`${value}`);
}
