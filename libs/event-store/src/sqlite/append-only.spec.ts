import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteEventStore } from './sqlite-event-store.js';
import { leafHash } from './log-table.js';

/** What the file itself refuses, whoever opens it: a second raw connection with SQLite's defaults. */
describe('the log on disk', () => {
  let folder: string;
  let raw: DatabaseSync;
  const leaf = Buffer.from('{"a":1}');
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'only-'));
    const store = openSqliteEventStore(join(folder, 'log.db'));
    for (const stream of ['thing-1', 'thing-2'])
      await store.append(
        stream,
        [0, 1].map(() => ({ id: randomUUID(), type: 'x.v1', leaf })),
        'none',
      );
    await store.close();
    raw = new DatabaseSync(join(folder, 'log.db'));
  });
  afterEach(() => {
    raw.close();
    rmSync(folder, { recursive: true });
  });
  const dump = () =>
    JSON.stringify(
      ['stream', 'event_type', 'event'].map((table) => raw.prepare(`SELECT * FROM ${table} ORDER BY 1`).all()),
    );

  const tables = ['stream', 'event_type', 'event'];
  const columns = { stream: 'name', event_type: 'name', event: 'leaf' } as const;
  it.each(
    tables.flatMap((table) => {
      const column = columns[table as keyof typeof columns];
      return [
        `UPDATE ${table} SET ${column} = ${column}`,
        `UPDATE OR REPLACE ${table} SET ${column} = ${column}`,
        `DELETE FROM ${table}`,
        `DELETE FROM ${table} WHERE rowid = 1`,
        `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table} WHERE rowid = 1`,
        `REPLACE INTO ${table} SELECT * FROM ${table}`,
        `INSERT OR IGNORE INTO ${table} SELECT * FROM ${table} WHERE rowid = 1`,
        `INSERT INTO ${table} SELECT * FROM ${table} WHERE rowid = 1`,
      ];
    }),
  )('refuses %s', (sql) => {
    const before = dump();
    expect(() => raw.exec(sql)).toThrow('is append-only');
    expect(dump()).toBe(before);
  });

  it.each([
    [
      'a new number with a known id',
      'INSERT OR REPLACE INTO event SELECT 99, stream, 99, id, type, leaf, leaf_hash FROM event WHERE seq = 1',
    ],
    [
      'a new number at a known revision',
      `INSERT OR REPLACE INTO event SELECT 99, stream, revision, randomblob(16), type, leaf, leaf_hash FROM event WHERE seq = 1`,
    ],
    [
      'a known number',
      `INSERT OR REPLACE INTO event SELECT 1, stream, 99, randomblob(16), type, leaf, leaf_hash FROM event WHERE seq = 1`,
    ],
    ['a known stream name', `INSERT OR REPLACE INTO stream VALUES (99, 'thing-1')`],
    ['an upsert', `INSERT INTO stream VALUES (99, 'thing-1') ON CONFLICT (name) DO UPDATE SET id = 99`],
  ])('refuses to put something in the place of an event: %s', (_, sql) => {
    const before = dump();
    expect(() => raw.exec(sql)).toThrow('is append-only');
    expect(dump()).toBe(before);
  });

  it('keeps the RFC 6962 hash of every leaf', () => {
    const rows = raw.prepare('SELECT leaf, leaf_hash FROM event').all() as {
      leaf: Uint8Array;
      leaf_hash: Uint8Array;
    }[];
    expect(rows.map(({ leaf: bytes, leaf_hash }) => Buffer.from(leafHash(bytes)).equals(leaf_hash))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(Buffer.from(leafHash(new Uint8Array())).toString('hex')).toBe(
      // RFC 6962's test of an empty leaf, as Certificate Transparency implementations publish it.
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
  });

  it('refuses a file of a newer release and says so', () => {
    raw.exec('PRAGMA user_version = 7');
    expect(() => openSqliteEventStore(join(folder, 'log.db'))).toThrow('newer release (format 7');
  });
});
