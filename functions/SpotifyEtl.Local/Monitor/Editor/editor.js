// Puts CodeMirror in the place of a text area, which goes on to hold what a form sends. Built into ../Assets/editor.js: see the README here.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { sql } from '@codemirror/lang-sql';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { EditorState, Prec, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { athena } from './dialect.js';
import { colours, look } from './look.js';

const marking = StateEffect.define();

const fault = StateField.define({
  create: () => Decoration.none,
  update: (marks, change) => {
    const asked = change.effects.find((effect) => effect.is(marking));
    if (asked) {
      return asked.value ? Decoration.set([Decoration.mark({ class: 'cm-fault' }).range(asked.value.from, asked.value.to)]) : Decoration.none;
    }
    return change.docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

// lang-sql offers columns after a table's name and a dot: here also those of the tables that the statement speaks of.
const columnsOf = (tables) => (context) => {
  const word = context.matchBefore(/\w+/);
  if (!word || context.matchBefore(/\.\w*/)) {
    return null;
  }
  const said = new Set(context.state.doc.toString().toLowerCase().match(/\w+/g));
  const options = new Map();
  for (const [table, columns] of Object.entries(tables)) {
    for (const column of said.has(table) ? columns : []) {
      options.set(column.name, { label: column.name, type: 'property', detail: column.type });
    }
  }
  return options.size > 0 ? { from: word.from, options: [...options.values()], validFor: /^\w*$/ } : null;
};

// Where text takes the place of a selection, the browser would give it the look of what was there by a style attribute, which the pages' policy forbids.
const replaceSelection = (event, view) => {
  const { main } = view.state.selection;
  if (event.inputType !== 'insertText' || !event.data || main.empty || view.composing) {
    return false;
  }
  event.preventDefault();
  const insert = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: 'input.type', scrollIntoView: true });
  if (!view.state.facet(EditorView.inputHandler).some((handle) => handle(view, main.from, main.to, event.data, insert))) {
    view.dispatch(insert());
  }
  return true;
};

const schemaOf = (tables) => Object.fromEntries(Object.entries(tables).map(([table, columns]) =>
  [table, columns.map((column) => ({ label: column.name, type: 'property', detail: column.type }))]));

// Where the word, the sign or the quoted name ends that stands at an offset.
const endOf = (text, from) => {
  const length = /^(?:\w+|"[^"]*"|'[^']*'|\S)/u.exec(text.slice(from))?.[0].length ?? 0;
  return Math.min(text.length, from + Math.max(1, length));
};

/**
 * Opens the editor.
 * @param area The text area: it is hidden, and follows what is written.
 * @param tables The columns of each table, for completion: { songs: [{ name, type }] }.
 * @param run Called when the reader asks for the answer by Ctrl or Cmd and Enter.
 */
export const open = (area, { label, tables, run }) => {
  const host = document.createElement('div');
  host.className = 'editor';
  area.before(host);
  area.hidden = true;
  // In a shadow root the editor's styles are no style elements, which the pages' policy forbids.
  const root = host.attachShadow({ mode: 'open' });
  const language = sql({ dialect: athena, schema: schemaOf(tables), upperCaseKeywords: true });
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        history(),
        bracketMatching(),
        closeBrackets(),
        language,
        language.language.data.of({ autocomplete: columnsOf(tables) }),
        autocompletion({ icons: false }),
        syntaxHighlighting(colours),
        fault,
        look,
        placeholder(area.placeholder),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', spellcheck: 'false', autocapitalize: 'off', autocorrect: 'off' }),
        EditorView.updateListener.of((change) => {
          if (change.docChanged) {
            area.value = change.state.doc.toString();
          }
        }),
        EditorView.domEventHandlers({ beforeinput: replaceSelection }),
        // Tab is left to the browser: it leads on through the page.
        Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => { run(); return true; } }])),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
      ],
    }),
  });

  return {
    focus: () => view.focus(),
    write: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: text.length }, scrollIntoView: true }),
    insert: (text) => {
      view.dispatch(view.state.replaceSelection(text));
      view.focus();
    },
    /** Marks what stands at a place, both counted from 1 in characters as people count them; without one, takes the mark away. */
    mark: (line, column) => {
      if (!line || line > view.state.doc.lines) {
        view.dispatch({ effects: marking.of(null) });
        return;
      }
      const { from, text } = view.state.doc.line(line);
      const start = from + [...text].slice(0, Math.max(0, column - 1)).join('').length;
      const whole = view.state.doc.toString();
      const at = Math.min(start, Math.max(0, whole.length - 1));
      const to = endOf(whole, at);
      view.dispatch({ effects: [marking.of(to > at ? { from: at, to } : null), EditorView.scrollIntoView(at)], selection: { anchor: at } });
    },
  };
};
