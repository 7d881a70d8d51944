import { events, type EventsOf } from '#kernel/event';
import { code, count, fields, list, oneOf, optional, text } from '#kernel/shape';
import { GAPS } from './report-row.js';

const said = fields({
  statement: code,
  text,
  state: oneOf('no-half', 'not-asked', 'nobody-answered', 'shown'),
  /** Left out: too few people to show. */
  yes: optional(count),
  total: optional(count),
  says: list(text),
  trend: optional(code),
});

/** `of` is left out where nobody can say out of how many. */
const figure = fields({
  measure: code,
  says: text,
  met: count,
  of: optional(count),
  notKnown: count,
  kinds: list(fields({ kind: code, label: text, count })),
});

/** Rows as they were told: numbers that may be shown, and the sentences around them. Nothing personal, no exact answers. */
const row = fields({
  row: code,
  kind: code,
  text,
  sameAs: optional(code),
  judge: oneOf('record', 'both', 'people'),
  honest: text,
  people: list(said),
  record: list(figure),
  notRecorded: list(text),
  /** `size`: in thousandths; the log holds no floats. */
  gaps: list(fields({ code: oneOf(...GAPS), says: text, size: count })),
});

/** What a report said, for good. In as many entries as it needs, before `ReportPublished` in the same append. */
export const reportEvents = events({
  ReportContentFrozen: {
    pledge: code,
    wording: code,
    /** Months, both included. */
    from: code,
    to: code,
    part: count,
    parts: count,
    rows: list(row),
  },
});

export type ReportEvent = EventsOf<typeof reportEvents>;
export type FrozenRow = Extract<ReportEvent, { type: 'ReportContentFrozen' }>['data']['rows'][number];
