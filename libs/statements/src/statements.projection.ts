import { type Recorded, streamId } from '#kernel/event';
import { sealedRef } from '#kernel/personal';
import { londonDay } from '#kernel/time';
import type { MeetingEvent } from '#meetings/meeting.events';
import { projection } from '#projections/projection';
import type { Rows } from '#projections/rows';
import { halfOf } from './statement.js';
import type { StatementEvent } from './statement.events.js';

/**
 * Who was asked what when, and where the sealed answers stand: by half year of recording, so that a closed one stays. Of a
 * sealed answer not even the team stands here; of paper it does, because the meeting or the round says so in the open.
 */
export const statementsProjection = projection<StatementEvent | MeetingEvent>({
  name: 'statements',
  version: 2,
  tables: `
    CREATE TABLE statement_asked (authority TEXT NOT NULL, half TEXT NOT NULL, statement TEXT NOT NULL, times INTEGER NOT NULL, PRIMARY KEY (authority, half, statement)) STRICT;
    CREATE TABLE statement_half (half TEXT PRIMARY KEY, entries INTEGER NOT NULL) STRICT;
    CREATE TABLE statement_answer (slip TEXT PRIMARY KEY, authority TEXT NOT NULL, half TEXT NOT NULL, day TEXT NOT NULL, ref TEXT NOT NULL) STRICT;
    CREATE INDEX statement_answer_by_half ON statement_answer (half);
    CREATE TABLE statement_tally (position TEXT PRIMARY KEY, about TEXT NOT NULL, authority TEXT NOT NULL, team TEXT, half TEXT NOT NULL, day TEXT NOT NULL, ref TEXT NOT NULL) STRICT;
    CREATE INDEX statement_tally_by_half ON statement_tally (half);
    CREATE TABLE statement_round (id TEXT PRIMARY KEY, authority TEXT NOT NULL, team TEXT, wording TEXT NOT NULL, slips INTEGER NOT NULL, opened_on TEXT NOT NULL, until TEXT NOT NULL) STRICT;
    CREATE TABLE statement_local (authority TEXT NOT NULL, code TEXT NOT NULL, team TEXT NOT NULL, text TEXT NOT NULL, language TEXT NOT NULL, added_on TEXT NOT NULL, retired_on TEXT, PRIMARY KEY (authority, code)) STRICT;`,
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
        'INSERT INTO statement_answer VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET ref = excluded.ref, day = excluded.day',
        data.slip,
        about.authority,
        halfAt(recordedAt),
        londonDay(recordedAt),
        sealedRef(data.answer),
      );
    },
    StatementsTallied: (rows, event) =>
      tallied(rows, event, streamId(event.stream), event.about.team, sealedRef(event.data.tallies)),
    StatementSlipsTallied: (rows, event) => {
      const { round, tallies } = event.data;
      const team = rows.get<{ team: string | null }>('SELECT team FROM statement_round WHERE id = ?', round)?.team;
      tallied(rows, event, round, team ?? undefined, sealedRef(tallies));
    },
    StatementRoundOpened: (rows, { data, about, recordedAt }) => {
      entryIn(rows, recordedAt);
      const { round, team, wording, slips, until } = data;
      const opened = londonDay(recordedAt);
      rows.run('INSERT INTO statement_round VALUES (?, ?, ?, ?, ?, ?, ?)', round, about.authority, team, wording, slips, opened, until); // prettier-ignore
    },
    LocalStatementAdded: (rows, { data, about, recordedAt }) => {
      const { statement, team, text, language } = data;
      const added = londonDay(recordedAt);
      rows.run('INSERT INTO statement_local VALUES (?, ?, ?, ?, ?, ?, NULL)', about.authority, statement, team, text, language, added); // prettier-ignore
    },
    LocalStatementRetired: (rows, { data, about, recordedAt }) =>
      rows.run(
        'UPDATE statement_local SET retired_on = ? WHERE authority = ? AND code = ?',
        londonDay(recordedAt),
        about.authority,
        data.statement,
      ),
  },
});

const halfAt = (instant: string): string => halfOf(londonDay(instant));

const tallied = (
  rows: Rows,
  { position, about, recordedAt }: Recorded,
  asked: string,
  team: string | undefined,
  ref: string,
): void => {
  entryIn(rows, recordedAt);
  rows.run(
    'INSERT INTO statement_tally VALUES (?, ?, ?, ?, ?, ?, ?)',
    position,
    asked,
    about.authority,
    team,
    halfAt(recordedAt),
    londonDay(recordedAt),
    ref,
  );
};

/** How much there is of each half year, without counting it again for every page. */
const entryIn = (rows: Rows, recordedAt: string): void =>
  rows.run(
    'INSERT INTO statement_half VALUES (?, 1) ON CONFLICT DO UPDATE SET entries = entries + 1',
    halfAt(recordedAt),
  );
