// Bundles the designer and writes its catalogue: what a route of Orderbridge may consist of.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import * as sass from 'sass';

const out = process.argv[2];
const modules = join(process.cwd(), 'node_modules');

const styles = {
  name: 'styles',
  setup(build) {
    const importers = [
      { findFileUrl: (url) => (url.startsWith('~') ? pathToFileURL(join(modules, url.slice(1))) : null) },
    ];
    build.onLoad({ filter: /\.scss$/ }, ({ path }) => ({
      contents: sass.compile(path, { logger: sass.Logger.silent, loadPaths: [modules], importers }).css,
      loader: 'css',
      resolveDir: dirname(path),
    }));
  },
};

const absent = {
  name: 'absent',
  setup(build) {
    const filter = /^(monaco-|react-monaco-editor|@patternfly\/react-code-editor|@kaoto\/camel-catalog)/;
    build.onResolve({ filter }, () => ({ path: join(process.cwd(), 'absent.cjs') }));
    build.onResolve({ filter: /^ajv$/ }, () => ({ path: join(process.cwd(), 'unchecked.mjs') }));
  },
};

await esbuild.build({
  entryPoints: ['designer.js'],
  outdir: out,
  bundle: true,
  minify: true,
  format: 'esm',
  legalComments: 'linked',
  assetNames: '[name]-[hash]',
  // Pictures that scripts name are asked for from the page, which has another folder.
  publicPath: '/console/designer',
  define: { 'process.env.NODE_ENV': '"production"', NODE_ENV: '"production"', global: 'window' },
  loader: {
    '.js': 'jsx',
    '.svg': 'file',
    '.png': 'file',
    '.gif': 'file',
    '.jpg': 'file',
    '.woff2': 'file',
    '.woff': 'file',
    '.ttf': 'file',
    '.xsd': 'text',
    '.xml': 'text',
  },
  plugins: [absent, styles],
  logLevel: 'error',
});

// --- the catalogue -----------------------------------------------------------------------------
const VERSION = '3.26.0';
const from = join(modules, '@kaoto/kaoto/lib/camel-catalog/camel-quarkus', VERSION);
const index = JSON.parse(
  readFileSync(join(from, readdirSync(from).find((name) => name.startsWith('index-')))),
);
const read = (kind) => JSON.parse(readFileSync(join(from, index.catalogs[kind].file)));
const ours = JSON.parse(readFileSync('components.json'));

// Camel's own that the product ships; the rest of its 300 would only be refused.
const camels = read('components');
const components = Object.fromEntries(ours.camel.map((name) => [name, camels[name]]));
// The form of a step: its fields stand in the schema, the place of a field in the path beside it.
const form = (properties) => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  required: Object.keys(properties).filter((name) => properties[name].required),
  properties: Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [
      name,
      {
        type: 'string',
        title: one.displayName,
        description: one.description,
        $comment: 'group:common',
        ...(one.enum ? { enum: one.enum } : {}),
      },
    ]),
  ),
});
const common = { kind: 'parameter', label: '', deprecated: false, autowired: false, secret: false };
for (const [scheme, one] of Object.entries(ours.orderbridge)) {
  const properties = {};
  if (one.path) {
    properties.name = {
      ...common,
      index: 0,
      kind: 'path',
      displayName: one.path,
      group: 'common',
      required: true,
      type: 'string',
      javaType: 'java.lang.String',
      description: one.path,
    };
  }
  for (const [name, values] of Object.entries(one.options ?? {})) {
    properties[name] = {
      ...common,
      index: Object.keys(properties).length,
      displayName: name,
      group: 'common',
      required: false,
      type: values.length ? 'enum' : 'string',
      javaType: 'java.lang.String',
      ...(values.length ? { enum: values } : {}),
      description: name,
    };
  }
  components[scheme] = {
    component: {
      kind: 'component',
      name: scheme,
      title: one.title,
      description: one.description,
      deprecated: false,
      firstVersion: '1.0.0',
      label: 'orderbridge',
      supportLevel: 'Stable',
      groupId: 'io.orderbridge',
      artifactId: 'orderbridge',
      version: '1',
      scheme,
      extendsScheme: '',
      syntax: `${scheme}:name`,
      async: false,
      api: false,
      consumerOnly: one.in === 'from',
      producerOnly: one.in === 'to',
      lenientProperties: false,
    },
    componentProperties: {},
    properties,
    propertiesSchema: form(properties),
  };
}

const kinds = [
  'components',
  'models',
  'patterns',
  'entities',
  'languages',
  'dataformats',
  'loadbalancers',
  'functions',
  'kamelets',
  'kameletBoundaries',
];
mkdirSync(out, { recursive: true });
for (const kind of kinds) {
  const content = kind === 'components' ? components : kind.startsWith('kamelet') ? {} : read(kind);
  writeFileSync(join(out, `catalog-${kind}.json`), JSON.stringify(content));
  index.catalogs[kind] = { ...index.catalogs[kind], file: `catalog-${kind}.json` };
}
writeFileSync(join(out, 'catalog-index.json'), JSON.stringify({ ...index, schemas: {} }));
writeFileSync(
  join(out, 'catalog.json'),
  JSON.stringify({
    definitions: [{ name: 'Orderbridge', version: VERSION, runtime: 'Quarkus', fileName: 'catalog-index.json' }],
  }),
);
