// Fills in a form of which nothing is known: what was said for a question, else an answer that the form itself offers
// or allows, wherever it asks for one. An engine gives its questions as
// { path, name, kind, choices, required, constrained, empty, wrong, answer(value) }, in the order in which it asks them;
// the second time that a group is asked, its names end in [2].

const DAY = 86_400_000;

/** The record of a form: what was answered, by name. Throws, by name, where no answer is taken. */
export async function fill(form, said) {
  const tried = new Map();
  const given = {};
  for (let turn = 0; turn < 500; turn++) {
    const question = (await form.questions()).find((one) => due(one, said, tried));
    if (!question) {
      const never = Object.keys(said).filter((name) => !(name in given));
      if (never.length) throw new Error(`never asked: ${never}`);
      return given;
    }
    const at = tried.get(question.path) ?? 0;
    let answer = question.name in said ? [said[question.name]][at] : answers(question)[at];
    if (answer === undefined && (question.required || question.name in said)) {
      throw new Error(`${question.name}: ${question.wrong || 'required'}`);
    }
    answer ??= ''; // what one does not know and need not say
    if (question.choices && answer) offered(question, answer);
    tried.set(question.path, at + 1);
    given[question.name] = answer;
    await question.answer(answer);
  }
  throw new Error('the form has no end');
}

function due(question, said, tried) {
  if (!tried.has(question.path)) {
    return question.name in said || (question.empty && (question.required || question.constrained));
  }
  return question.wrong || (question.empty && question.required);
}

function offered(question, answer) {
  for (const code of answer.split(' ')) {
    if (!question.choices.includes(code)) throw new Error(`${question.name}: ${code} is not offered`);
  }
}

/** What a person could answer, the likeliest first. */
function answers({ kind, choices }) {
  if (choices) return choices.slice(0, 20);
  const day = (before) => new Date(Date.now() - before * DAY).toISOString().slice(0, 10);
  return {
    int: ['1', '0', '2', '5', '10', '15', '30', '100'],
    decimal: ['1.5', '1', '0.5', '10'],
    date: [day(3), day(0), day(40), day(400), day(-3)],
    time: ['10:30:00.000'],
    dateTime: [`${day(3)}T10:30:00.000+00:00`, `${day(0)}T00:00:00.000+00:00`],
    geopoint: ['14.5 -4.2 0 0'],
  }[kind] ?? ['Inventé', 'INV-1', 'essai', '70000000', '1', 'a'];
}
