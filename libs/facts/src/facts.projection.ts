import { type Recorded, streamId } from '#kernel/event';
import { isSealed } from '#kernel/personal';
import { londonDay } from '#kernel/time';
import { projection, type Projection } from '#projections/projection';
import type { Rows } from '#projections/rows';
import { everyKind } from './every-kind.js';
import { type FactKind, stepsOf } from './fact-kind.js';
import type { FactEvent } from './fact.events.js';

const write =
  (kind: FactKind, isBirth: boolean) =>
  (rows: Rows, { type, stream, data, about, occurredAt, recordedAt, position, actor }: Recorded): void => {
    const id = streamId(stream);
    const given = Object.entries(data as FactEvent['data']);
    const authority = about.authority ?? null;
    rows.run(
      'INSERT INTO fact_event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      position,
      type,
      kind.code,
      id,
      authority,
      about.team,
      (about.pledge ?? []).join(' '),
      londonDay(occurredAt),
      occurredAt,
      about.precision,
      recordedAt,
      actor.role,
      JSON.stringify(Object.fromEntries(given.filter(([, value]) => !isSealed(value)))),
      JSON.stringify(Object.fromEntries(given.flatMap(([name, value]) => (isSealed(value) ? [[name, value.sealed]] : [])))),
    );
    if (isBirth)
      rows.run('INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?)', id, kind.code, authority, about.team, position, position);
    else rows.run('UPDATE fact SET updated_at = ? WHERE id = ?', position, id);
  }; // prettier-ignore

/**
 * Every entry of every fact in one table, in the clear fields only (`data`); sealed ones are references (`sealed`), which
 * the vault opens for those who may read them. `fact` is the list of the facts themselves.
 */
export const factsProjection: Projection = projection<never>({
  name: 'facts',
  version: 1,
  tables: `
    CREATE TABLE fact (
      id TEXT PRIMARY KEY, kind TEXT NOT NULL, authority TEXT NOT NULL, team TEXT, position TEXT NOT NULL, updated_at TEXT NOT NULL) STRICT;
    CREATE INDEX fact_by_kind ON fact (kind, authority, position);
    CREATE INDEX fact_by_authority ON fact (authority, position);
    CREATE INDEX fact_by_team ON fact (team, kind, position);
    CREATE TABLE fact_event (
      position TEXT PRIMARY KEY, type TEXT NOT NULL, kind TEXT NOT NULL, fact TEXT NOT NULL, authority TEXT NOT NULL, team TEXT,
      pledge TEXT NOT NULL, happened_on TEXT NOT NULL, occurred_at TEXT NOT NULL, precision TEXT, recorded_at TEXT NOT NULL,
      role TEXT NOT NULL, data TEXT NOT NULL, sealed TEXT NOT NULL) STRICT;
    CREATE INDEX fact_event_by_type ON fact_event (type, authority, happened_on);
    CREATE INDEX fact_event_by_team ON fact_event (type, team, happened_on);
    CREATE INDEX fact_event_by_fact ON fact_event (fact, position);`,
  on: Object.fromEntries(
    everyKind.flatMap((kind) => stepsOf(kind).map((step, index) => [step.event, write(kind, index === 0)])),
  ),
});
