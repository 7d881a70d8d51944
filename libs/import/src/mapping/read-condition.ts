import type { Part } from './part.js';
import type { Condition } from './plan.js';
import { readPattern } from './read-pattern.js';
import { readPlace, type Scope } from './scope.js';

const TESTS = ['is', 'isNot', 'present', 'matches', 'doesNotMatch', 'sameAs', 'notSameAs'] as const;

/** A condition, or a list of conditions that must all hold. */
export const readCondition = (part: Part, scope: Scope): Condition | null => {
  if (part.isList) return { kind: 'all', of: readAll(part, scope) };
  if (!part.isObject) return part.issue('Write a condition such as { "from": "state", "is": "rejected" }.');
  for (const kind of ['all', 'any'] as const) {
    if (!part.has(kind)) continue;
    part.object([kind]);
    return { kind, of: readAll(part.member(kind), scope) };
  }
  if (part.has('not')) {
    part.object(['not']);
    const of = readCondition(part.member('not'), scope);
    return of && { kind: 'not', of };
  }
  return readTest(part, scope);
};

const readAll = (part: Part, scope: Scope): readonly Condition[] =>
  part.items().flatMap((item) => readCondition(item, scope) ?? []);

const readTest = (part: Part, scope: Scope): Condition | null => {
  part.object(['from', ...TESTS, 'all', 'any', 'not'], ['from']);
  const given = TESTS.filter((key) => part.has(key));
  const [test] = given;
  if (test === undefined || given.length > 1)
    return part.issue(`Test one thing: exactly one of ${TESTS.map((name) => `“${name}”`).join(', ')}.`);
  if (!part.has('from')) return null;
  const place = readPlace(part.member('from'), scope);
  const member = part.member(test);
  if (!place) return null;
  switch (test) {
    case 'is':
    case 'isNot':
      return { kind: 'is', place, values: readValues(member), wanted: test === 'is' };
    case 'present': {
      const wanted = member.flag();
      const noValue = new Set(scope.noValue.map((value) => value.trim()));
      return wanted === null ? null : { kind: 'present', place, wanted, noValue };
    }
    case 'matches':
    case 'doesNotMatch': {
      const pattern = readPattern(member);
      return pattern && { kind: 'matches', place, pattern, wanted: test === 'matches' };
    }
    case 'sameAs':
    case 'notSameAs': {
      const as = readPlace(member, scope);
      return as && { kind: 'same', place, as, wanted: test === 'sameAs' };
    }
  }
};

const readValues = (part: Part): ReadonlySet<string> => {
  const values = part.isList ? part.items() : [part];
  for (const value of values) {
    if (!['string', 'number', 'boolean'].includes(typeof value.value))
      value.issue('Write a text, a number, true or false. For “nothing there” use { "present": false }.');
  }
  return new Set(values.map(({ value }) => String(value).trim()));
};
