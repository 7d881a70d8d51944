import { EFFECTS } from '#kernel/codes';
import { type Concept, CONCEPT_NAMES, CONCEPTS, type Field, LINKS, NEEDS_LINK } from '../concepts.js';
import type { Part } from './part.js';
import type { Condition, EachPlan, LinkPlan, TargetPlan, ValuePlan, YieldPlan } from './plan.js';
import { readCondition } from './read-condition.js';
import { readPattern } from './read-pattern.js';
import { readValue } from './read-value.js';
import { readIdTemplate, readPlace, readTemplate, type Scope, within } from './scope.js';

/** What every yield takes over from the mapping unless it says otherwise. */
export interface Inherited {
  readonly authority: ValuePlan | null;
  readonly public: Condition | boolean;
  readonly language: string | null;
}

const KEYS = ['concept', 'id', 'when', 'each', 'occurredAt', 'fields', 'links', 'authority', 'public', 'language'];

export const readYield = (part: Part, scope: Scope, inherited: Inherited): YieldPlan | null => {
  if (!part.isObject) return part.issue('Write an object: { "concept": "contribution", "id": "{…}", … }.');
  const concept = part.member('concept').oneOf(CONCEPT_NAMES);
  if (concept === null) return null;
  const own = concept === 'link' ? ['as', 'from', 'to'] : ['decision', 'reopening'].includes(concept) ? ['series'] : [];
  const known = concept === 'link' ? KEYS.filter((key) => key !== 'links') : KEYS;
  part.object([...known, ...own], ['id', 'occurredAt', ...(concept === 'link' ? own : [])]);

  const each = part.has('each') ? readEach(part.member('each'), scope) : null;
  const inner = part.has('each') ? within(scope, 'item', 'index') : scope;
  const id = part.has('id') ? readIdTemplate(part.member('id'), inner) : null;
  const occurredAt = part.has('occurredAt') ? readValue(part.member('occurredAt'), { type: 'date' }, inner) : null;
  const fields = readFields(part, concept, inner);
  const links = concept === 'link' ? readOwnLink(part, inner) : readLinks(part, concept, inner);
  const from = concept === 'link' && part.has('from') ? readTarget(part.member('from'), CONCEPT_NAMES, inner) : null;
  if (id === null || occurredAt === null) return null;
  return {
    pointer: part.pointer,
    concept,
    when: part.has('when') ? readCondition(part.member('when'), inner) : null,
    each,
    id,
    occurredAt,
    series: part.has('series') ? readTemplate(part.member('series'), inner) : null,
    authority: part.has('authority')
      ? readValue(part.member('authority'), { type: 'text' }, inner)
      : inherited.authority,
    public: part.has('public') ? readPublic(part.member('public'), inner) : inherited.public,
    language: part.has('language') ? readValue(part.member('language'), { type: 'text' }, inner) : inherited.language,
    fields,
    links,
    from,
  };
};

export const readPublic = (part: Part, scope: Scope): Condition | boolean =>
  typeof part.value === 'boolean' ? part.value : (readCondition(part, scope) ?? false);

export const readEach = (part: Part, scope: Scope): EachPlan | null => {
  if (part.isText) {
    const place = readPlace(part, scope);
    return place && { place, parse: false, split: null, pattern: null };
  }
  if (!part.object(['from', 'parse', 'split', 'pattern'], ['from'])) return null;
  const ways = ['parse', 'split', 'pattern'].filter((key) => part.has(key));
  if (ways.length > 1) part.issue('Use one of “parse”, “split” and “pattern”, not several.');
  const place = part.has('from') ? readPlace(part.member('from'), scope) : null;
  if (part.has('parse')) part.member('parse').oneOf(['json']);
  return (
    place && {
      place,
      parse: part.has('parse'),
      split: part.has('split') ? part.member('split').text() : null,
      pattern: part.has('pattern') ? readPattern(part.member('pattern')) : null,
    }
  );
};

