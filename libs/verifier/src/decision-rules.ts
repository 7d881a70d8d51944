import type { Rules } from './domain-rules.js';
import { asksRule, eachSays, hasItems, hasSealed, isSealed, isThere, links, names, ofOurs, when } from './rule.js';
import { isObject } from './strict-json.js';

const NEEDS_REASON = ['no', 'partly', 'later', 'passed-on'];

/** See libs/decisions: what can be told without the words themselves. Imported history may lack what its source lacks. */
export const decisionRules: Rules = {
  'decision-made.v1': {
    demands: [
      names('meeting', 'meeting', 'a meeting'),
      names('discussion', 'discussion', 'a discussion'),
      isSealed('/statement', 'is a decision that does not say what was decided'),
      ofOurs(isThere('/answer', 'is a decision without an answer')),
      ofOurs(eachSays('/decidedBy', 'role', 'does not say who decided, and in what role')),
    ],
    also: ({ entry: { data, sealed, isImported }, breaks }) => {
      if (isImported) return;
      const hasWords = (pointer: string): boolean => sealed.some((field) => field.pointer === pointer);
      const { answer, reason, lookAgain, noLookAgain, passedTo } = data;
      const codes = isObject(reason) ? reason['codes'] : undefined;
      const needsReason = NEEDS_REASON.some((each) => each === answer);
      if (needsReason && !(Array.isArray(codes) && codes.length > 0 && hasWords('/reason/words')))
        breaks('says no, partly, later or passed on without a reason in plain words');
      if (answer === 'partly' && !hasWords('/whichPart')) breaks('says partly, but not which part');
      if (answer === 'later' && (lookAgain === undefined) === (noLookAgain === undefined))
        breaks('says later, but not when the team looks again');
      if (answer === 'passed-on' && !passedTo) breaks('was passed on, but does not say to whom');
    },
    plain: [
      when('/answer', NEEDS_REASON, hasSealed('/reason/words')),
      when('/answer', NEEDS_REASON, hasItems('/reason/codes')),
      when('/answer', ['partly'], hasSealed('/whichPart')),
      when('/answer', ['later', 'passed-on'], asksRule),
    ].map(ofOurs),
  },
  'decision-linked-to-contribution.v1': {
    demands: [
      names('contribution', 'contribution', 'a view'),
      links('contribution', 'links a view that is linked already'),
    ],
  },
  'decision-unlinked.v1': ({ entry: { data }, links, breaks }) => {
    if (!links.delete(data['contribution'])) breaks('takes back a link that there was not');
  },
  'decision-superseded.v1': {
    demands: [names('decision', 'by', 'a new decision')],
    also: ({ entry: { data, stream }, thing, breaks }) => {
      if (stream === `decision-${String(data['by'])}`) breaks('is a decision that replaces itself');
      if (thing.replacedBy !== undefined) breaks('replaces a decision that was replaced already');
      thing.replacedBy = data['by'];
    },
  },
  'decision-review-requested.v1': ({ entry: { data }, thing }) => {
    (thing.reviews ??= new Set()).add(data['request']);
  },
  'decision-review-answered.v1': ({ entry: { data }, thing, breaks }) => {
    if (!thing.reviews?.delete(data['request'])) breaks('answers a request that nobody made, or a second time');
  },
};
