import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '#engine/engine';
import { openDurable } from '#event-store/sqlite/connection';
import { hasStrace, inspect, start, whole } from './processes.js';

const strace = hasStrace ? it : it.skip;

describe('durability', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'fsync-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Flushes per file, told apart by the name behind the descriptor. */
  const flushes = async (writers: number, most: number) => {
    const trace = join(folder, 'trace');
    const writer = start(
      'writer.ts',
      [folder, String(writers), String(most)],
      ['strace', '-f', '-y', '-e', 'trace=fsync,fdatasync', '-o', trace],
    );
    expect(await writer.ended).toMatchObject({ code: 0, errors: '' });
    expect(writer.acks).toHaveLength(most);
    const lines = readFileSync(trace, 'utf8')
      .split('\n')
      .filter((line) => /(fsync|fdatasync)\(/.test(line));
    const of = (name: string) => lines.filter((line) => line.includes(`/${name}`)).length;
    return { log: of('events.db'), sealed: of('sealed.db'), vault: of('vault.db'), acks: writer.acks };
  };

  strace(
    'flushes at least once before each acknowledgement of a lonely writer (skipped without strace)',
    async () => {
      const { log, sealed, vault, acks } = await flushes(1, 100);
      // Each command is one commit of the log, one of the sealed store, and one key is made.
      expect({ log: log >= 100, sealed: sealed >= 100, vault: vault >= 1 }).toEqual({
        log: true,
        sealed: true,
        vault: true,
      });
      expect(await inspect(folder, acks)).toMatchObject(whole);
    },
    30_000,
  );

  strace(
    'flushes far less often than once per command for 64 writers, and still before each acknowledgement (skipped without strace)',
    async () => {
      const { log, acks } = await flushes(64, 1_920);
      expect(log).toBeGreaterThan(1_920 / 64);
      expect(log).toBeLessThan(1_920 / 8);
      expect(await inspect(folder, acks)).toMatchObject(whole);
      console.log(JSON.stringify({ figure: 'fsync.grouped', commands: 1_920, flushes: log }));
    },
    30_000,
  );

  it('is full on every connection that must not lose anything, also after the first write', async () => {
    const db = openDurable(join(folder, 'x.db'));
    db.exec('CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1)');
    expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    db.close();

    const engine = Engine.open({ dataDir: join(folder, 'data') });
    engine.start();
    await engine.whenSeeded();
    const durable = [
      engine.vault.database.db,
      (engine.vault as unknown as { sealed: { db: typeof db } }).sealed.db,
      (engine.store as unknown as { db: typeof db }).db,
    ];
    expect(durable.map((each) => each.prepare('PRAGMA synchronous').get())).toEqual([
      { synchronous: 2 },
      { synchronous: 2 },
      { synchronous: 2 },
    ]);
    await engine.close();
  });
});
