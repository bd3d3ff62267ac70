// Searches all sections of the course. What is found is put in as text, never as HTML.
import { announce } from './announce.js';

const mostResults = 12;
/** How much of a section's text a result shows. */
const excerptLength = 120;

const input = document.getElementById('page-search');
const results = document.getElementById('page-results');

/** The index, from when it is first wanted; asked for again if it did not come. */
let loading;

function load() {
  loading ??= loadIndex().catch(() => {
    loading = undefined;
  });
  return loading;
}

async function loadIndex() {
  const [{ default: MiniSearch }, response] = await Promise.all([
    import('./minisearch.js'),
    fetch('search.json'),
  ]);
  const { options, index } = await response.json();
  return MiniSearch.loadJS(index, options);
}

export function prepareSearch() {
  input.addEventListener('focus', load);
  input.addEventListener('input', search);
  document.addEventListener('keydown', onKey);
  document.addEventListener('click', ({ target }) => {
    if (!target.closest('.search') || target.closest('#page-results a')) results.hidden = true;
  });
}

async function search() {
  const index = await load();
  const query = input.value.trim();
  if (query === '') {
    results.hidden = true;
    announce('');
    return;
  }
  if (!index) {
    show([], 'The search is not to be had just now.');
    return;
  }
  const found = index.search(query, {
    prefix: true,
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    combineWith: 'AND',
    boost: { title: 4, lesson: 2 },
  });
  show(found.slice(0, mostResults), inWords(found.length));
}

function inWords(count) {
  if (count === 0) return 'Nothing found.';
  if (count > mostResults) return `${count} results; these are the first ${mostResults}.`;
  return count === 1 ? '1 result.' : `${count} results.`;
}

function show(found, summary) {
  const line = document.createElement('p');
  line.textContent = summary;
  const list = document.createElement('ul');
  list.append(...found.map(resultItem));
  results.replaceChildren(line, list);
  results.hidden = false;
  announce(summary);
}

function resultItem({ id, title, lesson, text, terms }) {
  const link = document.createElement('a');
  link.href = id;
  const where = title === lesson ? title : `${title} · ${lesson}`;
  link.append(element('strong', where), element('span', excerpt(text, terms)));
  const item = document.createElement('li');
  item.append(link);
  return item;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

/** The text around the first word that was found. */
function excerpt(text, terms) {
  const lower = text.toLowerCase();
  const places = terms.map((term) => lower.indexOf(term)).filter((place) => place >= 0);
  const place = places.length > 0 ? Math.min(...places) : 0;
  const start = place < excerptLength / 2 ? 0 : text.lastIndexOf(' ', place - 30) + 1;
  const shown = text.slice(start, start + excerptLength);
  const isCut = start + excerptLength < text.length;
  return `${start > 0 ? '… ' : ''}${isCut ? shown.replace(/\s\S*$/, ' …') : shown}`;
}

function onKey(event) {
  if (event.key === '/' && !isTyping(event)) {
    event.preventDefault();
    input.focus();
    input.select();
    return;
  }
  if (!event.target.closest('.search')) return;
  const links = [...results.querySelectorAll('a')];
  const position = links.indexOf(document.activeElement);
  switch (event.key) {
    case 'Escape':
      event.preventDefault();
      close();
      break;
    case 'ArrowDown':
      event.preventDefault();
      links[position + 1]?.focus();
      break;
    case 'ArrowUp':
      event.preventDefault();
      (links[position - 1] ?? input).focus();
      break;
    case 'Enter':
      if (event.target === input && !results.hidden) links[0]?.click();
  }
}

/** First what was found goes, then what was asked for. */
function close() {
  if (results.hidden) input.value = '';
  results.hidden = true;
  input.focus();
}

function isTyping({ target, ctrlKey, metaKey, altKey }) {
  return ctrlKey || metaKey || altKey || target.closest('input, select, textarea') !== null;
}
