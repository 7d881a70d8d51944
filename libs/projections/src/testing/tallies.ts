import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Codec } from '#event-store/codec';
import type { EventStore } from '#event-store/event-store';
import { encodeLeaf } from '#event-store/leaf';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store';
import { events, type EventsOf, streamId } from '#kernel/event';
import { count, text } from '#kernel/shape';
import { projection, tableNames, type Projection } from '../projection.js';
import type { Rows } from '../rows.js';

/** Test code: a small log about tallies, and read models over it. */
const map = events({ Counted: { n: count }, Named: { name: text } });
type E = EventsOf<typeof map>;

export const codec = new Codec([map]);

/** Sums by stream; `fails` says at which number it throws. */
export const tally = (
  name = 'tally',
  { version = 1, fails = (): boolean => false }: { version?: number; fails?: (n: number) => boolean } = {},
): Projection =>
  projection<E>({
    name,
    version,
    tables: `CREATE TABLE ${name} (id TEXT PRIMARY KEY, total INTEGER NOT NULL, times INTEGER NOT NULL, position TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE INDEX ${name}_by_position ON ${name} (position);
      CREATE TABLE ${name}_seen (n INTEGER NOT NULL, position TEXT NOT NULL UNIQUE) STRICT;
      CREATE VIRTUAL TABLE ${name}_text USING fts5(name);`,
    on: {
      Counted: (rows, { stream, data, position }) => {
        rows.run(
          `INSERT INTO ${name} VALUES (?, ?, 1, ?) ON CONFLICT (id) DO UPDATE SET total = total + excluded.total, times = times + 1, position = excluded.position`,
          streamId(stream), data.n * version, position,
        ); // prettier-ignore
        if (fails(data.n)) throw new Error(`secret ${data.n}`);
        // Row numbers that are not 1, 2, 3 …, to show that a rebuild keeps them.
        rows.run(
          `INSERT INTO ${name}_seen (rowid, n, position) VALUES (?, ?, ?)`,
          Number(position) * 10,
          data.n,
          position,
        );
      },
      Named: (rows, { data, position }) =>
        rows.run(`INSERT INTO ${name}_text (rowid, name) VALUES (?, ?)`, Number(position) * 10, data.name),
    },
  });

export const append = async (store: EventStore, thing: string, type: string, data: object): Promise<string> => {
  const stream = `tally-${thing}`;
  const id = randomUUID();
  const leaf = encodeLeaf({
    v: 1, id, stream, rev: 0, type, occurredAt: '2026-11-23T12:00:00.000Z', recordedAt: '2026-11-23T12:00:00.000Z',
    actor: { role: 'chair', ref: 'r' }, about: {}, cause: { command: id, correlation: id, events: [] }, data, sealed: {},
  }); // prettier-ignore
  return (await store.append(stream, [{ id, type, leaf }], 'any')).position;
};

/** Numbers from `from` on, over seven streams, with a name now and then. */
export const appendMany = async (store: EventStore, count: number, from = 0): Promise<string> => {
  const all = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      index % 10 === 9
        ? append(store, 'names', 'named.v1', { name: `name ${from + index}` })
        : append(store, `t${(from + index) % 7}`, 'counted.v1', { n: from + index }),
    ),
  );
  return all.at(-1) ?? '';
};

/** All rows of a projection with their row numbers, for comparing byte by byte. */
export const contentsOf = (rows: Rows, of: Projection): string =>
  JSON.stringify(
    tableNames(of).map((table) =>
      rows.all(
        table === of.name ? `SELECT * FROM ${table} ORDER BY id` : `SELECT rowid, * FROM ${table} ORDER BY rowid`,
      ),
    ),
  );

export interface Bench {
  readonly folder: string;
  readonly store: EventStore;
  remove(): Promise<void>;
}

export const openBench = (): Bench => {
  const folder = mkdtempSync(join(tmpdir(), 'projections-'));
  const store = openSqliteEventStore(join(folder, 'log.db'));
  return {
    folder,
    store,
    remove: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
};
