import type { QueryBus } from '@nestjs/cqrs';
import { type ContributionRow, FindContribution } from '#contributions/contributions.queries';
import type { Who } from '#identity/who';
import { missing, refuse } from '#kernel/refusal';
import { mayActOn } from './may.js';

/** The view that somebody acts on. @throws Refusal 404, for what is not there and for what one may not know */
export const ownView = async (queries: QueryBus, who: Who, id: string): Promise<ContributionRow> => {
  const row = await queries.execute(new FindContribution(id));
  if (!row || !mayActOn(who, row)) throw missing('view');
  return row;
};

/**
 * Whoever helps somebody answers for them, and puts no words into their mouth: what is said here would stand as the
 * person's own, and a new view would bring a card of the person's. @throws Refusal
 */
export const mustBeThePerson = (who: Who): void => {
  if (who.kind === 'card' && who.holder !== 'person')
    throw refuse('supporter-speaks', 'This is the card of someone who helps. Use “Tell us your view”, and choose that you say it for someone else.', '/words'); // prettier-ignore
};
