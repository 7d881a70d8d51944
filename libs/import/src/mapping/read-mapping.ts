import { MappingError, type MappingIssue, Part } from './part.js';
import type { MappingPlan } from './plan.js';
import { fileNames, readFile } from './read-file.js';
import { compileDates, type DateOptions, readDateOptions } from './scope.js';

const KEYS = ['about', 'source', 'public', 'authority', 'authorities', 'language', 'dates', 'noValue', 'files'];

/**
 * Checks a mapping file and makes it ready for use.
 * @throws MappingError with every issue found.
 */
export const readMapping = (json: unknown): MappingPlan => {
  const issues: MappingIssue[] = [];
  const root = new Part(json, '', issues);
  const plan = readRoot(root);
  if (plan === null || issues.length > 0) throw new MappingError(issues);
  return plan;
};

/** @throws MappingError also for text that is not JSON. */
export const parseMapping = (text: string): MappingPlan => {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new MappingError([{ pointer: '', reason: `This is not JSON: ${(error as Error).message}.` }]);
  }
  return readMapping(json);
};

const readRoot = (root: Part): MappingPlan | null => {
  if (!root.object(KEYS, ['source', 'public', 'files'])) return null;
  const source = root.has('source') ? root.member('source').text() : null;
  if (source !== null && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(source))
    root.member('source').issue('Use small letters, digits and hyphens, for example “council-survey-2024”.');
  const language = root.has('language') ? readLanguage(root.member('language')) : null;
  const dates = readDates(root.member('dates'), language ?? 'en');
  const noValue = root.has('noValue') ? root.member('noValue').texts() : [];
  const files = root.has('files') ? root.member('files').items() : [];
  if (root.has('files') && files.length === 0) root.member('files').issue('Describe at least one file.');
  const names = fileNames(files);
  const read = files.flatMap((file) => readFile(file, root, { dates, noValue, language, names }) ?? []);
  // A join names columns of another file than the one it stands in.
  const plans = read.map(({ plan }) => ({
    ...plan,
    used: [
      ...plan.used,
      ...read.flatMap(({ joined }) => joined.filter(({ file }) => file === plan.name).flatMap(({ used }) => used)),
    ],
  }));
  if (source === null) return null;
  return {
    source,
    about: root.has('about') ? root.member('about').text() : null,
    language,
    authorities: root.has('authorities') ? readAuthorities(root.member('authorities')) : {},
    files: plans,
  };
};

const readLanguage = (part: Part): string | null => {
  const tag = part.text();
  if (tag === null) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return part.issue('This is not a language. Write a tag such as “en”, “de” or “zh-Hant”.');
  }
};

const readAuthorities = (part: Part): Readonly<Record<string, string>> => {
  if (!part.isObject) part.issue('This must be an object: { "code": "Name of the authority" }.');
  return Object.fromEntries((part.isObject ? part.members() : []).map(([code, name]) => [code, name.text() ?? '']));
};

const readDates = (part: Part, language: string): DateOptions => {
  const defaults: DateOptions = { formats: ['ISO'], zone: null, noDate: [], months: language, zones: new Map() };
  if (part.value === undefined) return defaults;
  if (!part.object(['formats', 'zone', 'noDate', 'months', 'zones'])) return defaults;
  const options: DateOptions = {
    ...readDateOptions(part, defaults),
    months: part.has('months') ? (readLanguage(part.member('months')) ?? language) : language,
    zones: part.has('zones') ? readZones(part.member('zones')) : new Map(),
  };
  if (options.formats.length === 0) part.member('formats').issue('List at least one format, for example “DD/MM/YYYY”.');
  compileDates(options, [], part);
  return options;
};

const readZones = (part: Part): ReadonlyMap<string, number> => {
  const zones = new Map<string, number>();
  if (!part.isObject) part.issue('This must be an object: { "WIB": "+07:00" }.');
  for (const [name, offset] of part.isObject ? part.members() : []) {
    const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})$/.exec(String(offset.value)) ?? [];
    if (sign === undefined) offset.issue('Write the difference from UTC like “+07:00” or “-08:00”.');
    else zones.set(name, (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)));
  }
  return zones;
};
