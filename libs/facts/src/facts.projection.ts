import { type Recorded, streamId } from '#kernel/event';
import { isSealed, sealedRef } from '#kernel/personal';
import { londonDay } from '#kernel/time';
import { projection, type Projection } from '#projections/projection';
import type { Rows } from '#projections/rows';
import { everyKind } from './every-kind.js';
import { ENTRY_TAKEN_BACK } from './fact.js';
import { type FactKind, stepsOf } from './fact-kind.js';
import type { FactEvent } from './fact.events.js';

const write =
  (kind: FactKind, isBirth: boolean) =>
  (rows: Rows, { id: entry, type, stream, data, about, occurredAt, recordedAt, position, actor }: Recorded): void => {
    const id = streamId(stream);
    const given = Object.entries(data as FactEvent['data']);
    rows.run(
      'INSERT INTO fact_event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL)',
      position,
      entry,
      type,
      id,
      isBirth,
      londonDay(occurredAt),
      about.precision,
      recordedAt,
      actor.role,
      JSON.stringify(Object.fromEntries(given.filter(([, value]) => !isSealed(value)))),
      JSON.stringify(Object.fromEntries(given.flatMap(([name, value]) => (isSealed(value) ? [[name, value.sealed]] : [])))),
    );
    rows.run(
      `INSERT INTO fact VALUES (?1, ?2, ?3, ?4, ?5, 1) ON CONFLICT (id) DO UPDATE SET stands = max(stands, ?6)`,
      id, kind.code, about.authority ?? '', about.team, position, isBirth,
    );
  }; // prettier-ignore

const takeBack = (rows: Rows, { data, stream, recordedAt, actor }: Recorded): void => {
  const { entry, why } = data as { entry: string; why: Parameters<typeof sealedRef>[0] };
  rows.run(
    'UPDATE fact_event SET taken_back_at = ?, taken_back_by = ?, taken_back_why = ? WHERE id = ?',
    recordedAt,
    actor.role,
    sealedRef(why),
    entry,
  );
  rows.run(
    'UPDATE fact SET stands = EXISTS (SELECT 1 FROM fact_event WHERE fact = fact.id AND born = 1 AND taken_back_at IS NULL) WHERE id = ?',
    streamId(stream),
  );
};

/**
 * Every entry of every fact in one table, in the clear fields only (`data`); sealed ones are references (`sealed`), which
 * the vault opens for those who may read them. `fact` is the list of the facts themselves; one whose first entry was
 * taken back and not given anew no longer stands.
 */
export const factsProjection: Projection = projection<never>({
  name: 'facts',
  version: 2,
  tables: `
    CREATE TABLE fact (
      id TEXT PRIMARY KEY, kind TEXT NOT NULL, authority TEXT NOT NULL, team TEXT, position TEXT NOT NULL, stands INTEGER NOT NULL) STRICT;
    CREATE INDEX fact_by_kind ON fact (kind, authority, position);
    CREATE INDEX fact_by_authority ON fact (authority, position);
    CREATE INDEX fact_by_team ON fact (team, kind, position);
    CREATE TABLE fact_event (
      position TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, fact TEXT NOT NULL, born INTEGER NOT NULL,
      happened_on TEXT NOT NULL, precision TEXT, recorded_at TEXT NOT NULL, role TEXT NOT NULL, data TEXT NOT NULL, sealed TEXT NOT NULL,
      taken_back_at TEXT, taken_back_by TEXT, taken_back_why TEXT) STRICT;
    CREATE INDEX fact_event_by_fact ON fact_event (fact, position);`,
  on: {
    ...Object.fromEntries(
      everyKind.flatMap((kind) => stepsOf(kind).map((step, index) => [step.event, write(kind, index === 0)])),
    ),
    [ENTRY_TAKEN_BACK]: takeBack,
  },
});
