import { LONGEST_WORDS } from '#contributions/contribution';
import { type Refusal, refuse } from '#kernel/refusal';
import { nameFinder } from './name-clash.js';
import type { OutcomeFacts, OutcomesBody } from './outcomes.js';
import type { Outline, Placed } from './outline.js';

const LONGEST_REF = 64;

/** Refs: each names one thing, and everything that is named is there. */
export const checkRefs = (all: Outline, facts: OutcomeFacts): Refusal[] => {
  const views = new Set([...all.contributions.map(({ item }) => item), ...facts.known]);
  const decisions = new Set([...all.decisions.map(({ item }) => item), ...facts.known]);
  const noView = (at: string): Refusal =>
    refuse('view-unknown', 'This view is not in the list and was not recorded before. Check which view you mean.', at);
  return [
    ...[all.contributions, all.discussions, all.decisions, all.serviceChanges].flatMap(refsOnce),
    ...all.earlier.filter(({ id }) => !facts.known.has(id)).map(({ pointer }) => noView(`${pointer}/id`)),
    ...all.earlier
      .filter(({ id }) => facts.withdrawn.has(id))
      .map(({ pointer }) => refuse('withdrawn', 'This view was taken back. Leave it out.', `${pointer}/id`)),
    // Their name and how to reach them are shown beside the view, and their key seals it.
    ...all.contributions.flatMap(({ given: { participant }, pointer }) =>
      participant === undefined || facts.known.has(participant)
        ? []
        : [refuse('person-unknown', 'Choose somebody of this council, or say nobody.', `${pointer}/participant`)],
    ),
    ...all.decisions.flatMap(({ given, pointer }) => [
      ...given.answers.flatMap(({ contribution }, index) =>
        views.has(all.contribution(contribution)) ? [] : [noView(`${pointer}/answers/${index}/contribution`)],
      ),
      ...(given.answers.length === 0
        ? [refuse('answers-missing', 'Say which view this decision answers.', `${pointer}/answers`)]
        : []),
    ]),
    ...all.serviceChanges.flatMap(({ given, pointer }) =>
      decisions.has(all.decision(given.decision))
        ? []
        : [refuse('decision-unknown', 'Say which decision this promise follows from.', `${pointer}/decision`)],
    ),
  ];
};

const refsOnce = (items: readonly Placed<unknown>[]): Refusal[] => {
  const seen = new Set<string>();
  return items.flatMap(({ ref, pointer }) => {
    if (ref.trim() === '' || ref.length > LONGEST_REF)
      return [refuse('ref-wrong', `Enter a short label, 1 to ${LONGEST_REF} characters.`, `${pointer}/ref`)];
    if (seen.has(ref))
      return [refuse('ref-repeated', `The label '${ref}' is used twice. Use another one.`, `${pointer}/ref`)];
    seen.add(ref);
    return [];
  });
};

/** Every text of the body with its place; names of owners and helpers are asked for and stand in fields of their own. */
const NAMED_FIELDS =
  /\/(?:ref|id|participant|person|people\/\d+|contribution|decision|helper|name|namesConfirmed\/\d+)$/;

export const textsOf = (value: unknown, at = ''): [pointer: string, text: string][] => {
  if (typeof value === 'string') return NAMED_FIELDS.test(at) ? [] : [[at, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => textsOf(member, `${at}/${key}`));
};

export const checkLengths = (body: OutcomesBody): Refusal[] =>
  textsOf(body).flatMap(([pointer, text]) =>
    text.length > LONGEST_WORDS
      ? [refuse('too-long', `This must be ${LONGEST_WORDS.toLocaleString('en-GB')} characters or fewer.`, pointer)]
      : [],
  );

/** Nobody who asked not to be named is named in passing, unless a person looked and said that it is not them. */
export const checkNames = (body: OutcomesBody, facts: OutcomeFacts): Refusal[] => {
  const find = nameFinder(facts.namesNotToShow);
  const confirmed = new Set((body.namesConfirmed ?? []).map(fold));
  return textsOf(body).flatMap(([pointer, text]) =>
    find(text)
      .filter((name) => !confirmed.has(fold(name)))
      .map((name) =>
        refuse(
          'name-found',
          `'${name}' may be a person's name. They asked not to be named. Change it, or confirm it is not them.`,
          pointer,
        ),
      ),
  );
};

/** How many words that look like a name were confirmed: recorded, so that the override is seen; the words are not. */
export const namesConfirmedIn = (body: OutcomesBody, facts: OutcomeFacts): number => {
  const find = nameFinder(facts.namesNotToShow);
  const confirmed = new Set((body.namesConfirmed ?? []).map(fold));
  return new Set(
    textsOf(body).flatMap(([, text]) =>
      find(text)
        .map(fold)
        .filter((name) => confirmed.has(name)),
    ),
  ).size;
};

const fold = (name: string): string => name.normalize('NFKC').toLowerCase();
