import type { QueryBus } from '@nestjs/cqrs';
import type { Who } from '#identity/who';
import { missing } from '#kernel/refusal';
import { FindAudit, ListFindings, ListSamples } from '#scrutiny/audits.queries';
import { ListRecommendations } from '#scrutiny/recommendations.queries';
import { insiderOf } from './insider.js';

const MOST_RECOMMENDATIONS = 200;

/** An audit with all that belongs to it, for its page and its address in the API. @throws Refusal when there is none */
export const wholeAudit = async (queries: QueryBus, id: string, who: Who) => {
  const row = await queries.execute(new FindAudit(id));
  if (!row) throw missing('audit');
  const [samples, findings, { items: recommendations }] = await Promise.all([
    queries.execute(new ListSamples(id)),
    queries.execute(new ListFindings({ audit: id })),
    queries.execute(new ListRecommendations({ audit: id, limit: MOST_RECOMMENDATIONS, ...insiderOf(who) })),
  ]);
  return { row, samples, findings, recommendations };
};