const readFields = (part: Part, concept: Concept, scope: Scope): readonly (readonly [string, ValuePlan])[] => {
  const known: Readonly<Record<string, Field>> = CONCEPTS[concept];
  const member = part.member('fields');
  if (part.has('fields') && !member.object(Object.keys(known))) return [];
  for (const [name, field] of Object.entries(known)) {
    if (!field.required || member.has(name)) continue;
    const how =
      field.type === 'code'
        ? `State it, for example { "constant": "${field.values.at(-1)}" }. Codes: ${field.values.join(', ')}`
        : `Name its column, for example "${name}": "name of the column"`;
    (part.has('fields') ? member : part).issue(`A ${concept} needs “${name}” under “fields”. ${how}.`);
  }
  return Object.entries(known).flatMap(([name, field]) => {
    if (!member.has(name)) return [];
    const plan = readValue(member.member(name), field, scope);
    return plan ? [[name, plan] as const] : [];
  });
};

const LINK_KEYS = ['as', 'to', 'each', 'when', 'effect', 'why'];

const readLinks = (part: Part, concept: Concept, scope: Scope): readonly LinkPlan[] => {
  const links = part.has('links')
    ? part
        .member('links')
        .items()
        .flatMap((item) => readLink(item, concept, scope) ?? [])
    : [];
  const needed = NEEDS_LINK[concept];
  if (
    needed &&
    !(
      part.has('links') &&
      part
        .member('links')
        .items()
        .some((item) => item.member('as').value === needed)
    )
  )
    part.issue(`A ${concept} needs a link “${needed}”: "links": [{ "as": "${needed}", "to": { … } }].`);
  return links;
};

const readLink = (part: Part, concept: Concept, scope: Scope): LinkPlan | null => {
  if (!part.object(LINK_KEYS, ['as', 'to'])) return null;
  const each = part.has('each') ? readEach(part.member('each'), scope) : null;
  const inner = part.has('each') ? within(scope, 'item', 'index') : scope;
  const as = part.member('as').oneOf(Object.keys(LINKS[concept]));
  if (part.has('effect') && as !== 'answers')
    part.member('effect').issue('“effect” goes with the link “answers” only.');
  const to = part.has('to') && as !== null ? readTarget(part.member('to'), LINKS[concept][as] ?? [], inner) : null;
  if (as === null || to === null) return null;
  return {
    pointer: part.pointer,
    as,
    when: part.has('when') ? readCondition(part.member('when'), inner) : null,
    each,
    to,
    effect: part.has('effect') ? readValue(part.member('effect'), { type: 'code', values: EFFECTS }, inner) : null,
    why: part.has('why') ? readValue(part.member('why'), { type: 'text' }, inner) : null,
  };
};

/** A `link` yield says its one link with its own keys. */
const readOwnLink = (part: Part, scope: Scope): readonly LinkPlan[] => {
  if (!part.has('as') || !part.has('to')) return [];
  const as = part.member('as').oneOf(Object.keys(LINKS.link));
  const to = as === null ? null : readTarget(part.member('to'), LINKS.link[as] ?? [], scope);
  return as === null || to === null
    ? []
    : [{ pointer: part.pointer, as, when: null, each: null, to, effect: null, why: null }];
};

const readTarget = (part: Part, allowed: readonly Concept[], scope: Scope): TargetPlan | null => {
  if (!part.object(['concept', 'id', 'series'], ['concept'])) return null;
  const concept = part.member('concept').oneOf(allowed);
  if (part.has('id') === part.has('series')) return part.issue('Give exactly one of “id” and “series”.');
  if (part.has('series')) {
    const template = readIdTemplate(part.member('series'), scope);
    if (concept !== null && concept !== 'decision') return part.issue('“series” leads to a decision only.');
    return template && { concept: 'decision', by: 'series', template };
  }
  const template = readIdTemplate(part.member('id'), scope);
  return template && concept ? { concept, by: 'id', template } : null;
};
