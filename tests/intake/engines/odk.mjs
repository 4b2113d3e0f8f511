// ODK's own engine of forms, the one of its web forms, fills in every form of an address and sends it.
// node odk.mjs ADDRESS ROUNDS.json; ROUNDS: [[form, { question: answer }], …]. Prints a line of JSON for each.

import { File } from 'node:buffer';
import { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';
import { fill } from './filling.mjs';
import { fetched, sent } from './phone.mjs';

const { window } = new JSDOM('', { url: 'http://localhost/' });
globalThis.window = window;
globalThis.File ??= File; // as Node has them by itself from 20 on
globalThis.crypto ??= webcrypto;
for (const name of Object.getOwnPropertyNames(window)) {
  if (/^[A-Z]|^document$/.test(name) && !(name in globalThis)) globalThis[name] = window[name];
}
globalThis.__dirname = '/'; // one of its libraries asks for it before it looks where it runs
const { loadForm } = await import('@getodk/xforms-engine');

const [base, path] = process.argv.slice(2);
const forms = await fetched(base, window.DOMParser);
for (const [id, said] of JSON.parse(readFileSync(path, 'utf8'))) {
  console.log(JSON.stringify({ form: id, ...(await made(forms[id], said)) }));
}
process.exit(0);

async function made({ xform, files }, said) {
  const loaded = await loadForm(xform, {
    fetchFormAttachment: async (url) => {
      const name = decodeURIComponent(url.href.split('/').pop());
      return new Response(files[name], { status: name in files ? 200 : 404 });
    },
  });
  if (loaded.status === 'failure') return { refused: String(loaded.error) };
  const root = loaded.createInstance().root;
  try {
    const given = await fill({ questions: () => [...questions(root)] }, said);
    const payload = await root.prepareInstancePayload();
    if (payload.status !== 'ready') return { refused: payload.violations.map((one) => one.reference).join(' ') };
    return { given, status: await sent(base, payload.data[0].entries()) };
  } catch (fault) {
    return { refused: fault.message };
  }
}

function* questions(node) {
  if (!node.currentState.relevant) return;
  if (node.currentState.children) {
    for (const child of node.currentState.children) yield* questions(child);
    return;
  }
  if (node.currentState.readonly || ['model-value', 'note', 'attribute'].includes(node.nodeType)) return;
  yield {
    path: node.currentState.reference,
    name: named(node.currentState.reference),
    kind: node.valueType,
    choices: ['select', 'rank'].includes(node.nodeType) ? node.currentState.valueOptions.map((one) => one.value) : null,
    required: node.currentState.required,
    constrained: !node.definition.bind.constraint.isDefaultExpression,
    empty: node.currentState.instanceValue === '',
    wrong: node.validationState.constraint.valid ? '' : 'constraint',
    answer: (value) => answer(node, value),
  };
}

/** What a question is called: `sex`, and `sex[2]` the second time that its group is asked. */
function named(reference) {
  const times = [...reference.matchAll(/\[(\d+)\]/g)].map(([, time]) => Number(time));
  const time = Math.max(1, ...times);
  return reference.split('/').pop().replace(/\[.*/, '') + (time > 1 ? `[${time}]` : '');
}

function answer(node, value) {
  if (node.nodeType === 'select') return node.selectValues(value.split(' ').filter(Boolean));
  if (node.nodeType === 'rank') return node.setValues(node.currentState.valueOptions.map((one) => one.value));
  if (node.nodeType === 'trigger') return node.setValue(true);
  if (node.nodeType === 'upload') return node.setValue(new File([value], 'essai.txt', { type: 'text/plain' }));
  return node.setValue(value);
}
