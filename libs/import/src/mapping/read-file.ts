import type { Part } from './part.js';
import { pathOf } from './path.js';
import { ENCODINGS, type FilePlan, FORMATS, type JoinPlan, QUOTES } from './plan.js';
import { readCondition } from './read-condition.js';
import { readValue } from './read-value.js';
import { readPublic, readYield } from './read-yield.js';
import { type DateOptions, type Scope, within } from './scope.js';

export interface Settings {
  readonly dates: DateOptions;
  readonly noValue: readonly string[];
  readonly language: string | null;
  readonly names: readonly string[];
}

export interface ReadFile {
  readonly plan: FilePlan;
  /** Columns of other files that this file's joins name. */
  readonly joined: readonly { readonly file: string; readonly used: FilePlan['used'] }[];
}

const KEYS = [
  'file',
  'format',
  'encoding',
  'delimiter',
  'quotes',
  'headerRow',
  'columns',
  'at',
  'updatedAt',
  'let',
  'joins',
  'ignore',
  'yields',
];
const RESERVED = ['item', 'index', 'row', 'file'];

/** The names of a mapping's files; with more than one, each needs its own. */
export const fileNames = (files: readonly Part[]): readonly string[] => {
  const names = files.flatMap((file) => (file.has('file') ? (file.member('file').text() ?? []) : []));
  for (const [index, file] of files.entries()) {
    if (!file.has('file') && files.length > 1) file.issue('With several files each needs its name: "file": "….csv".');
    if (file.has('file') && names.indexOf(file.member('file').value as string) < index && names.length === files.length)
      file.member('file').issue('This file is described twice. Put all its yields in one place.');
  }
  return names;
};

export const readFile = (part: Part, root: Part, settings: Settings): ReadFile | null => {
  if (!part.object(KEYS)) return null;
  const used: FilePlan['used'][number][] = [];
  const joined: ReadFile['joined'][number][] = [];
  const bare: Scope = { names: ['row', 'file'], noValue: settings.noValue, dates: settings.dates, used };

  const joins = readJoins(part, bare, settings, joined);
  const joinedScope = within(bare, ...joins.map(({ name }) => name));
  const lets = readLets(part, joinedScope);
  const scope = within(joinedScope, ...lets.map(([name]) => name));

  // What the whole mapping says is read again for every file, because it may name columns; a file whose yields all say
  // their own, or that yields nothing, need not have those columns.
  const inherit = (key: string): Scope => (needs(part, key) ? scope : { ...scope, used: [] });
  const inherited = {
    authority: root.has('authority')
      ? readValue(root.member('authority'), { type: 'text' }, inherit('authority'))
      : null,
    public: readPublic(root.member('public'), inherit('public')),
    language: settings.language,
  };
  if (part.has('columns') && part.has('headerRow'))
    part.member('columns').issue('A file has a header (“headerRow”) or not (“columns”), not both.');
  return {
    joined,
    plan: {
      pointer: part.pointer,
      name: part.has('file') ? part.member('file').text() : null,
      format: part.has('format') ? part.member('format').oneOf(FORMATS) : null,
      encoding: (part.has('encoding') ? part.member('encoding').oneOf(ENCODINGS) : null) ?? 'utf-8',
      delimiter: part.has('delimiter') ? readDelimiter(part.member('delimiter')) : null,
      quotes: (part.has('quotes') ? part.member('quotes').oneOf(QUOTES) : null) ?? 'strict',
      headerRow: (part.has('headerRow') ? part.member('headerRow').count() : null) ?? 1,
      columns: part.has('columns') ? part.member('columns').texts() : null,
      at: part.has('at') ? pathOf(part.member('at').text() ?? '') : [],
      updatedAt: part.has('updatedAt') ? readValue(part.member('updatedAt'), { type: 'date' }, scope) : null,
      lets,
      joins,
      ignore: part.has('ignore') ? readIgnore(part.member('ignore'), scope) : [],
      yields: part.has('yields')
        ? part
            .member('yields')
            .items()
            .flatMap((item) => readYield(item, scope, inherited) ?? [])
        : [],
      used,
    },
  };
};

const needs = (file: Part, key: string): boolean =>
  Array.isArray(file.member('yields').value) &&
  file
    .member('yields')
    .items()
    .some((item) => !item.has(key));

const readDelimiter = (part: Part): string | null => {
  const given = part.value === 'tab' ? '\t' : part.value;
  return typeof given === 'string' && given.length === 1 && !/["\r\n]/.test(given)
    ? given
    : part.issue('Write one character: “,” “;” “|”, or “tab”. Leave it out to have it found.');
};

const readLets = (part: Part, scope: Scope): FilePlan['lets'] => {
  if (!part.has('let')) return [];
  const member = part.member('let');
  if (!member.isObject) {
    member.issue('This must be an object: { "name": value }.');
    return [];
  }
  const names: string[] = [];
  return member.members().flatMap(([name, value]) => {
    checkName(name, value, scope.names);
    const plan = readValue(value, { type: 'text' }, within(scope, ...names));
    names.push(name);
    return plan ? [[name, plan] as const] : [];
  });
};

const checkName = (name: string, part: Part, taken: readonly string[]): void => {
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name))
    part.issue('A name starts with a letter and has letters, digits, - and _.');
  if (RESERVED.includes(name) || taken.includes(name)) part.issue(`The name “${name}” is taken. Choose another.`);
};

const readJoins = (
  part: Part,
  scope: Scope,
  settings: Settings,
  joined: ReadFile['joined'][number][],
): readonly JoinPlan[] => {
  if (!part.has('joins')) return [];
  const member = part.member('joins');
  if (!member.isObject) {
    member.issue('This must be an object: { "name": { "file": "….csv", "key": "…", "on": "…" } }.');
    return [];
  }
  return member.members().flatMap(([name, join]) => {
    checkName(name, join, scope.names);
    if (!join.object(['file', 'key', 'on', 'keep', 'when'], ['file', 'key', 'on'])) return [];
    const file = join.has('file') ? join.member('file').oneOf(settings.names) : null;
    const there: Scope = { ...scope, used: [] };
    const key = join.has('key') ? readValue(join.member('key'), { type: 'text' }, there) : null;
    const on = join.has('on') ? readValue(join.member('on'), { type: 'text' }, scope) : null;
    const when = join.has('when') ? readCondition(join.member('when'), there) : null;
    if (file === null || key === null || on === null) return [];
    joined.push({ file, used: there.used });
    const keep = (join.has('keep') ? join.member('keep').oneOf(['only', 'first', 'last']) : null) ?? 'only';
    return [{ name, file, key, on, keep, when }];
  });
};

const readIgnore = (part: Part, scope: Scope): FilePlan['ignore'] =>
  part.items().flatMap((item) => {
    if (!item.object(['when', 'because'], ['when', 'because'])) return [];
    const when = item.has('when') ? readCondition(item.member('when'), scope) : null;
    const because = item.has('because') ? item.member('because').text() : null;
    return when && because ? [{ when, because }] : [];
  });
