import { sealedRef } from '#kernel/personal';
import { londonDay } from '#kernel/time';
import type { LogRow } from '#pledge-log/pledge-log';
import type { Story } from '#pledge-log/story';
import { type OpenWords, promiseItem } from './list.json.js';

/** A commitment as the log lists it, in words, without an id of a person. */
export const logItem = (row: LogRow, open: OpenWords) => ({
  ...promiseItem(row, open),
  number: row.number,
  pledge: row.pledge,
  part: row.part,
  duePrecision: row.due_precision,
  promisedPrecision: row.promised_precision,
  updatedPrecision: row.updated_precision,
  late: row.rag.late,
  daysLate: row.daysLate,
  rag: { colour: row.rag.colour, why: row.rag.why },
});

/** The same with what was done: every moved date, every proof, who confirmed or disputed, every entry. */
export const auditItem = (row: LogRow, story: Story, open: OpenWords) => {
  const words = (value: Parameters<typeof sealedRef>[0] | undefined) => (value ? open(sealedRef(value)) : null);
  return {
    ...logItem(row, open),
    dueDates: story.moves.map(({ data, occurredAt }) => ({
      old: data.old ?? null,
      new: data.new,
      on: londonDay(occurredAt),
      reason: words(data.reason),
      agreedBy: words(data.agreedBy),
      afterDue: data.afterDue ?? false,
    })),
    proof: story.proofs.map(({ data, occurredAt }) => ({
      title: words(data.title),
      kind: data.kind,
      url: data.url ?? null,
      hash: data.hash,
      supplierRole: data.suppliedByRole,
      on: londonDay(occurredAt),
    })),
    checks: story.checks.map(({ type, data, occurredAt }) => ({
      confirmed: type === 'DoneConfirmed',
      byRole: data.byRole,
      words: words(data.words),
      on: londonDay(occurredAt),
    })),
    entries: story.entries.map(({ words: ref, ...entry }) => ({ ...entry, precision: entry.precision ?? null, words: open(ref) })), // prettier-ignore
  };
};
