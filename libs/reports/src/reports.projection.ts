import { type Recorded, streamId } from '#kernel/event';
import { isSealed } from '#kernel/personal';
import { londonDay } from '#kernel/time';
import { projection, type Projection } from '#projections/projection';
import type { Rows } from '#projections/rows';
import type { ReportEvent } from './report.events.js';

type Data = Readonly<Record<string, unknown>>;
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const ref = (value: unknown): string | null => (isSealed(value) ? value.sealed : null);

/** Also in the place of a day that was set by mistake: what was published meanwhile stays. */
const due = (rows: Rows, { id, data, stream, about, occurredAt }: Recorded): void => {
  const { title, from, to, due: day } = data as Data;
  rows.run(
    `INSERT INTO report VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, '{}', ?) ON CONFLICT (id) DO UPDATE SET
      title = excluded.title, from_day = excluded.from_day, to_day = excluded.to_day, due = excluded.due, set_on = excluded.set_on, due_entry = excluded.due_entry`,
    streamId(stream), about.authority, about.team, text(title), text(from), text(to), text(day), londonDay(occurredAt), id,
  ); // prettier-ignore
};

const published = (rows: Rows, { id, data, stream, occurredAt, recordedAt }: Recorded): void =>
  rows.run(
    'UPDATE report SET published_on = ?, published_at = ?, entry = ?, said = ? WHERE id = ?',
    londonDay(occurredAt),
    recordedAt,
    id,
    JSON.stringify(data),
    streamId(stream),
  );

const corrected = (rows: Rows, { id, data, stream, occurredAt }: Recorded): void => {
  const { what, row, was, now } = data as Data;
  rows.run(
    'INSERT INTO report_correction VALUES (?, ?, ?, ?, ?, ?, ?)',
    id, streamId(stream), londonDay(occurredAt), text(row), ref(what), ref(was), ref(now),
  ); // prettier-ignore
};

const frozen = (rows: Rows, { data, stream }: Recorded): void => {
  const { pledge, wording, from, to, part, rows: lines } = data as Extract<ReportEvent, { type: 'ReportContentFrozen' }>['data'];
  rows.run('INSERT OR REPLACE INTO report_part VALUES (?, ?, ?, ?, ?, ?, ?)', streamId(stream), part, pledge, wording, from, to, JSON.stringify(lines));
}; // prettier-ignore

const takenBack = (rows: Rows, { data }: Recorded): void => {
  const entry = text((data as Data)['entry']);
  rows.run('UPDATE report SET due_entry = NULL WHERE due_entry = ?', entry);
  rows.run("UPDATE report SET published_on = NULL, published_at = NULL, entry = NULL, said = '{}' WHERE entry = ?", entry);
  rows.run('DELETE FROM report_correction WHERE entry = ?', entry);
}; // prettier-ignore

/** Reports that are due or published, what they said then, and every correction. */
export const reportsProjection: Projection = projection<never>({
  name: 'reports',
  version: 2,
  tables: `
    CREATE TABLE report (
      id TEXT PRIMARY KEY, authority TEXT NOT NULL, team TEXT, title TEXT NOT NULL, from_day TEXT NOT NULL, to_day TEXT NOT NULL, due TEXT NOT NULL,
      set_on TEXT NOT NULL, published_on TEXT, published_at TEXT, entry TEXT, said TEXT NOT NULL, due_entry TEXT) STRICT;
    CREATE INDEX report_by_authority ON report (authority, due);
    CREATE INDEX report_by_due_entry ON report (due_entry);
    CREATE INDEX report_by_entry ON report (entry);
    CREATE TABLE report_part (report TEXT NOT NULL, part INTEGER NOT NULL, pledge TEXT NOT NULL, wording TEXT NOT NULL, from_month TEXT NOT NULL, to_month TEXT NOT NULL, rows TEXT NOT NULL, PRIMARY KEY (report, part)) STRICT;
    CREATE TABLE report_correction (entry TEXT PRIMARY KEY, report TEXT NOT NULL, happened_on TEXT NOT NULL, line TEXT, what TEXT, was TEXT, now TEXT) STRICT;
    CREATE INDEX report_correction_by_report ON report_correction (report, happened_on);`,
  on: { ReportDueSet: due, ReportPublished: published, ReportCorrected: corrected, ReportContentFrozen: frozen, EntryTakenBack: takenBack },
}); // prettier-ignore
