// Searches all sections of the course. What is found is put in as text, never as HTML.
import type MiniSearch from 'minisearch';
import type { AsPlainObject, Options, SearchResult } from 'minisearch';
import { announce } from './announce.js';
import { find, make } from './dom.js';

const mostResults = 12;
/** How much of a section's text a result shows. */
const excerptLength = 120;

/** The index, from when it is first wanted; asked for again if it did not come. */
let loading: Promise<MiniSearch | undefined> | undefined;

function load(): Promise<MiniSearch | undefined> {
  loading ??= loadIndex().catch(() => {
    loading = undefined;
    return undefined;
  });
  return loading;
}

async function loadIndex(): Promise<MiniSearch> {
  const [{ default: Search }, response] = await Promise.all([
    import('minisearch'),
    fetch('search.json'),
  ]);
  const { options, index } = (await response.json()) as { options: Options; index: AsPlainObject };
  return Search.loadJS(index, options);
}

/** The page's field, and what is found below it. */
interface SearchBox {
  readonly input: HTMLInputElement;
  readonly results: HTMLElement;
}

export function prepareSearch(): void {
  const box = { input: find('#page-search') as HTMLInputElement, results: find('#page-results') };
  box.input.addEventListener('focus', () => void load());
  box.input.addEventListener('input', () => void search(box));
  document.addEventListener('keydown', (event) => {
    onKey(event, box);
  });
  document.addEventListener('click', ({ target }) => {
    const clicked = target as Element;
    if (!clicked.closest('.search') || clicked.closest('#page-results a')) {
      box.results.hidden = true;
    }
  });
}

async function search(box: SearchBox): Promise<void> {
  const index = await load();
  const query = box.input.value.trim();
  if (query === '') {
    box.results.hidden = true;
    announce('');
    return;
  }
  if (!index) {
    show([], 'The search is not available just now.', box);
    return;
  }
  const found = index.search(query, {
    prefix: true,
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    combineWith: 'AND',
    boost: { title: 4, lesson: 2 },
  });
  show(found.slice(0, mostResults), inWords(found.length), box);
}

function inWords(count: number): string {
  if (count === 0) return 'Nothing found.';
  if (count > mostResults) return `${count} results; these are the first ${mostResults}.`;
  return count === 1 ? '1 result.' : `${count} results.`;
}

function show(found: readonly SearchResult[], summary: string, { results }: SearchBox): void {
  const list = make('ul', {}, ...found.map(resultItem));
  results.replaceChildren(make('p', { text: summary }), list);
  results.hidden = false;
  announce(summary);
}

function resultItem(result: SearchResult): HTMLElement {
  const { id, title, lesson, text } = result as unknown as Record<string, string>;
  const where = title === lesson ? title : `${title ?? ''} · ${lesson ?? ''}`;
  const link = make(
    'a',
    { attributes: { href: id ?? '' } },
    make('strong', { text: where ?? '' }),
    make('span', { text: excerpt(text ?? '', result.terms) }),
  );
  return make('li', {}, link);
}

/** The text around the first word that was found. */
function excerpt(text: string, terms: readonly string[]): string {
  const lower = text.toLowerCase();
  const places = terms.map((term) => lower.indexOf(term)).filter((place) => place >= 0);
  const place = places.length > 0 ? Math.min(...places) : 0;
  const start = place < excerptLength / 2 ? 0 : text.lastIndexOf(' ', place - 30) + 1;
  const shown = text.slice(start, start + excerptLength);
  const isCut = start + excerptLength < text.length;
  return `${start > 0 ? '… ' : ''}${isCut ? shown.replace(/\s\S*$/, ' …') : shown}`;
}

function onKey(event: KeyboardEvent, box: SearchBox): void {
  const target = event.target as Element;
  if (event.key === '/' && !isTyping(event, target)) {
    event.preventDefault();
    box.input.focus();
    box.input.select();
    return;
  }
  if (!target.closest('.search')) return;
  const links = [...box.results.querySelectorAll('a')];
  const position = links.findIndex((link) => link === document.activeElement);
  switch (event.key) {
    case 'Escape':
      event.preventDefault();
      close(box);
      break;
    case 'ArrowDown':
      event.preventDefault();
      links[position + 1]?.focus();
      break;
    case 'ArrowUp':
      event.preventDefault();
      (links[position - 1] ?? box.input).focus();
      break;
    case 'Enter':
      if (target === box.input && !box.results.hidden) links[0]?.click();
  }
}

/** First what was found goes, then what was asked for. */
function close({ input, results }: SearchBox): void {
  if (results.hidden) input.value = '';
  results.hidden = true;
  input.focus();
}

function isTyping({ ctrlKey, metaKey, altKey }: KeyboardEvent, target: Element): boolean {
  const field = target.closest('input, select, textarea, [contenteditable="true"]');
  return ctrlKey || metaKey || altKey || field !== null;
}
