import { canonicalJson } from '#event-store/canonical-json';
import type { Report } from './report-book.js';
import type { FrozenRow, ReportEvent } from './report.events.js';
import type { ReportRow } from './report-row.js';

/** Letters of one entry; a leaf holds 65,535 bytes with all that stands around the rows. */
const MOST = 40_000;

const without = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null && each !== undefined)) as T;

const freezeRow = ({ people, record, gaps, ...rest }: ReportRow): FrozenRow => ({
  ...rest,
  people: people.map((each) => without({ ...each, yes: each.yes ?? undefined, total: each.total ?? undefined }) as FrozenRow['people'][number]), // prettier-ignore
  record: record.map((each) => without({ ...each, of: each.of ?? undefined }) as FrozenRow['record'][number]),
  gaps: gaps.map((each) => ({ ...each, size: Math.round(each.size * 1_000) })),
});

/** The rows of a report as a page takes them. */
export const thawRow = ({ people, record, gaps, ...rest }: FrozenRow): ReportRow => ({
  ...rest,
  people: people.map((each) => ({ ...each, yes: each.yes ?? null, total: each.total ?? null })),
  record: record.map((each) => ({ ...each, of: each.of ?? null })),
  gaps: gaps.map((each) => ({ ...each, size: each.size / 1_000 })),
}); // prettier-ignore

/** A report as entries of the record, none of them too long. */
export const freeze = ({ pledge, wording, filter: { from, to }, rows }: Report): readonly ReportEvent[] => {
  const parts: FrozenRow[][] = [[]];
  let length = 0;
  for (const row of rows.map(freezeRow)) {
    const more = Buffer.byteLength(JSON.stringify(row));
    if (length + more > MOST && length > 0) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(row);
    length += more;
  }
  return parts.map((mine, n) => ({
    type: 'ReportContentFrozen',
    data: { pledge, wording, from, to, part: n + 1, parts: parts.length, rows: mine },
  }));
};

/** What the fingerprint of a report is taken of: its rows, as they stand in the record. */
export const fingerprinted = (rows: readonly FrozenRow[]): string => canonicalJson(rows);
