// Runs in the browser with Kaoto's own code: opens and writes every shipped route, then draws three
// as a person does, by adding steps and filling in their forms.
import { CamelResourceFactory, editor, asWritten, kaoto } from './designer.js';

const FRESH = (id) => `- route:
    id: ${id}
    description: ''
    from:
      uri: ''
      steps: []
`;
// As Kaoto's form puts it.
const simple = (expression) => ({ simple: { expression } });

const DRAWN = {
  'routes/jd/jd-orders.camel.yaml': {
    description: 'Orders that a sweep found become facts.',
    from: ['inbox', { name: 'jd/orders' }],
    steps: [
      ['mapping', { name: 'jd/facts' }],
      ['orders', { name: 'record' }],
      ['setBody', simple('${exchangeProperty.OrderbridgeInput}')],
      ['mapping', { name: 'jd/state' }],
      ['states', { name: 'record' }],
    ],
  },
  'routes/jd/jd-ship.camel.yaml': {
    description: 'JD is told the tracking number of a parcel that left.',
    from: ['outbox', { name: 'jd' }],
    steps: [
      ['mapping', { name: 'jd/ship' }],
      [
        'filter',
        simple('${body[skip]} == null'),
        [
          ['call', { name: 'jd/api' }],
          [
            'filter',
            simple("${header.OrderbridgeAnswer} == 'already'"),
            [
              ['mapping', { name: 'jd/shipped-read' }],
              ['call', { name: 'jd/shipped' }],
              ['mapping', { name: 'jd/shipped-same', output: 'json' }],
            ],
          ],
        ],
      ],
    ],
  },
  'routes/aliyun-sms/aliyun-sms-send.camel.yaml': {
    description: 'A message is sent by Aliyun SMS.',
    from: ['notices', { name: 'aliyun-sms' }],
    steps: [
      ['mapping', { name: 'aliyun-sms/send' }],
      ['call', { name: 'aliyun-sms/send' }],
      ['mapping', { name: 'aliyun-sms/sent' }],
    ],
  },
};

const open = (text, path) => CamelResourceFactory.createCamelResource(text, { path });

function nodes(node) {
  return [node, ...(node.getChildren() ?? []).flatMap(nodes)];
}

function at(route, path) {
  return nodes(route.toVizNode()).find((node) => node.data.path === path);
}

/** Fills in the form of a step, which takes an expression out from under its key. */
function fill(route, path, values) {
  const { expression, ...kept } = route.getComponentSchema(path).definition;
  route.updateModel(path, { ...kept, ...values });
}

function put(route, place, steps) {
  steps.forEach(([name, values, within], i) => {
    const isProcessor = within !== undefined || name === 'setBody';
    const { Processor, Component } = kaoto.CatalogKind;
    const step = { name, type: isProcessor ? Processor : Component };
    const before = `${place}.steps.${i - 1}.`;
    const last = nodes(route.toVizNode()).find(
      (node) => node.data.path?.startsWith(before) && node.data.path.split('.').length === before.split('.').length,
    );
    if (last && !last.data.isPlaceholder) {
      last.addBaseEntityStep(step, kaoto.AddStepMode.AppendStep);
    } else {
      at(route, place).addBaseEntityStep(step, kaoto.AddStepMode.InsertChildStep);
    }
    const path = `${place}.steps.${i}.${isProcessor ? name : 'to'}`;
    fill(route, path, isProcessor ? values : { parameters: values });
    if (within) put(route, path, within);
  });
}

function draw(file, { description, from, steps }) {
  const resource = open(FRESH(file.split('/').pop().replace('.camel.yaml', '')), file);
  const [route] = resource.getVisualEntities();
  fill(route, 'route', { description });
  const first = { name: from[0], type: kaoto.CatalogKind.Component };
  at(route, 'route.from').addBaseEntityStep(first, kaoto.AddStepMode.ReplaceStep);
  fill(route, 'route.from', { parameters: from[1] });
  put(route, 'route.from', steps);
  return asWritten(resource.toString());
}

const result = { written: {}, drawn: {}, reopened: {}, canvas: {}, failed: [] };
const attempt = async (what, act) => {
  try {
    await act();
  } catch (e) {
    result.failed.push(`${what}: ${e.stack}`);
  }
};
const shipped = await (await fetch('routes.json')).json();
for (const [file, text] of Object.entries(shipped)) {
  await attempt(file, () => {
    const resource = open(text, file);
    const routes = resource.getVisualEntities();
    if (routes.length !== 1) throw new Error(`${routes.length} routes on the canvas`);
    // What Kaoto cannot draw stays without a path or gets no form.
    nodes(routes[0].toVizNode()).forEach((node) => node.getComponentSchema());
    result.written[file] = asWritten(resource.toString());
  });
}
for (const [file, spec] of Object.entries(DRAWN)) {
  await attempt(file, async () => {
    result.drawn[file] = draw(file, spec);
    result.reopened[file] = asWritten(open(result.drawn[file], file).toString());
    await editor.setContent(file, result.drawn[file]);
    await new Promise((done) => setTimeout(done, 1500));
    result.canvas[file] = [...document.querySelectorAll('[data-nodelabel]')].map((e) => e.dataset.nodelabel);
  });
}
const shown = document.createElement('pre');
shown.id = 'result';
shown.textContent = JSON.stringify(result);
document.body.append(shown);
