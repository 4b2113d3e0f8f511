// Enketo, the web client of KoboToolbox, fills in every form of an address and sends it, inside a browser.
// `enketo(address, rounds)`, rounds: [[form, { question: answer }], …], gives a list of { form, given, status, refused }.

import { Form } from 'enketo-core';
import { transform } from 'enketo-transformer/web';
import { fill } from './filling.mjs';
import { fetched, sent } from './phone.mjs';

window.enketo = async (base, rounds) => {
  const forms = await fetched(base, DOMParser);
  const told = [];
  for (const [id, said] of rounds) told.push({ form: id, ...(await made(forms[id], base, said)) });
  return told;
};

async function made({ xform, files }, base, said) {
  const { form: page, model, languageMap } = await transform({ xform, media: {} });
  document.body.innerHTML = page;
  const shown = new Form(document.querySelector('form'), { modelStr: model, external: external(model, files) });
  const faults = shown.init();
  if (faults.length) return { refused: faults.join(' ') };
  try {
    const given = await fill({ questions: () => questions(shown) }, said);
    if (!(await shown.validate())) return { refused: [...wrong(shown.view.html)].join(' ') };
    const record = new File([shown.getDataStr({ irrelevant: false })], 'record.xml', { type: 'text/xml' });
    const languages = Object.keys(languageMap);
    return { given, languages, status: await sent(base, [['xml_submission_file', record]]) };
  } catch (fault) {
    return { refused: fault.message };
  } finally {
    shown.resetView();
  }
}

/** The lists that a form takes from files, as trees: a column is an element. */
function external(model, files) {
  const document = new DOMParser().parseFromString(model, 'text/xml');
  return [...document.querySelectorAll('model > instance[src]')].map((instance) => {
    const lines = files[instance.getAttribute('src').split('/').pop()].trim().split('\n').map((line) => line.split(','));
    const xml = new DOMParser().parseFromString('<root/>', 'text/xml');
    for (const line of lines.slice(1)) {
      const item = xml.documentElement.appendChild(xml.createElement('item'));
      lines[0].forEach((column, at) => (item.appendChild(xml.createElement(column)).textContent = line[at]));
    }
    return { id: instance.id, src: instance.getAttribute('src'), xml };
  });
}

/** `[2]` for a question of a group that is asked the second time: each time bears the same names. */
function time(control) {
  const group = control.closest('.or-repeat');
  const times = group ? [...group.parentElement.children].filter((one) => one.matches('.or-repeat')) : [];
  const at = times.filter((one) => one.getAttribute('name') === group.getAttribute('name')).indexOf(group);
  return at > 0 ? `[${at + 1}]` : '';
}

/** The questions on the page, a box of ticks being one. */
async function questions(shown) {
  await shown.validate();
  const found = new Map();
  for (const control of shown.view.html.querySelectorAll('.question [name], .question [data-name]')) {
    const hidden = control.closest('.disabled, .or-repeat-info, .itemset-template, [readonly]');
    const path = (control.dataset.name ?? control.getAttribute('name')) + time(control);
    if (hidden || control.matches('option, label, fieldset')) continue;
    found.set(path, [...(found.get(path) ?? []), control]);
  }
  return [...found].map(([path, controls]) => question(path, controls));
}

function question(path, controls) {
  const [first] = controls;
  const asked = first.closest('.question');
  const list = first.matches('select');
  const ticks = first.matches('[type=radio], [type=checkbox]');
  const offered = list ? [...first.options].map((one) => one.value) : controls.map((one) => one.value);
  const value = ticks ? controls.filter((one) => one.checked).map((one) => one.value).join(' ') : first.value;
  return {
    path,
    name: path.split('/').pop(),
    kind: first.dataset.typeXml,
    choices: list || ticks ? offered.filter(Boolean) : null,
    required: Boolean(first.dataset.required) && asked.querySelector('.required:not(.hide)') !== null,
    constrained: Boolean(first.dataset.constraint),
    empty: value === '',
    wrong: asked.classList.contains('invalid-constraint') ? 'constraint' : '',
    answer: (said) => (list || ticks ? choose(controls, said.split(' ')) : write(first, said)),
  };
}

function choose(controls, codes) {
  for (const one of controls) {
    const options = one.matches('select') ? [...one.options] : [one];
    for (const option of options) option[one.matches('select') ? 'selected' : 'checked'] = codes.includes(option.value);
    if (one.matches('select') || one.checked) one.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

function write(control, said) {
  control.value = said;
  control.dispatchEvent(new Event('change', { bubbles: true }));
}

function* wrong(html) {
  for (const asked of html.querySelectorAll('.invalid-constraint, .invalid-required, .invalid-relevant')) {
    const why = asked.classList.contains('invalid-required') ? 'required' : 'constraint';
    yield `${asked.querySelector('[name]')?.name.split('/').pop()}: ${why}`;
  }
}
