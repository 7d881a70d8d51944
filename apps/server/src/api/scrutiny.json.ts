import type { AuditRow, FindingRow, SampleRow } from '#scrutiny/audits.queries';
import type { RecommendationRow, ResponseRow, Standing } from '#scrutiny/recommendations.queries';
import type { OpenWords } from './list.json.js';

export const auditItem = (row: AuditRow, open: OpenWords) => ({
  id: row.id,
  authority: row.authority,
  title: open(row.title),
  body: open(row.body),
  openedAt: row.opened_at,
  closedAt: row.closed_at,
});

/** Everything that another officer needs to draw it again. */
export const sampleItem = (row: SampleRow) => ({
  id: row.id,
  audit: row.audit,
  method: row.method,
  seed: row.seed,
  of: row.sampled,
  filter: JSON.parse(row.filter) as object,
  asked: row.asked,
  population: row.population,
  position: row.log_position,
  day: row.day,
  drawnAt: row.drawn_at,
});

/** What was found is null while the scrutiny body has not published it and the reader is of no part in it. */
export const findingItem = (row: FindingRow, isInsider: boolean, open: OpenWords) => {
  const isShown = row.published_at !== null || isInsider;
  return {
    id: row.id,
    about: row.about,
    thing: row.thing,
    authority: row.authority,
    found: row.result ?? (isShown ? open(row.found) : null),
    reason: isShown ? open(row.reason) : null,
    nextCheck: isShown ? row.next_check : null,
    foundAt: row.found_at,
    publishedAt: row.published_at,
  };
};

export const recommendationItem = (row: RecommendationRow & { readonly standing: Standing }, open: OpenWords) => ({
  id: row.id,
  audit: row.audit,
  finding: row.finding,
  about: row.about,
  thing: row.thing,
  authority: row.authority,
  reference: row.reference,
  origin: open(row.origin),
  date: row.made_at.slice(0, 10),
  area: open(row.area),
  recommendation: open(row.what),
  to: open(row.to_body),
  due: row.due,
  executiveDate: row.executive_date,
  lead: open(row.lead),
  actionTaken: open(row.action),
  answer: row.answer,
  answeredAt: row.answered_at,
  standing: row.standing,
  sourceStatus: open(row.source_status),
});

export const responseItem = (row: ResponseRow, open: OpenWords) => ({
  answer: row.answer,
  words: open(row.words),
  byRole: row.by_role,
  action: open(row.action),
  executiveDate: row.executive_date,
  lead: open(row.lead),
  afterDue: row.after_due === 1,
  respondedAt: row.responded_at,
});
