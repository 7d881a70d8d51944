import { at } from './envelope.js';
import type { Rules } from './domain-rules.js';
import { becomes, hasState, isNotOwner, isSealed, isThere, keeps, links, names, ofOurs, type Rule } from './rule.js';

/** A person who is not the owner has to look; what a source of imported history says is not ours to forbid. */
const checked = (what: string, state: 'confirmed' | 'disputed'): Rule => ({
  also: ({ entry, thing, breaks }) => {
    const person = entry.isImported ? undefined : entry.data['person'];
    if (person !== undefined && person === thing.owner) breaks(`is ${what} by the owner of the promise`);
    if (!entry.isImported && thing.state === undefined) breaks(`is ${what} of a promise that nobody has reported done`);
    thing.state = state;
  },
  plain: [ofOurs(isNotOwner('/person')), ofOurs(hasState), becomes(state)],
});

/** What anyone promises, to people or under the pledge, says who, what and by when. */
const promised: Rule = {
  demands: [
    names('decision', 'decision', 'a decision'),
    names('meeting', 'meeting', 'a meeting'),
    isSealed('/what', 'is a promise that does not say what will be different'),
    ofOurs(isThere('/owner/person', 'is a promise without an owner')),
    ofOurs(isThere('/due', 'is a promise without a date')),
  ],
  also: ({ entry: { data }, thing }) => {
    thing.owner = at(data, '/owner/person');
    thing.due = data['due'];
    thing.authority = data['authority'];
    thing.team = data['team'];
  },
  plain: keeps({ owner: '/owner/person', due: '/due', authority: '/authority', team: '/team' }),
};

/** A link is a dated fact with a reason, made once while it stands. */
const tied = (to: string, what: string): Rule => ({
  demands: [
    names(to, to, what),
    links(to, `links ${what} that is linked already`),
    isSealed('/why', `links ${what} without a reason`),
  ],
});

/** See libs/lifecycle: the same for a service change and for a commitment. */
export const promiseRules: Rules = {
  'service-change-promised.v1': promised,
  'commitment-made.v1': promised,
  'commitment-linked-to-contribution.v1': tied('contribution', 'a view'),
  'commitment-linked-to-decision.v1': tied('decision', 'a decision'),
  'commitment-unlinked.v1': ({ entry: { data, sealed }, links, breaks }) => {
    if (!links.delete(data['contribution'] ?? data['decision'])) breaks('takes back a link that there was not');
    if (!sealed.some(({ pointer }) => pointer === '/why')) breaks('takes back a link without a reason');
  },
  'promise-reworded.v1': { demands: [isSealed('/what', 'tells a promise anew without any words')] },
  'owner-changed.v1': ({ entry: { data, isImported }, thing, breaks }) => {
    if (!isImported && at(data, '/old/person') !== thing.owner) breaks('says that somebody else was the owner before');
    thing.owner = at(data, '/new/person');
  },
  'due-date-changed.v1': ({ entry: { data, isImported, sealed }, thing, breaks }) => {
    if (!isImported && data['old'] !== thing.due) breaks(`moves the date from ${String(data['old'])}, but it was ${String(thing.due)}`); // prettier-ignore
    if (!isImported && !sealed.some(({ pointer }) => pointer === '/reason')) breaks('moves the date without a reason');
    thing.due = data['new'];
  },
  'resumed.v1': ({ entry: { data }, thing }) => {
    thing.due = data['due'] ?? thing.due;
  },
  'reopened.v1': ({ entry: { data }, thing }) => {
    thing.due = data['due'] ?? thing.due;
    thing.state = undefined;
  },
  'dropped.v1': { demands: [ofOurs(isSealed('/reason', 'drops the promise without a reason'))] },
  'reported-done.v1': {
    also: ({ entry: { isImported }, thing, breaks }) => {
      if (!isImported && thing.state === 'confirmed') breaks('reports done what was confirmed already');
      thing.state = 'reported-done';
    },
    plain: [becomes('reported-done')],
  },
  'done-confirmed.v1': checked('a confirmation', 'confirmed'),
  'done-disputed.v1': checked('a dispute', 'disputed'),
  'verdict-given.v1': {
    demands: [names('contribution', 'contribution', 'a view')],
    also: ({ entry, thing, breaks }) => {
      if (!entry.isImported && thing.state === undefined)
        breaks('is a verdict on a promise that nobody has reported done');
    },
    plain: [ofOurs(hasState)],
  },
};
