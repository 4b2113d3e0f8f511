// Enketo and what drives it, as one file for a browser: node bundle.mjs OUT.js

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const own = (name) => here(`node_modules/enketo-core/src/js/${name}.js`);
writeFileSync(here('no_widgets.mjs'), 'export default [];\n'); // the bare questions, as a page without them shows
await build({
  entryPoints: [here('enketo.mjs')],
  outfile: process.argv[2],
  bundle: true,
  format: 'iife',
  logLevel: 'error',
  external: ['libxslt'],
  alias: {
    'enketo/config': here('node_modules/enketo-core/config.js'),
    'enketo/dialog': own('fake-dialog'),
    'enketo/file-manager': own('file-manager'),
    'enketo/translator': own('fake-translator'),
    'enketo/widgets': here('no_widgets.mjs'),
    'enketo/xpath-evaluator-binding': own('xpath-evaluator-binding'),
  },
});
