import { type Recorded, streamId } from '#kernel/event';
import { londonDay } from '#kernel/time';
import type { CommitmentEvent } from '#lifecycle/lifecycle.events';
import { addPromise, PROMISE_COLUMNS, promiseHandlers } from '#lifecycle/promise-rows';
import { projection } from '#projections/projection';
import type { Rows } from '#projections/rows';

/** One row per commitment, and the number by which people speak of it: CM-2026-0147, counted up within a year. */
export const commitmentsProjection = projection<CommitmentEvent>({
  name: 'commitments',
  version: 3,
  tables: `
    CREATE TABLE commitment (
      id TEXT PRIMARY KEY, authority TEXT NOT NULL, team TEXT, pledge TEXT NOT NULL, part TEXT NOT NULL, number TEXT NOT NULL,${PROMISE_COLUMNS},
      position TEXT NOT NULL) STRICT;
    CREATE UNIQUE INDEX commitment_by_number ON commitment (number);
    CREATE UNIQUE INDEX commitment_by_position ON commitment (position);
    CREATE INDEX commitment_by_owner ON commitment (owner_person, position);
    CREATE INDEX commitment_by_role ON commitment (owner_role);
    CREATE INDEX commitment_by_due ON commitment (authority, due);
    CREATE TABLE commitment_tie (
      commitment TEXT NOT NULL, to_kind TEXT NOT NULL, to_id TEXT NOT NULL, since TEXT NOT NULL, position TEXT NOT NULL,
      PRIMARY KEY (commitment, to_kind, to_id)) STRICT, WITHOUT ROWID;
    CREATE INDEX commitment_tie_of ON commitment_tie (to_id);
    CREATE TABLE commitment_count (year TEXT PRIMARY KEY, made INTEGER NOT NULL) STRICT;`,
  on: {
    CommitmentMade: (rows, event) => {
      const { authority, team, pledge, part } = event.data;
      const number = nextNumber(rows, londonDay(event.occurredAt).slice(0, 4));
      addPromise(rows, 'commitment', event, { authority, team, pledge, part, number, position: event.position });
    },
    ...promiseHandlers('commitment'),
    CommitmentLinkedToContribution: (rows, event) => link(rows, event, 'contribution', event.data.contribution),
    CommitmentLinkedToDecision: (rows, event) => link(rows, event, 'decision', event.data.decision),
    CommitmentUnlinked: (rows, { stream, data }) =>
      rows.run(
        'DELETE FROM commitment_tie WHERE commitment = ? AND to_id = ?',
        streamId(stream),
        data.contribution ?? data.decision,
      ),
  },
});

const link = (rows: Rows, { stream, occurredAt, position }: Recorded, kind: string, to: string): void =>
  rows.run(
    'INSERT OR REPLACE INTO commitment_tie VALUES (?, ?, ?, ?, ?)',
    streamId(stream),
    kind,
    to,
    occurredAt,
    position,
  );

/** In the order of the log, so that a rebuilt record gives the same numbers. */
const nextNumber = (rows: Rows, year: string): string => {
  rows.run('INSERT INTO commitment_count VALUES (?, 1) ON CONFLICT DO UPDATE SET made = made + 1', year);
  const { made = 1 } = rows.get<{ made: number }>('SELECT made FROM commitment_count WHERE year = ?', year) ?? {};
  return `CM-${year}-${String(made).padStart(4, '0')}`;
};
