import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { StoreUnavailable } from '#event-store/event-store';
import { ErasureLedger } from '#vault/erasure-ledger';
import { startServer } from '../http/server.js';
import { inspect, start, whole } from './processes.js';

const posix = process.platform === 'win32' ? it.skip : it;
/** A file system of one megabyte; only root may have one, elsewhere the test says that it was skipped. */
const tiny = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'tiny-'));
  const canMount =
    process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0;
  if (canMount) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
  return canMount;
})();

describe('a full disk', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'full-'))));
  afterEach(() => {
    if (tiny) spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  });

  posix(
    'a file that may not grow: clean refusals, nothing acknowledged is lost, a retry elsewhere goes on',
    async () => {
      const writer = start(
        'writer.ts',
        [folder, '8', '3000'],
        ['sh', '-c', 'ulimit -f 600; trap "" XFSZ; exec "$@"', 'sh'],
      );
      expect(await writer.ended).toMatchObject({ code: 0, errors: '' });
      expect([writer.acks.length > 50, writer.refused.length > 50]).toEqual([true, true]);
      expect(await inspect(folder, writer.acks)).toMatchObject(whole);
      const after = start('writer.ts', [folder, '8', '100']);
      await after.ended;
      expect(after.refused).toEqual([]);
      expect(await inspect(folder, [...writer.acks, ...after.acks])).toMatchObject(whole);
    },
    60_000,
  );

  posix('a list of erasures that may not grow: the line is refused, not half written and called durable', async () => {
    const writer = start('erasures-writer.ts', [folder], ['sh', '-c', 'ulimit -f 1; trap "" XFSZ; exec "$@"', 'sh']);
    await writer.ended;
    expect(writer.lines).toEqual(['EFBIG']);
    const ledger = new ErasureLedger(folder);
    expect(ledger.all()).toEqual([]);
    const after = start('erasures-writer.ts', [folder]);
    await after.ended;
    expect(after.lines).toEqual(['durable']);
    expect(ledger.all()).toMatchObject([{ id: 'e' }]);
  });

  (tiny ? it : it.skip)(
    'a file system that is full: refusals, then writing goes on by itself in the same process (skipped unless root)',
    async () => {
      spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
      const writer = start('writer.ts', [folder, '8']);
      const seen = async (isSo: () => boolean) => {
        for (let tries = 0; tries < 1_000 && !isSo(); tries++) await new Promise((resolve) => setTimeout(resolve, 10));
        expect(isSo()).toBe(true);
      };
      await seen(() => writer.refused.length > 20);
      const kept = writer.acks.length;
      spawnSync('mount', ['-o', 'remount,size=16m', folder]);
      const space = performance.now();
      await seen(() => writer.acks.length > kept + 100);
      expect(performance.now() - space).toBeLessThan(5_000);
      writer.process.kill('SIGKILL');
      await writer.ended;
      expect(await inspect(folder, writer.acks)).toMatchObject(whole);
    },
    60_000,
  );

  it('over HTTP answers 503 while sealed words cannot be written, keeps reading, and the retry is recorded once', async () => {
    const server = await startServer();
    const token = await server.token('chair', 'essex');
    const body = {
      authority: 'essex',
      words: 'Keep it',
      channel: 'meeting',
      capacity: 'other',
      voice: 'own',
      attribution: 'group',
    };
    const post = () =>
      request(server.url)
        .post('/api/v1/contributions')
        .set('Authorization', `Bearer ${token}`)
        .set('Idempotency-Key', 'k')
        .send(body);
    const { db } = server.engine.vault.database;
    db.exec('CREATE TABLE filler (x BLOB)');
    const pages = db.prepare('PRAGMA page_count').get() as { page_count: number };
    // SQLite's own limit on the file gives the very error of a full disk (SQLITE_FULL).
    db.exec(`PRAGMA max_page_count = ${pages.page_count}`);
    for (;;)
      try {
        db.exec('INSERT INTO filler VALUES (randomblob(900))');
      } catch {
        break;
      }
    // Pages that are half empty still take small records; when they refuse, they refuse cleanly.
    const fill = async () => {
      for (;;) await server.token('chair', 'essex');
    };
    await expect(fill()).rejects.toBeInstanceOf(StoreUnavailable);
    const full = await post();
    expect([full.status, full.headers['retry-after']]).toEqual([503, '5']);
    expect((await request(server.url).get('/')).status).toBe(200);
    db.exec('PRAGMA max_page_count = 1000000; DROP TABLE filler');
    const [one, two] = [await post(), await post()];
    expect([one.status, two.status, one.body]).toEqual([201, 201, two.body]);
    await server.close();
  });
});
