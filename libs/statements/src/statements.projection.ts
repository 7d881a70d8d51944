import { streamId } from '#kernel/event';
import { sealedRef } from '#kernel/personal';
import { londonDay } from '#kernel/time';
import type { MeetingEvent } from '#meetings/meeting.events';
import { projection } from '#projections/projection';
import type { Rows } from '#projections/rows';
import { halfOf } from './statement.js';
import type { StatementEvent } from './statement.events.js';

/** Who was asked what when, and where the sealed answers stand: by half year of recording, so that a closed one stays. */
export const statementsProjection = projection<StatementEvent | MeetingEvent>({
  name: 'statements',
  version: 1,
  tables: `
    CREATE TABLE statement_asked (authority TEXT NOT NULL, half TEXT NOT NULL, statement TEXT NOT NULL, times INTEGER NOT NULL, PRIMARY KEY (authority, half, statement)) STRICT;
    CREATE TABLE statement_half (half TEXT PRIMARY KEY, entries INTEGER NOT NULL) STRICT;
    CREATE TABLE statement_answer (slip TEXT PRIMARY KEY, authority TEXT NOT NULL, half TEXT NOT NULL, ref TEXT NOT NULL) STRICT;
    CREATE INDEX statement_answer_by_half ON statement_answer (half);
    CREATE TABLE statement_tally (position TEXT PRIMARY KEY, meeting TEXT NOT NULL, authority TEXT NOT NULL, half TEXT NOT NULL, ref TEXT NOT NULL) STRICT;
    CREATE INDEX statement_tally_by_half ON statement_tally (half);`,
  on: {
    StatementsAsked: (rows, { data, about, recordedAt }) => {
      entryIn(rows, recordedAt);
      for (const statement of data.statements)
        rows.run(
          'INSERT INTO statement_asked VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET times = times + 1',
          about.authority,
          halfAt(recordedAt),
          statement,
        );
    },
    // The same card on the same occasion: the later answer counts.
    StatementAnswered: (rows, { data, about, recordedAt }) => {
      entryIn(rows, recordedAt);
      rows.run(
        'INSERT INTO statement_answer VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET ref = excluded.ref',
        data.slip,
        about.authority,
        halfAt(recordedAt),
        sealedRef(data.answer),
      );
    },
    StatementsTallied: (rows, { stream, position, data, about, recordedAt }) => {
      entryIn(rows, recordedAt);
      rows.run(
        'INSERT INTO statement_tally VALUES (?, ?, ?, ?, ?)',
        position,
        streamId(stream),
        about.authority,
        halfAt(recordedAt),
        sealedRef(data.tallies),
      );
    },
  },
});

const halfAt = (instant: string): string => halfOf(londonDay(instant));

/** How much there is of each half year, without counting it again for every page. */
const entryIn = (rows: Rows, recordedAt: string): void =>
  rows.run(
    'INSERT INTO statement_half VALUES (?, 1) ON CONFLICT DO UPDATE SET entries = entries + 1',
    halfAt(recordedAt),
  );
