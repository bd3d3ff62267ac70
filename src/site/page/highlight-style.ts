import { HighlightStyle } from '@codemirror/language';
import { tags } from '@lezer/highlight';

/** The page's colours, as code has them where it cannot be edited. */
export const highlightStyle = HighlightStyle.define([
  { tag: [tags.keyword, tags.standard(tags.variableName), tags.self], color: 'var(--keyword)' },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: 'var(--string)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--number)' },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.typeName],
    color: 'var(--accent)',
  },
  { tag: tags.comment, color: 'var(--quiet)' },
]);
