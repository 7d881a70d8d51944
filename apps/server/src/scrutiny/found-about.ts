import type { QueryBus } from '@nestjs/cqrs';
import { belongsTo, type Who } from '#identity/who';
import { endOfLondonDay } from '#kernel/time';
import { type FindingRow, ListFindings } from '#scrutiny/audits.queries';
import {
  ListRecommendations,
  type RecommendationRow,
  type Standing,
  standingOf,
} from '#scrutiny/recommendations.queries';
import { insiderOf } from './insider.js';

export interface FoundAbout {
  readonly findings: readonly FindingRow[];
  readonly recommendations: readonly (RecommendationRow & { readonly standing: Standing })[];
}

const MOST = 100;

/**
 * What scrutiny found of one thing and recommends because of it, as this reader may see it: its council and scrutiny at
 * once, everyone when it is published. `asOf`: as it stood at the end of that day.
 */
export const foundAbout = async (queries: QueryBus, thing: string, who: Who, asOf?: string): Promise<FoundAbout> => {
  const [findings, { items }] = await Promise.all([
    queries.execute(new ListFindings({ thing })),
    queries.execute(new ListRecommendations({ thing, limit: MOST, ...insiderOf(who) })),
  ]);
  const isShown = (each: FindingRow): boolean => each.published_at !== null || belongsTo(who, each.authority);
  if (asOf === undefined) return { findings: findings.filter(isShown), recommendations: items };
  const until = endOfLondonDay(asOf);
  const known = (at: string | null): string | null => (at !== null && at <= until ? at : null);
  const then = findings
    .filter(({ found_at: at }) => at <= until)
    .map((each) => ({ ...each, published_at: known(each.published_at) }))
    .filter(isShown);
  const published = new Set(then.map(({ id }) => id));
  const recommended = items
    .filter(({ made_at: at, finding }) => at <= until && (finding === null || published.has(finding)))
    .map((row) => {
      const isAnswered = known(row.answered_at) !== null;
      const before = isAnswered ? row : { ...row, answered_at: null, answer: null, action: null };
      return { ...before, standing: standingOf(before, asOf) };
    });
  return { findings: then, recommendations: recommended };
}; // prettier-ignore
