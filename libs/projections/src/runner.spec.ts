import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EventStore } from '#event-store/event-store';
import type { Projection } from './projection.js';
import { openReadDatabase } from './read-database.js';
import { rebuild } from './rebuild.js';
import type { Rows } from './rows.js';
import { ProjectionRunner } from './runner.js';
import { append, appendMany, type Bench, codec, contentsOf, openBench, tally } from './testing/tallies.js';

const QUICK = 40;
const nothing = () => undefined;

describe('projections', () => {
  let bench: Bench;
  let runners: ProjectionRunner[];
  let opened: Rows[];
  beforeEach(() => {
    bench = openBench();
    runners = [];
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(runners.map((each) => each.stop()));
    opened.forEach(({ db }) => db.isOpen && db.close());
    await bench.remove();
  });
  const open = (name = 'read.db'): Rows => {
    const rows = openReadDatabase(join(bench.folder, name));
    opened.push(rows);
    return rows;
  };
  const run = (rows: Rows, projections: readonly Projection[], store: EventStore = bench.store): ProjectionRunner => {
    const runner = new ProjectionRunner(store, codec, rows, projections, nothing, QUICK);
    runners.push(runner);
    runner.start();
    return runner;
  };
  const until = async (isSo: () => boolean) => {
    for (let tries = 0; !isSo(); tries++) {
      if (tries > 400) throw new Error('it did not come');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const totals = (rows: Rows, name = 'tally') =>
    rows.get<{ n: number }>(`SELECT coalesce(sum(times), 0) AS n FROM ${name}`)?.n;
  const whole = (rows: Rows, projection: Projection) =>
    rebuild({ store: bench.store, codec, live: rows, opener: nothing }, projection, join(bench.folder, 'beside.db'));

  it('live, in one batch, one by one, and rebuilt: the same rows to the byte', async () => {
    const [live, batch, single] = [open('live.db'), open('batch.db'), open('single.db')];
    const following = run(live, [tally()]);
    for (let part = 0; part < 6; part++) await following.caughtUp(await appendMany(bench.store, 60, part * 60));
    await run(batch, [tally()]).caughtUp(await bench.store.head());
    const oneByOne = Object.assign(Object.create(bench.store) as EventStore, {
      subscribe: (options: object, handle: never) => bench.store.subscribe({ ...options, batch: 1 }, handle),
    });
    await run(single, [tally()], oneByOne).caughtUp(await bench.store.head());
    const before = contentsOf(live, tally());
    expect(totals(live)).toBe(324);
    expect([contentsOf(batch, tally()), contentsOf(single, tally())]).toEqual([before, before]);
    expect(await whole(live, tally())).toEqual({ events: 360 });
    expect(contentsOf(live, tally())).toBe(before);
  });

  it('goes on after a restart where rows and checkpoint stood', async () => {
    const rows = open();
    const first = run(rows, [tally()]);
    await first.caughtUp(await appendMany(bench.store, 50));
    await first.stop();
    const last = await appendMany(bench.store, 50, 50);
    await run(rows, [tally()]).caughtUp(last);
    expect(totals(rows)).toBe(90);
  });

  it('shows a projection that stopped, names the event and not what it says, lets others go on, and heals by itself', async () => {
    let isBroken = true;
    const rows = open();
    const runner = run(rows, [tally('good'), tally('bad', { fails: (n) => isBroken && n === 30 }), tally('more')]);
    expect(await runner.caughtUp(await appendMany(bench.store, 60))).toBe(true);
    const stalled = runner.status().filter((each) => each.stalled !== undefined);
    expect(stalled).toEqual([
      expect.objectContaining({
        name: 'bad',
        stalled: expect.stringMatching(/^bad stopped at tally-t2 revision \d+ \(position 0+31\)$/) as string,
      }),
    ]);
    expect(JSON.stringify(runner.status())).not.toContain('secret');
    // All before the fault is kept, nothing of the event that failed.
    expect(rows.get(`SELECT max(n) AS n, count(*) AS c FROM bad_seen`)).toEqual({ n: 28, c: 27 });
    expect([totals(rows, 'good'), totals(rows, 'more')]).toEqual([54, 54]);
    await runner.caughtUp(await appendMany(bench.store, 10, 60));
    expect(totals(rows, 'good')).toBe(63);

    isBroken = false;
    await until(() => runner.status().every((each) => each.stalled === undefined));
    expect(totals(rows, 'bad')).toBe(63);
    await runner.caughtUp(await appendMany(bench.store, 10, 70));
    expect(totals(rows, 'bad')).toBe(72);
  });

  it('skips and counts a type it does not know, and never skips what it cannot read', async () => {
    const rows = open();
    const runner = run(rows, [tally(), tally('second')]);
    await append(bench.store, 't1', 'invented-later.v1', { x: 1 });
    await runner.caughtUp(await append(bench.store, 't1', 'counted.v1', { n: 5 }));
    expect(runner.status().map(({ skipped }) => skipped)).toEqual([1, 1]);
    expect(totals(rows)).toBe(1);

    await bench.store.append(
      'tally-t9',
      [{ id: '00000000-0000-4000-8000-000000000001', type: 'counted.v1', leaf: Buffer.from('{"torn') }],
      'any',
    );
    expect(await runner.caughtUp(await append(bench.store, 't1', 'counted.v1', { n: 6 }))).toBe(true);
    expect(runner.status().map(({ stalled }) => stalled)).toEqual([
      expect.stringContaining('tally stopped at tally-t9 revision 0'),
      expect.stringContaining('second stopped at tally-t9 revision 0'),
    ]);
    expect(totals(rows)).toBe(1);
    await expect(whole(rows, tally())).rejects.toThrow('tally stopped at tally-t9 revision 0');
    expect(totals(rows)).toBe(1);
  });

  it('follows again after the log could not be read, and says meanwhile that it does not', async () => {
    let isAway = false;
    const moody = Object.assign(Object.create(bench.store) as EventStore, {
      subscribe: (options: object, handle: (batch: never) => Promise<void>) =>
        bench.store.subscribe(options, async (batch) => {
          if (isAway) throw new Error('disk I/O error');
          return handle(batch as never);
        }),
    });
    const rows = open();
    const runner = run(rows, [tally()], moody);
    await runner.caughtUp(await appendMany(bench.store, 20));
    isAway = true;
    await appendMany(bench.store, 20, 20);
    await until(() => runner.status()[0]?.stalled === 'the log cannot be followed');
    isAway = false;
    await until(() => totals(rows) === 36);
    expect(runner.status()[0]?.stalled).toBeUndefined();
  });

  it('waits for what was just written, and no longer than it was told', async () => {
    const runner = run(open(), [tally()]);
    expect(await runner.caughtUp(null)).toBe(true);
    expect(await runner.caughtUp('0000000000000001', 30)).toBe(false);
  });

  it('builds a projection of a new version anew', async () => {
    const rows = open();
    const first = run(rows, [tally()]);
    await first.caughtUp(await appendMany(bench.store, 20));
    await first.stop();
    const second = run(rows, [tally('tally', { version: 2 }), tally('young')]);
    await second.caughtUp(await appendMany(bench.store, 1, 20));
    expect(rows.get(`SELECT sum(total) AS n FROM tally`)).toEqual(rows.get(`SELECT 2 * sum(total) AS n FROM young`));
    expect(totals(rows)).toBe(19);
  });

  it('two processes on one read database apply every event once', async () => {
    const [one, two] = [open(), open()];
    const both = [run(one, [tally(), tally('other')]), run(two, [tally(), tally('other')])];
    for (let part = 0; part < 5; part++) {
      const last = await appendMany(bench.store, 40, part * 40);
      expect(await Promise.all(both.map((each) => each.caughtUp(last)))).toEqual([true, true]);
    }
    expect([totals(one), totals(two, 'other')]).toEqual([180, 180]);
    const live = contentsOf(one, tally());
    const [again, fresh] = [open('again.db'), open('fresh.db')];
    await whole(again, tally());
    await run(fresh, [tally()]).caughtUp(await bench.store.head());
    expect([contentsOf(again, tally()), contentsOf(fresh, tally())]).toEqual([live, live]);
  });

  it('swaps a rebuilt read model in while readers are open, and another process stays current', async () => {
    const [mine, theirs] = [open(), open()];
    const server = run(mine, [tally()]);
    const command = run(theirs, [tally()]);
    await server.caughtUp(await appendMany(bench.store, 300));
    const reader = new DatabaseSync(join(bench.folder, 'read.db'));
    reader.exec('BEGIN');
    const seen = () => reader.prepare('SELECT sum(times) AS n FROM tally').get();
    expect(seen()).toEqual({ n: 270 });
    mine.run('UPDATE tally SET total = 0');
    const parts = { store: bench.store, codec, live: theirs, opener: nothing, runner: command };
    let more: Promise<string> | undefined;
    await rebuild(parts, tally(), join(bench.folder, 'beside.db'), () => {
      more ??= appendMany(bench.store, 100, 300);
    });
    expect(seen()).toEqual({ n: 270 });
    reader.exec('ROLLBACK');
    reader.close();
    await server.caughtUp((await more) ?? null);
    await until(() => totals(mine) === 360);
    expect(mine.get('SELECT min(total) > 0 AS good FROM tally')).toEqual({ good: 1 });
    expect(server.status().every(({ stalled }) => stalled === undefined)).toBe(true);
  });

  it('a projection that another process mended is followed again', async () => {
    let isBroken = true;
    const [mine, theirs] = [open(), open()];
    const broken = tally('tally', { fails: () => isBroken });
    const server = run(mine, [broken]);
    const last = await appendMany(bench.store, 20);
    await server.caughtUp(last);
    expect(server.status()[0]?.stalled).toContain('position');
    const other = run(theirs, [tally()]);
    await other.caughtUp(last);
    isBroken = false;
    await until(() => server.status()[0]?.stalled === undefined);
    await server.caughtUp(await appendMany(bench.store, 20, 20));
    expect(totals(mine)).toBe(36);
  });
});
