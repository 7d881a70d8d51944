// Shows what the verifier says. Every word of a verdict comes from libs/verifier; nothing here is parsed as HTML.
const find = (id) => document.getElementById(id);
const add = (parent, tag, text, className = '') => {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  parent.append(element);
  return element;
};
let dropped;

const source = (file) => ({
  size: file.size,
  read: async (offset, length) => new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()),
});
const bytesOf = async (id) => {
  const file = find(id).files[0];
  return file === undefined ? undefined : new Uint8Array(await file.arrayBuffer());
};

const say = (text, isProblem = false) => {
  const status = find('status');
  status.className = isProblem ? 'problem' : '';
  status.textContent = text;
};

const show = ({ verdict, head, levels }) => {
  for (const id of ['head', 'levels', 'not-proven']) find(id).replaceChildren();
  for (const line of head) add(find('head'), 'p', line);
  for (const { state, lines } of levels) {
    const level = add(find('levels'), 'div', '', `level ${state}`);
    lines.forEach((line, at) => add(level, at === 0 ? 'h3' : 'p', line));
  }
  for (const line of verdict.notProven) add(find('not-proven'), 'li', line);
  find('json').textContent = JSON.stringify(verdict);
  find('result').hidden = false;
  find('result-title').focus();
};

find('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  find('result').hidden = true;
  const file = dropped ?? find('bundle').files[0];
  if (!file) {
    say('Choose a bundle or a receipt first.', true);
    find('bundle').focus();
    return;
  }
  say('Checking …');
  try {
    const key = find('key').value.trim();
    const given = {
      keys: key === '' ? [] : key.split(/\s+/),
      policy: await bytesOf('policy'),
      earlier: await bytesOf('earlier'),
      entry: await bytesOf('entry'),
    };
    const shown = await verifier.judge(source(file), given, (entries) => say(`Checking: ${entries} entries read …`));
    if (typeof shown === 'string') return say(shown, true);
    say(
      shown.isWrong
        ? 'Checked. Something is wrong: read below.'
        : 'Checked. Nothing is wrong in what was checked: read below.',
    );
    show(shown);
  } catch (error) {
    say(
      `The check could not be finished, so nothing is known: ${error instanceof Error ? error.message : String(error)}`,
      true,
    );
  }
});

find('bundle').addEventListener('change', () => {
  dropped = undefined;
});
const drop = find('drop');
for (const type of ['dragover', 'dragleave', 'drop'])
  drop.addEventListener(type, (event) => {
    event.preventDefault();
    drop.classList.toggle('is-over', type === 'dragover');
    const file = type === 'drop' ? event.dataTransfer.files[0] : undefined;
    if (!file) return;
    dropped = file;
    say(`${file.name} is ready to be checked.`);
  });
