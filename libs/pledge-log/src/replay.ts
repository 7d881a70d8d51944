import type { CommitmentRow } from '#commitments/commitments.queries';
import { commitmentsProjection } from '#commitments/commitments.projection';
import type { Recorded } from '#kernel/event';
import { endOfLondonDay } from '#kernel/time';
import { openReadDatabase } from '#projections/read-database';
import type { Rows } from '#projections/rows';

/** All commitments as lists know them today, or one of them. */
export const rowsToday = (rows: Rows, commitment?: string): readonly CommitmentRow[] =>
  commitment === undefined
    ? rows.all<CommitmentRow>('SELECT * FROM commitment')
    : rows.all<CommitmentRow>('SELECT * FROM commitment WHERE id = ?', commitment);

/** The events of one commitment that were known at the end of a day, or all that are known now. */
export const entriesOf = (rows: Rows, commitment: string, asOf?: string): readonly Recorded[] =>
  rows
    .all<{ event: string }>(
      'SELECT event FROM commitment_entry WHERE commitment = ? AND known_at <= ? ORDER BY position',
      commitment,
      until(asOf),
    )
    .map(({ event }) => JSON.parse(event) as Recorded);

/**
 * All commitments, or one of them, as lists knew them at the end of a day: the events known by then are played again, through the very
 * read model that lists are made of, so that then and now cannot come to differ.
 */
export const rowsOn = (rows: Rows, asOf: string, commitment?: string): readonly CommitmentRow[] => {
  const where = commitment === undefined ? '' : 'AND commitment = ?';
  const known = rows.all<{ event: string }>(
    `SELECT event FROM commitment_entry WHERE known_at <= ? ${where} ORDER BY position`,
    until(asOf),
    ...(commitment === undefined ? [] : [commitment]),
  );
  const replayed = rowsFrom(known.map(({ event }) => JSON.parse(event) as Recorded));
  // The number was given in the order of the whole record; it does not change with the day that is looked at.
  const number = new Map(rowsToday(rows, commitment).map((row) => [row.id, row.number]));
  return replayed.map((row) => ({ ...row, number: number.get(row.id) ?? row.number }));
};

/** All commitments as they stood after the entry at a position of the log, whatever was recorded since. */
export const rowsAt = (rows: Rows, position: string): readonly CommitmentRow[] =>
  rowsFrom(
    rows
      .all<{ event: string }>('SELECT event FROM commitment_entry WHERE position <= ? ORDER BY position', position)
      .map(({ event }) => JSON.parse(event) as Recorded),
  );

/** What these events alone come to, in the order in which they are given. */
export const rowsFrom = (events: Iterable<Recorded>): readonly CommitmentRow[] => {
  const then = openReadDatabase(':memory:');
  try {
    then.db.exec('BEGIN');
    then.db.exec(commitmentsProjection.tables);
    for (const event of events) commitmentsProjection.on[event.type]?.(then, event as never, () => undefined);
    return then.all<CommitmentRow>('SELECT * FROM commitment');
  } finally {
    then.db.close();
  }
};

const until = (asOf: string | undefined): string => (asOf === undefined ? '~' : endOfLondonDay(asOf));
