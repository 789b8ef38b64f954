// The editor of files: a text area for who has no script, CodeMirror for who has.
import { EditorState } from '@codemirror/state';
import {
  EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers,
} from '@codemirror/view';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import {
  HighlightStyle, StreamLanguage, bracketMatching, foldGutter, foldKeymap, indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language';
import { lintGutter, lintKeymap, linter } from '@codemirror/lint';
import { autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { yaml } from '@codemirror/lang-yaml';
import { tags } from '@lezer/highlight';
import { placeAt } from './place.js';

// While somebody types nothing is asked; a pause of this length is one.
const PAUSE_MS = 700;

const jsonata = StreamLanguage.define({
  name: 'jsonata',
  startState: () => ({ comment: false }),
  token(stream, state) {
    if (state.comment || stream.match('/*')) {
      state.comment = !stream.match(/^.*?\*\//);
      if (state.comment) stream.skipToEnd();
      return 'comment';
    }
    if (stream.match(/^"(?:[^"\\]|\\.)*"?|^'(?:[^'\\]|\\.)*'?/)) return 'string';
    if (stream.match(/^`[^`]*`?/)) return 'propertyName';
    if (stream.match(/^\$\$?[\w]*/)) return 'variableName';
    if (stream.match(/^\d+(?:\.\d+)?/)) return 'number';
    if (stream.match(/^(?:and|or|in|function|true|false|null)\b/)) return 'keyword';
    if (stream.match(/^[\p{L}_][\p{L}\w-]*/u)) return 'propertyName';
    stream.next();
    return null;
  },
  languageData: { commentTokens: { block: { open: '/*', close: '*/' } } },
});

// The colours of the pages, both schemes; no style of its own beyond them.
const colours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--quiet)', fontStyle: 'italic' },
  { tag: [tags.string, tags.content], color: 'var(--good)' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--link)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warn)' },
  { tag: [tags.variableName, tags.keyword], fontWeight: '600' },
]);

const look = EditorView.theme({
  '&': {
    backgroundColor: 'var(--paper)', color: 'var(--ink)', border: '1px solid var(--quiet)',
    borderRadius: '6px', fontSize: '12.5px', minHeight: '320px', maxHeight: '640px',
  },
  '&.cm-focused': { outline: '3px solid var(--focus)', outlineOffset: '1px' },
  '.cm-scroller': {
    overflow: 'auto', lineHeight: '1.5',
    fontFamily: "ui-monospace, 'SF Mono', Consolas, 'Noto Sans Mono CJK SC', monospace",
  },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': {
    backgroundColor: 'var(--ground)', color: 'var(--quiet)', borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--tag)', color: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'var(--tag)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--warn-ground)' },
  // CodeMirror's own marks are pictures in its style, which the policy of the page refuses.
  '.cm-lint-marker-error': { content: 'normal', backgroundColor: 'var(--bad)', borderRadius: '50%' },
  '.cm-lintRange-error': {
    backgroundImage: 'none', textDecoration: 'underline wavy var(--bad)', textDecorationSkipInk: 'none',
  },
  '.cm-matchingBracket': { backgroundColor: 'var(--good-ground)', color: 'inherit' },
  '.cm-tooltip, .cm-panels': {
    backgroundColor: 'var(--paper)', color: 'var(--ink)', border: '1px solid var(--line)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--act)', color: 'var(--on-act)',
  },
  '.cm-completionInfo': { maxWidth: '420px' },
  '.cm-diagnostic': { whiteSpace: 'pre-wrap', maxWidth: '560px' },
});

function enhance(area) {
  const page = area.dataset.page;
  const token = area.form.elements.csrf.value;
  const list = document.querySelector('[data-problems]');
  const known = new Map();

  function show(problems) {
    list.replaceChildren(...problems.map((one) => {
      const item = document.createElement('li');
      item.textContent = one.line ? `${area.dataset.line} ${one.line}: ${one.what}` : one.what;
      return item;
    }));
  }

  async function check(view) {
    const text = view.state.doc.toString();
    try {
      const answer = await fetch(`${page}/check`, {
        method: 'POST', body: new URLSearchParams({ csrf: token, text }),
      });
      if (!answer.ok) throw new Error(answer.status);
      const { problems } = await answer.json();
      show(problems);
      return problems.map((one) => {
        const line = view.state.doc.line(Math.min(Math.max(one.line, 1), view.state.doc.lines));
        return { from: line.from, to: line.to, severity: 'error', message: one.what };
      });
    } catch {
      show([{ line: 0, what: area.dataset.failed }]);
      return [];
    }
  }

  async function keys(place) {
    if (!known.has(place)) {
      const answer = await fetch(`${page}/keys?at=${encodeURIComponent(place)}`);
      if (!answer.ok) return [];
      known.set(place, (await answer.json()).keys);
    }
    return known.get(place);
  }

  async function complete(context) {
    const mapping = area.dataset.editor === 'jsonata';
    const word = context.matchBefore(mapping ? /\$?[\w]*/ : /[\w-]*/);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    const place = mapping ? '' : placeAt(context.state.doc.toString(), word.from);
    if (place === null) return null;
    const options = (await keys(place)).map((key) => ({
      label: key.name,
      type: key.name.startsWith('$') ? 'function' : 'property',
      info: key.info || undefined,
      apply: mapping ? key.name : `${key.name}: `,
    }));
    return options.length ? { from: word.from, options, validFor: /^\$?[\w-]*$/ } : null;
  }

  const language = { yaml: [yaml()], jsonata: [jsonata], csv: [] }[area.dataset.editor];
  const host = document.createElement('div');
  area.before(host);
  // A root of its own: there styles are constructed sheets, which the policy of the page allows.
  const root = host.attachShadow({ mode: 'open' });
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(), highlightActiveLineGutter(), history(), foldGutter(), drawSelection(),
        indentOnInput(), bracketMatching(), highlightActiveLine(), highlightSelectionMatches(),
        language, syntaxHighlighting(colours), look,
        linter(check, { delay: PAUSE_MS }), lintGutter(),
        autocompletion({ override: [complete] }),
        keymap.of([
          ...completionKeymap, ...lintKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap,
          ...defaultKeymap, indentWithTab,
        ]),
        EditorView.contentAttributes.of({
          'aria-label': area.dataset.label, spellcheck: 'false',
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) area.value = update.state.doc.toString();
        }),
      ],
    }),
  });
  // Where the text cannot be changed, it can be scrolled by keyboard all the same.
  view.scrollDOM.tabIndex = 0;
  area.hidden = true;
  host.className = 'editorhost';
  // For tests and for who looks into it with the browser's own tools.
  host.editor = view;
}

document.querySelectorAll('textarea[data-editor]').forEach(enhance);
