import type { CommitmentRow } from '#commitments/commitments.queries';
import type { ContributionEvent } from '#contributions/contribution.events';
import { type Recorded, streamId } from '#kernel/event';
import { londonDay } from '#kernel/time';
import { coloured, matching } from '#pledge-log/pledge-log';
import { rowsAt, rowsFrom } from '#pledge-log/replay';
import type { Rows } from '#projections/rows';
import type { Sampled } from './audit.events.js';
import type { SampleFilter } from './sampling.js';

/** What is drawn from: everything that fits a filter, as the record stood after one entry of the log. */
export interface Asked {
  readonly of: Sampled;
  readonly filter: SampleFilter;
  readonly position: string;
  /** Colour and lateness are reckoned by this day. */
  readonly day: string;
}

/** From the read models, which hold every entry up to `position` by then. */
export const populationOf = (rows: Rows, asked: Asked): readonly string[] =>
  asked.of === 'promises' ? promisesThat(rowsAt(rows, asked.position), asked) : viewsIn(rows, asked);

/**
 * From the entries of the log alone, in its order, up to `position`: needs no read model, no key and no opened word,
 * so it comes out the same after an erasure, after a rebuild and on another machine.
 */
export const populationFrom = async (entries: AsyncIterable<Recorded>, asked: Asked): Promise<readonly string[]> => {
  const [promises, views]: [Recorded[], string[]] = [[], []];
  for await (const entry of entries) {
    if (entry.stream.startsWith('commitment-')) promises.push(entry);
    else if (entry.type === 'ContributionReceived' && isAskedView(entry as never, asked.filter))
      views.push(streamId(entry.stream));
  }
  return asked.of === 'views' ? views : promisesThat(rowsFrom(promises), asked);
};

const promisesThat = (all: readonly CommitmentRow[], { filter, day }: Asked): readonly string[] =>
  matching(coloured(all, day), filter, () => '').map(({ id }) => id);

type View = Recorded<Extract<ContributionEvent, { type: 'ContributionReceived' }>>;

const isAskedView = ({ data, occurredAt }: View, { authority, team, from, to }: SampleFilter): boolean =>
  (authority === undefined || data.authority === authority) &&
  (team === undefined || data.team === team) &&
  (from === undefined || londonDay(occurredAt) >= from) &&
  (to === undefined || londonDay(occurredAt) <= to);

/** Every view that was received, also one that was taken back since: that it was there is a fact of the record. */
const viewsIn = (rows: Rows, { filter, position }: Asked): readonly string[] => {
  const where = ['position <= ?'];
  const values = [position];
  for (const column of ['authority', 'team'] as const) {
    const value = filter[column];
    if (value === undefined) continue;
    where.push(`${column} = ?`);
    values.push(value);
  }
  const { from, to } = filter;
  return rows
    .all<{ id: string; occurred_at: string }>(
      `SELECT id, occurred_at FROM contribution WHERE ${where.join(' AND ')}`,
      ...values,
    ) // prettier-ignore
    .filter(
      ({ occurred_at: at }) =>
        (from === undefined || londonDay(at) >= from) && (to === undefined || londonDay(at) <= to),
    ) // prettier-ignore
    .map(({ id }) => id);
};
