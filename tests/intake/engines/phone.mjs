// What a phone does beside filling in: it fetches its list, each form and the files of each, and sends records.

/** The forms of an address, by identifier: { xform, files: { name: text } }. */
export async function fetched(base, DOMParser) {
  const read = async (url) => {
    const answer = await fetch(url);
    if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`);
    return answer.text();
  };
  const rows = async (url, name) => {
    const list = new DOMParser().parseFromString(await read(url), 'text/xml');
    return [...list.getElementsByTagName(name)].map((row) => (field) => row.getElementsByTagName(field)[0]?.textContent);
  };
  const forms = {};
  for (const form of await rows(`${base}/formList?deviceID=collect%3Aabc`, 'xform')) {
    const files = {};
    for (const file of form('manifestUrl') ? await rows(form('manifestUrl'), 'mediaFile') : []) {
      files[file('filename')] = await read(file('downloadUrl'));
    }
    forms[form('formID')] = { xform: await read(form('downloadUrl')), files };
  }
  return forms;
}

/** Send a record with its files; the status of the answer. */
export async function sent(base, parts) {
  const body = new FormData();
  for (const [name, file] of parts) body.append(name, file, name);
  const ask = await fetch(`${base}/submission`, { method: 'HEAD' });
  if (ask.status !== 204) throw new Error(`HEAD: ${ask.status}`);
  const answer = await fetch(`${base}/submission?deviceID=collect%3Aabc`, { method: 'POST', body });
  await answer.text();
  return answer.status;
}
