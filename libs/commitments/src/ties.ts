import type { Decided } from '#kernel/aggregate';
import { personal } from '#kernel/personal';
import { missing, refuse } from '#kernel/refusal';
import type { CommitmentEvent } from '#lifecycle/lifecycle.events';
import type { Commitment } from './commitment.js';

/** The two kinds of things that a commitment can be linked to. */
export type TiedTo = 'contribution' | 'decision';

export type Tie =
  | { readonly do: 'link' | 'unlink'; readonly to: TiedTo; readonly id: string; readonly why: string }
  | { readonly do: 'alternative'; readonly what: string; readonly why?: string };

/** What stands behind a commitment. Links are dated facts with an author and a reason; taking one back is a fact too. */
export const tie = (state: Commitment, id: string, given: Tie): Decided<CommitmentEvent> => {
  if (!state.exists) return missing('promise');
  if (given.do === 'alternative') {
    if (!given.what.trim()) return refuse('what-missing', 'Say what else was considered.', '/what');
    const why = given.why?.trim() ? { why: personal(id, given.why) } : {};
    return [{ type: 'AlternativeConsidered', data: { what: personal(id, given.what), ...why } }];
  }
  const isLinked = state.tied.includes(given.id);
  const named = given.to === 'contribution' ? 'view' : 'decision';
  if (given.do === 'link' && isLinked) return [];
  if (given.do === 'unlink' && !isLinked)
    return refuse('not-linked', `This ${named} is not linked to this promise.`, '/id');
  if (!given.why.trim())
    return refuse('why-missing', given.do === 'link' ? `Say why this ${named} belongs to this promise.` : 'Say why this link is taken back.', '/why'); // prettier-ignore
  const why = personal(id, given.why);
  if (given.do === 'unlink') return [{ type: 'CommitmentUnlinked', data: { [given.to]: given.id, why } }];
  return given.to === 'contribution'
    ? [{ type: 'CommitmentLinkedToContribution', data: { contribution: given.id, why } }]
    : [{ type: 'CommitmentLinkedToDecision', data: { decision: given.id, why } }];
};
