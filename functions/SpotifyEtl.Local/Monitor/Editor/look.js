// The editor in the page's colours, which are properties of its style: they follow the reader's choice of light or dark by themselves.
import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

export const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--live)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--good)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warn)' },
  { tag: [tags.typeName, tags.standard(tags.name)], color: 'var(--call)' },
  { tag: tags.comment, color: 'var(--soft)', fontStyle: 'italic' },
]);

export const look = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--card)', border: '1px solid var(--soft)', borderRadius: '0.5rem', fontSize: '0.9rem' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  '.cm-scroller': {
    fontFamily: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace', lineHeight: '1.5', minHeight: '9rem', maxHeight: '24rem', overflow: 'auto',
    borderRadius: 'inherit',
  },
  '.cm-content': { caretColor: 'var(--ink)', padding: '0.5rem 0' },
  '.cm-gutters': { backgroundColor: 'var(--card)', color: 'var(--soft)', border: '0', borderInlineEnd: '1px solid var(--rule)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter': { backgroundColor: 'var(--track)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--rule)' },
  '.cm-fault': { textDecoration: 'underline wavy var(--bad)', textDecorationSkipInk: 'none', textUnderlineOffset: '0.2em' },
  '.cm-placeholder': { color: 'var(--soft)' },
  '.cm-tooltip': { color: 'var(--ink)', backgroundColor: 'var(--card)', border: '1px solid var(--rule)', borderRadius: '0.5rem', overflow: 'hidden' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'inherit', maxHeight: '14rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.15rem 0.6rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { color: 'var(--on-accent)', backgroundColor: 'var(--accent)' },
  '.cm-completionDetail': { marginInlineStart: '1.5em', fontStyle: 'normal', opacity: '0.8' },
});
