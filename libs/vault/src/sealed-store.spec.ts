import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SealedStore } from './sealed-store.js';
import type { Ciphertext } from './sealing.js';

const PAIR = Buffer.alloc(16, 1);
const text = (name: string, kid = 'k'): Ciphertext => ({ digest: Buffer.from(name).toString('base64'), bytes: Buffer.from(`sealed ${name}`), kid }); // prettier-ignore
const digestOf = (name: string): string => text(name).digest;

let folder: string;
let store: SealedStore;
const path = (): string => join(folder, 'sealed.db');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sealed-'));
  store = new SealedStore(path(), PAIR);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

it('keeps all texts of one event or none of them, whatever others write in the same moment', async () => {
  const broken = { ...text('broken'), bytes: null as never };
  const [mine, theirs] = await Promise.allSettled([store.put([text('first'), broken]), store.put([text('theirs')])]);
  expect([mine.status, theirs.status]).toEqual(['rejected', 'fulfilled']);
  expect([store.get(digestOf('first')), Buffer.from(store.get(digestOf('theirs')) ?? []).toString()]).toEqual([undefined, 'sealed theirs']); // prettier-ignore
});

it('deletes what was sealed with a key, or has a digest, and counts it', async () => {
  await store.put([text('a', 'gone'), text('b', 'gone'), text('c'), text('d')]);
  expect([store.countOf(['gone', 'k']), await store.purge(['gone'], [digestOf('c')])]).toEqual([4, 3]);
  expect([store.countOf(['gone', 'k']), store.get(digestOf('a')), store.get(digestOf('c'))]).toEqual([1, undefined, undefined]); // prettier-ignore
});

it('takes a file of before texts were found by their key, and opens it again', () => {
  store.close();
  const db = new DatabaseSync(path());
  db.exec('DROP INDEX sealed_by_key; ALTER TABLE sealed DROP COLUMN kid');
  db.exec("INSERT INTO sealed (digest, bytes) VALUES (x'01', x'02')");
  db.close();
  for (let times = 0; times < 2; times++) {
    store = new SealedStore(path(), PAIR);
    expect(Buffer.from(store.get(Buffer.from([1]).toString('base64')) ?? [])).toEqual(Buffer.from([2]));
    store.close();
  }
});

it('belongs to one vault; when it is closed, once or twice, all of it is in its file', async () => {
  await store.put([text('a')]);
  expect(existsSync(`${path()}-wal`)).toBe(true);
  store.close();
  store.close();
  expect(existsSync(`${path()}-wal`)).toBe(false);
  expect(() => new SealedStore(path(), Buffer.alloc(16, 2))).toThrow('does not belong to this vault');
  // It let go of the file that it refused.
  expect(existsSync(`${path()}-wal`)).toBe(false);
  store = new SealedStore(path(), PAIR);
  expect(store.get(digestOf('a'))).toBeDefined();
});
