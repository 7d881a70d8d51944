import wording from './wording.json' with { type: 'json' };

type Texts = Omit<typeof wording, '_about'>;

/** `formal` for scrutiny, `plain` for everyone, `easy` for readers who chose easy read. */
export type Register = 'formal' | 'plain' | 'easy';

/** `group.code`, for example `answer.passed-on`. */
export type WordingKey = { [Group in keyof Texts]: `${Group}.${Extract<keyof Texts[Group], string>}` }[keyof Texts];

export type WordingGroup = keyof Texts;

type Entry = Readonly<Partial<Record<Register, string>>>;

const GROUPS = wording as unknown as Readonly<Record<WordingGroup, Readonly<Record<string, Entry>>>>;

/**
 * The words for a code. A sentence whose parameter is not given is left out, so that nothing is invented and no brace
 * reaches a reader. A register that is not written falls back to plain.
 * @throws Error when the code has no words, or none of them can be said with what is given
 */
export const say = (
  key: WordingKey,
  register: Register = 'plain',
  given: Readonly<Record<string, string | number | null | undefined>> = {},
): string => {
  const [group, code] = split(key);
  const entry = GROUPS[group]?.[code];
  const text = entry?.[register] ?? entry?.plain;
  if (text === undefined) throw new Error(`No words for ${key}`);
  const said = sentences(text)
    .map((sentence) => fill(sentence, given))
    .filter((sentence) => sentence !== undefined);
  if (said.length === 0) throw new Error(`${key} cannot be said without its parameters`);
  return said.join(' ');
};

export const has = (key: string): key is WordingKey => {
  const [group, code] = split(key);
  return GROUPS[group]?.[code] !== undefined;
};

/** Who did something, by their role; what an import calls a role stays as its source has it. */
export const roleName = (role: string): string => {
  const key = `role.${role}`;
  return has(key) ? say(key) : role.replaceAll('-', ' ');
};

/** Choices for radios, checkboxes and selects, in the order of the wording: `[{ value, text }]`. */
export const choices = (group: WordingGroup, register: Register = 'plain'): { value: string; text: string }[] =>
  Object.keys(GROUPS[group]).map((value) => ({ value, text: say(`${group}.${value}` as WordingKey, register) }));

const split = (key: string): [WordingGroup, string] => {
  const at = key.indexOf('.');
  return [key.slice(0, at) as WordingGroup, key.slice(at + 1)];
};

const sentences = (text: string): string[] => text.split(/(?<=[.?!]) /);

const fill = (sentence: string, given: Readonly<Record<string, unknown>>): string | undefined => {
  let isWhole = true;
  const filled = sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined || value === null || value === '') isWhole = false;
    return String(value);
  });
  return isWhole ? filled : undefined;
};
