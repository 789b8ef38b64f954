// One route file in Kaoto. What was drawn goes, as text, back to the page of the file, where it is
// tried and released like what was typed: the designer itself writes nothing.
import { KaotoEditorFactory } from '@kaoto/kaoto';
import * as kaoto from '@kaoto/kaoto/testing';
// Not among what Kaoto exports; the same module that its editor uses.
import { CamelResourceFactory } from './node_modules/@kaoto/kaoto/lib/esm/models/camel/camel-resource-factory.js';
import { createRoot } from 'react-dom/client';
import { isMap, isPair, parseDocument, visit } from 'yaml';
import own from './components.json';
import './designer.css';

const page = document.body.dataset;
const form = document.getElementById('ob-form');
const field = form.elements.text;
const said = document.getElementById('ob-said');
const asIs = field.value.replaceAll('\r\n', '\n');

const nothing = async () => undefined;
const catalogUrl = new URL('catalog.json', import.meta.url).href;
const told = (act = () => {}) => ({ send: act });

let opened = '';
let readyNow;
const ready = new Promise((resolve) => (readyNow = resolve));

// A route says expression: before these; RouteRules refuses them without.
const LANGUAGES = ['simple', 'constant', 'jsonpath', 'exchangeProperty', 'variable', 'tokenize'];

/** What stands in the path of an endpoint of ours Kaoto writes as a parameter. */
function joinPath(node) {
  const scheme = node.get('uri');
  const given = node.get('parameters');
  if (!(scheme in own.orderbridge) || !isMap(given)) return;
  if (given.has('name')) {
    node.set('uri', `${scheme}:${given.get('name')}`);
    given.delete('name');
  }
  if (given.items.length === 0) node.delete('parameters');
}

/** Kaoto writes a condition after the steps that it is for, and what a form filled in without expression:. */
function nameExpression(node, document) {
  const key = (pair) => pair.key?.value;
  const at = node.items.findIndex((pair) => key(pair) === 'expression' || LANGUAGES.includes(key(pair)));
  if (at < 0) return;
  const [pair] = node.items.splice(at, 1);
  const named = key(pair) === 'expression' ? pair : document.createPair('expression', { [key(pair)]: pair.value });
  const steps = node.items.findIndex((other) => key(other) === 'steps');
  node.items.splice(steps < 0 ? at : steps, 0, named);
}

/** What Kaoto writes, as people write it and the product reads it. */
function asWritten(yaml) {
  const document = parseDocument(yaml);
  visit(document, {
    Map(_, node, path) {
      const within = path.findLast(isPair)?.key?.value ?? '';
      if (within === 'parameters') return visit.SKIP;
      joinPath(node);
      if (!/expression$/i.test(within)) nameExpression(node, document);
      return undefined;
    },
  });
  return document.toString({ lineWidth: 0 });
}

/** What the canvas holds as text; the text as it was while nothing was drawn. */
async function text() {
  const drawn = await editor.getContent();
  return drawn === opened ? asIs : asWritten(drawn);
}

async function drawn() {
  const now = await text();
  field.value = now;
  form.querySelector('button').disabled = now === asIs;
  const inner = asIs.split('\n').slice(asIs.split('\n').findIndex((line) => /^[^#\s]/.test(line)));
  said.textContent =
    now === asIs ? page.unchanged : inner.some((line) => /^\s*#/.test(line)) ? page.comments : page.changed;
}

const context = {
  channelApi: {
    requests: {
      getVSCodeKaotoSettings: async () => new kaoto.SettingsModel({ catalogUrl }),
      getCatalogURL: async () => catalogUrl,
      getMetadata: nothing,
      setMetadata: nothing,
      getResourceContent: nothing,
      saveResourceContent: nothing,
      deleteResource: async () => false,
      askUserForFileSelection: nothing,
      getSuggestions: async () => [],
      onStepUpdated: nothing,
    },
    notifications: {
      kogitoEditor_ready: told(() => readyNow()),
      // Kaoto tells the edit before it keeps the content.
      kogitoWorkspace_newEdit: told(() => setTimeout(drawn)),
      kogitoNotifications_setNotifications: told(),
      kogitoEditor_stateControlCommandUpdate: told(),
    },
  },
};

// The one catalogue there is, chosen beforehand: Kaoto would wait for a choice.
const library = await (await fetch(catalogUrl)).json();
localStorage.setItem(kaoto.LocalStorageKeys.SelectedCatalog, JSON.stringify(library.definitions[0]));
const editor = await new KaotoEditorFactory().createEditor(context, {
  fileExtension: 'camel.yaml',
  resourcesPathPrefix: '',
  channel: 'ONLINE',
  initialLocale: 'en',
  isReadOnly: false,
});
editor.af_onOpen();
createRoot(document.getElementById('ob-canvas')).render(editor.af_componentRoot());
await ready;
await editor.setContent(page.file, asIs);
opened = await editor.getContent();
await drawn();
document.body.dataset.state = 'open';

// For tests: the editor, and Kaoto's own reading and writing of routes.
export { editor, kaoto, CamelResourceFactory, asWritten };
