import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from '../event-store.js';
import { openDurable } from './connection.js';
import { GroupCommit } from './group-commit.js';

class Refused extends Error {}

describe('group commit', () => {
  let folder: string;
  let db: DatabaseSync;
  let commits: GroupCommit;
  let committed: number;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'group-'));
    db = openDurable(join(folder, 'x.db'));
    db.exec('CREATE TABLE t (n INTEGER PRIMARY KEY CHECK (n < 1000)) STRICT; PRAGMA busy_timeout = 50');
    committed = 0;
    commits = new GroupCommit(
      db,
      (error) => error instanceof Refused,
      () => void committed++,
    );
  });
  afterEach(() => {
    if (db.isOpen) db.close();
    rmSync(folder, { recursive: true });
  });
  const insert = (n: number) => () => {
    db.prepare('INSERT INTO t VALUES (?)').run(n);
    return n;
  };
  const rows = () =>
    db
      .prepare('SELECT n FROM t ORDER BY n')
      .all()
      .map((row) => row['n']);
  const outcomes = async (work: readonly (() => number)[]) =>
    (await Promise.allSettled(work.map((each) => commits.run(each)))).map((each) =>
      each.status === 'fulfilled' ? each.value : (each.reason as Error).constructor.name,
    );

  it('commits once what came in one turn', async () => {
    expect(await outcomes(Array.from({ length: 64 }, (_, n) => insert(n)))).toEqual(
      Array.from({ length: 64 }, (_, n) => n),
    );
    expect(committed).toBe(1);
  });

  it('a write the database refuses fails only its own caller', async () => {
    expect(await outcomes([insert(1), insert(5000), insert(2), insert(1), insert(3)])).toEqual([
      1,
      'StoreUnavailable',
      2,
      'StoreUnavailable',
      3,
    ]);
    expect(rows()).toEqual([1, 2, 3]);
  });

  it('a caller whose own rules say no neither writes nor disturbs the commit of the others', async () => {
    const refuse = (): number => {
      throw new Refused();
    };
    expect(await outcomes([insert(1), refuse, insert(2)])).toEqual([1, 'Refused', 2]);
    expect(committed).toBe(1);
  });

  it('a fault in the code of one caller comes back as it is', async () => {
    const broken = (): number => {
      throw new RangeError('a defect');
    };
    expect(await outcomes([insert(1), broken])).toEqual([1, 'RangeError']);
    expect(await outcomes([broken])).toEqual(['RangeError']);
  });

  it('runs the work of a caller alone after a fault: its refusal is still its own', async () => {
    const refuse = (): number => {
      throw new Refused();
    };
    expect(await outcomes([insert(5000), refuse, insert(2)])).toEqual(['StoreUnavailable', 'Refused', 2]);
  });

  it('refuses all at once when another process holds the file, instead of waiting once for each', async () => {
    const other = new DatabaseSync(join(folder, 'x.db'));
    other.exec('BEGIN IMMEDIATE');
    const start = performance.now();
    const all = await outcomes(Array.from({ length: 64 }, (_, n) => insert(n)));
    expect(new Set(all)).toEqual(new Set(['StoreUnavailable']));
    // One wait of 50 ms; 64 of them would be 3,200.
    expect(performance.now() - start).toBeLessThan(1_500);
    other.exec('ROLLBACK');
    other.close();
    expect(await commits.run(insert(7))).toBe(7);
  });

  it('commits what is waiting when it ends, and takes no more', async () => {
    const last = commits.run(insert(9));
    commits.end();
    expect(await last).toBe(9);
    await expect(commits.run(insert(10))).rejects.toBeInstanceOf(StoreUnavailable);
    expect(rows()).toEqual([9]);
  });
});
