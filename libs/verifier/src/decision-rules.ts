import { at } from './envelope.js';
import type { Rules } from './domain-rules.js';
import { isObject } from './strict-json.js';

const NEEDS_REASON: readonly unknown[] = ['no', 'partly', 'later', 'passed-on'];

/** See libs/decisions: what can be told without the words themselves. Imported history may lack what its source lacks. */
export const decisionRules: Rules = {
  'decision-made.v1': ({ entry, breaks, namesMember }) => {
    const { data, sealed, isImported } = entry;
    const hasWords = (pointer: string): boolean => sealed.some((field) => field.pointer === pointer);
    namesMember('meeting', 'meeting', 'a meeting');
    namesMember('discussion', 'discussion', 'a discussion');
    if (!hasWords('/statement')) breaks('is a decision that does not say what was decided');
    if (isImported) return;
    const { answer, reason, lookAgain, noLookAgain, passedTo, decidedBy } = data;
    const codes = isObject(reason) ? reason['codes'] : undefined;
    if (answer === undefined) breaks('is a decision without an answer');
    if (NEEDS_REASON.includes(answer) && !(Array.isArray(codes) && codes.length > 0 && hasWords('/reason/words')))
      breaks('says no, partly, later or passed on without a reason in plain words');
    if (answer === 'partly' && !hasWords('/whichPart')) breaks('says partly, but not which part');
    if (answer === 'later' && (lookAgain === undefined) === (noLookAgain === undefined))
      breaks('says later, but not when the team looks again');
    if (answer === 'passed-on' && !passedTo) breaks('was passed on, but does not say to whom');
    if (
      !Array.isArray(decidedBy) ||
      decidedBy.length === 0 ||
      !decidedBy.every((_, who) => at(data, `/decidedBy/${who}/role`))
    )
      breaks('does not say who decided, and in what role');
  },
  'decision-linked-to-contribution.v1': ({ entry: { data }, thing, namesMember, breaks }) => {
    namesMember('contribution', 'contribution', 'a view');
    thing.links ??= new Set();
    if (thing.links.has(data['contribution'])) breaks('links a view that is linked already');
    thing.links.add(data['contribution']);
  },
  'decision-unlinked.v1': ({ entry: { data }, thing, breaks }) => {
    if (!thing.links?.delete(data['contribution'])) breaks('takes back a link that there was not');
  },
  'decision-superseded.v1': ({ entry: { data, stream }, thing, breaks, namesMember }) => {
    namesMember('decision', 'by', 'a new decision');
    if (stream === `decision-${String(data['by'])}`) breaks('is a decision that replaces itself');
    if (thing.replacedBy !== undefined) breaks('replaces a decision that was replaced already');
    thing.replacedBy = data['by'];
  },
  'decision-review-requested.v1': ({ entry: { data }, thing }) => {
    (thing.reviews ??= new Set()).add(data['request']);
  },
  'decision-review-answered.v1': ({ entry: { data }, thing, breaks }) => {
    if (!thing.reviews?.delete(data['request'])) breaks('answers a request that nobody made, or a second time');
  },
};
