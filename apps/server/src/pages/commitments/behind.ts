import { quoted, spoken } from '#traceability/show';
import type { Chain, ChainContribution, ChainReply } from '#traceability/chain.types';
import { exactDate, longDate } from '../../shell/dates.js';
import { londonDay } from '#kernel/time';
import { roleName, say, type WordingKey } from '../../wording/wording.js';
import { replyWords } from './reply-words.js';

/** The public chains of the views and decisions that stand behind a commitment. */
export interface Behind {
  readonly views: readonly Chain[];
  readonly decisions: readonly Chain[];
}

/** What an auditor asks that the commitment itself cannot answer; each list is empty where nothing is recorded. */
export interface BehindLines {
  readonly asked: readonly string[];
  readonly couldChange: readonly string[];
  readonly decided: readonly string[];
  readonly considered: readonly string[];
  readonly told: readonly string[];
}

export const behindLines = ({ views, decisions }: Behind): BehindLines => {
  const roots = views.flatMap((chain) => chain.contributions.filter(({ id }) => id === chain.root));
  const decided = decisions.flatMap((chain) => chain.decisions.filter(({ id }) => id === chain.root));
  const first = decided.map(({ occurredAt }) => occurredAt).sort()[0];
  return {
    asked: roots.map(askedLine),
    couldChange: first === undefined ? [] : roots.map((view) => timing(view, first)),
    decided: decided.flatMap(({ decidedBy, interests, occurredAt, precision }) => [
      `${exactDate(occurredAt, precision ?? undefined)}: ${decidedBy.map(({ role, body }) => (body ? `${role}, ${body}` : role)).join('; ') || 'who decided is not recorded'}.`,
      ...interests.map(({ role, interest }) => `Interest declared by ${role}: ${spoken(interest)}`),
    ]), // prettier-ignore
    considered: decided.flatMap(({ alternatives }) =>
      alternatives.map(({ what, why }) => `${spoken(what)}${why ? ` Not chosen: ${spoken(why)}` : ''}`),
    ),
    told: views.flatMap((chain) => toldLines(chain)),
  };
};

const askedLine = (view: ChainContribution): string =>
  `${exactDate(view.occurredAt, view.precision ?? undefined)}, ${roleOf(view)}: ${quoted(view.words) || 'said without words'}`;

const roleOf = ({ capacity }: ChainContribution): string => {
  const key = `capacity.${capacity}` as WordingKey;
  return say(key, 'formal').toLowerCase();
};

/** A view and a decision of the same day count as view first, so that a day alone never makes a view late. */
const timing = ({ occurredAt }: ChainContribution, decidedAt: string): string =>
  londonDay(occurredAt) <= londonDay(decidedAt)
    ? 'The view was given before the decision.'
    : 'The view was given after the decision.';

const toldLines = ({ root, replies, steps }: Chain): string[] => {
  const own = replies.filter(({ contribution }) => contribution === root);
  const understood = steps.filter(({ kind, node }) => kind === 'UnderstandingAnswered' && node === root).length;
  return [
    ...own.map(replyLine),
    ...(understood > 0 ? ['The person said whether they understood. What they said is not public.'] : []),
  ];
};

const replyLine = (reply: ChainReply): string =>
  `${longDate(londonDay(reply.givenAt))}: ${reply.failed ? 'a reply did not arrive' : 'a reply was given'}, ${replyWords(reply)}, from the ${roleName(reply.byRole).toLowerCase()}.`;
