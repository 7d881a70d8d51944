import { sealedRef } from '#kernel/personal';
import { londonDay } from '#kernel/time';
import type { LogRow } from '#pledge-log/pledge-log';
import type { Story } from '#pledge-log/story';
import type { OpenWords } from './list.json.js';

/** A commitment as the log lists it, in words, without an id of a person. */
export const logItem = (row: LogRow, open: OpenWords) => ({
  id: row.id,
  number: row.number,
  authority: row.authority,
  team: row.team,
  pledge: row.pledge,
  part: row.part,
  what: open(row.what),
  owner:
    row.owner_role === null && row.owner_name === null ? null : { name: open(row.owner_name), role: row.owner_role },
  due: row.due,
  duePrecision: row.due_precision,
  firstDue: row.first_due,
  moved: row.moved,
  proofs: row.proofs,
  proofWanted: row.proof_wanted,
  checkerRole: row.checker_role,
  state: row.state,
  late: row.rag.late,
  daysLate: row.daysLate,
  rag: { colour: row.rag.colour, why: row.rag.why },
  lookAgain: row.look_again,
  reference: row.reference,
  promisedAt: row.promised_at,
  promisedPrecision: row.promised_precision,
  updatedAt: row.updated_at,
  updatedPrecision: row.updated_precision,
  imported: row.imported === 1,
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
