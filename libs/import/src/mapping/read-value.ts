import type { FieldType } from '../concepts.js';
import { CLEAN_STEPS, type CleanStep } from '../text/clean.js';
import type { Part } from './part.js';
import type { MapResult, Origin, Otherwise, ValuePlan } from './plan.js';
import { readCondition } from './read-condition.js';
import { readPattern } from './read-pattern.js';
import { compileDates, DATE_KEYS, readDateOptions, readPlace, readTemplate, type Scope } from './scope.js';

const ORIGINS = ['from', 'first', 'all', 'earliest', 'template', 'constant'] as const;
const STEPS = ['when', 'clean', 'noValue', 'split', 'pattern', 'map', 'otherwise'] as const;
const KEYS = [...ORIGINS, 'separator', ...STEPS, ...DATE_KEYS, 'decimal'];

/** A value: the name of a column, or an object that says where it comes from and what is done to it. */
export const readValue = (part: Part, type: FieldType, scope: Scope): ValuePlan | null => {
  if (part.isText) {
    const place = readPlace(part, scope);
    return place && plain(part, type, scope, { kind: 'place', place });
  }
  if (!part.isObject) {
    part.issue('Write the name of a column, or an object such as { "constant": "…" }.');
    return null;
  }
  part.object(KEYS);
  onlyWhere(part, type);
  const dates = type.type === 'date' ? readDateOptions(part, scope.dates) : scope.dates;
  const noValue = part.has('noValue') ? [...scope.noValue, ...part.member('noValue').texts()] : scope.noValue;
  const inner: Scope = { ...scope, dates, noValue };
  const origin = readOrigin(part, type, inner);
  if (origin === null) return null;
  return {
    ...plain(part, type, inner, origin),
    when: part.has('when') ? readCondition(part.member('when'), inner) : null,
    clean: part.has('clean') ? readClean(part.member('clean')) : [],
    split: part.has('split') ? part.member('split').text() : null,
    pattern: part.has('pattern') ? readPattern(part.member('pattern')) : null,
    map: part.has('map') ? readMap(part.member('map'), type) : null,
    decimal: part.has('decimal') ? (part.member('decimal').oneOf(['.', ',']) ?? '.') : '.',
    otherwise: part.has('otherwise') ? readOtherwise(part.member('otherwise'), type) : null,
  };
};

const plain = (part: Part, type: FieldType, scope: Scope, origin: Origin): ValuePlan => ({
  pointer: part.pointer,
  type,
  when: null,
  origin,
  clean: [],
  noValue: new Set(scope.noValue.map((value) => value.trim())),
  split: null,
  pattern: null,
  map: null,
  dates: compileDates(scope.dates, scope.noValue, part),
  decimal: '.',
  otherwise: null,
});

const onlyWhere = (part: Part, type: FieldType): void => {
  const rules: readonly (readonly [readonly string[], boolean, string])[] = [
    [[...DATE_KEYS, 'earliest'], type.type === 'date', 'dates'],
    [['decimal'], type.type === 'number', 'numbers'],
    [['split'], type.type === 'texts' || type.type === 'codes', 'fields that hold a list'],
  ];
  for (const [keys, fits, what] of rules) {
    if (fits) continue;
    for (const key of keys) if (part.has(key)) part.member(key).issue(`“${key}” is only for ${what}.`);
  }
  if (part.has('separator') && !part.has('all')) part.member('separator').issue('“separator” goes with “all”.');
};

const readOrigin = (part: Part, type: FieldType, scope: Scope): Origin | null => {
  const given = ORIGINS.filter((key) => part.has(key));
  const [key] = given;
  if (key === undefined || given.length > 1) {
    part.issue(`Say where the value comes from with exactly one of ${ORIGINS.map((name) => `“${name}”`).join(', ')}.`);
    return null;
  }
  const member = part.member(key);
  switch (key) {
    case 'from': {
      const place = readPlace(member, scope);
      return place && { kind: 'place', place };
    }
    case 'template': {
      const template = readTemplate(member, scope);
      return template && { kind: 'template', template };
    }
    case 'constant': {
      const value = readResult(member, type);
      return value === undefined ? null : { kind: 'constant', value };
    }
    case 'all':
      return {
        kind: 'all',
        of: readValues(member, inside(part, type), scope),
        separator: part.has('separator') ? String(part.member('separator').value) : '\n\n',
      };
    case 'first':
    case 'earliest':
      return { kind: key, of: readValues(member, inside(part, type), scope) };
  }
};

/** What is mapped or searched afterwards is the source's own text until then. */
const inside = (part: Part, type: FieldType): FieldType => {
  if (!part.has('map') && !part.has('pattern')) return type;
  return type.type === 'texts' || type.type === 'codes' ? { type: 'texts' } : { type: 'text' };
};

const readValues = (part: Part, type: FieldType, scope: Scope): readonly ValuePlan[] =>
  part.items().flatMap((item) => readValue(item, type, scope) ?? []);

const readClean = (part: Part): readonly CleanStep[] => part.items().flatMap((item) => item.oneOf(CLEAN_STEPS) ?? []);

const readMap = (part: Part, type: FieldType): ReadonlyMap<string, MapResult> | null => {
  if (!part.isObject) return part.issue('This must be an object: { "their value": "our value" }.');
  const map = new Map<string, MapResult>();
  for (const [key, member] of part.members()) {
    const value = readResult(member, type);
    if (value !== undefined) map.set(key.trim(), value);
  }
  return map;
};

const readOtherwise = (part: Part, type: FieldType): Otherwise | null => {
  if (part.isText) {
    const word = part.oneOf(['reject', 'keep-as-missing']);
    return word === null ? null : { do: word === 'reject' ? 'reject' : 'missing' };
  }
  if (!part.object(['value'], ['value'])) return null;
  const value = readResult(part.member('value'), type);
  return value === undefined ? null : { do: 'value', value };
};

/** A value of ours in the mapping itself: it must be one that the field can hold. Undefined: it is not. */
const readResult = (part: Part, type: FieldType): MapResult | undefined => {
  const { value } = part;
  if (value === null) return null;
  const several = type.type === 'texts' || type.type === 'codes';
  if (several && part.isList) {
    const items = part.items().map((item) => (type.type === 'codes' ? item.oneOf(type.values) : item.text()));
    return items.every((item) => item !== null) ? items : undefined;
  }
  if (type.type === 'code' || type.type === 'codes') {
    const code = part.oneOf(type.values);
    return code === null ? undefined : several ? [code] : code;
  }
  if (type.type === 'flag') return part.flag() ?? undefined;
  if (type.type === 'number') {
    if (typeof value === 'number') return value;
    part.issue('This must be a number.');
    return undefined;
  }
  const text = part.text() ?? undefined;
  return text !== undefined && several ? [text] : text;
};
