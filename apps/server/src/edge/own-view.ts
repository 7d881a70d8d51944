import type { QueryBus } from '@nestjs/cqrs';
import { type ContributionRow, FindContribution } from '#contributions/contributions.queries';
import type { Who } from '#identity/who';
import { missing } from '#kernel/refusal';
import { mayActOn } from './may.js';

/** The view that somebody acts on. @throws Refusal 404, for what is not there and for what one may not know */
export const ownView = async (queries: QueryBus, who: Who, id: string): Promise<ContributionRow> => {
  const row = await queries.execute(new FindContribution(id));
  if (!row || !mayActOn(who, row)) throw missing('view');
  return row;
};
