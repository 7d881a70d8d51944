import { randomUUID } from 'node:crypto';
import { type EventStore, RevisionConflict, StoreUnavailable } from '../event-store.js';
import { event, idsOf, manyEvents, newStream, readWhole } from '../testing/contract/samples.js';
import { EventStoreDbDouble } from '../testing/eventstoredb-double/double.js';
import { type EventStoreDbOptions, openEventStoreDb } from './eventstoredb.js';

/** Appends under every fault the double knows, through both calls the client has for them. */
describe.each(['single', 'batch'] as const)('an append that goes wrong (%s)', (appendCall) => {
  let double: EventStoreDbDouble;
  let store: EventStore;
  const open = (options: EventStoreDbOptions = {}): EventStore =>
    (store = openEventStoreDb(double.url, { appendCall, appendTimeoutMs: 150, appendBudgetMs: 5_000, ...options }));

  beforeEach(async () => {
    double = await EventStoreDbDouble.start();
  });
  afterEach(async () => {
    await store.close();
    double.goAway();
  });

  test('uses the call it should', async () => {
    await open().append(newStream(), [event()], 'none');
    expect([double.seen.appends, double.seen.batchAppends]).toEqual(appendCall === 'single' ? [1, 0] : [0, 1]);
  });

  test.each([
    ['the answer is lost with the call', 'write-then-cut'],
    ['the answer never comes', 'write-then-silence'],
    ['the answer comes too late', { lateMs: 500 }],
    ['the call is cut before anything is written', 'cut'],
    ['nothing happens at all', 'silence'],
  ] as const)(
    'when %s, a retry writes nothing twice',
    async (_, fault) => {
      open();
      const stream = newStream();
      await store.append(stream, manyEvents(2), 'none');
      for (const expected of [1, 'any'] as const) {
        double.faults.appends.push(fault);
        const batch = manyEvents(2);
        const before = double.log.of(stream).length;

        const appended = await store.append(stream, batch, expected);

        const stored = await readWhole(store, stream);
        expect(idsOf(stored.slice(before))).toEqual(idsOf(batch));
        expect(appended).toEqual({ revision: before + 1, position: stored.at(-1)?.position });
      }
      double.faults.appends.push(fault);
      const other = newStream();
      expect((await store.append(other, [event()], 'none')).revision).toBe(0);
      expect(double.log.of(other)).toHaveLength(1);
    },
    15_000,
  );

  test('an "any" append is found again even when the server has forgotten its ids', async () => {
    open();
    const stream = newStream();
    const batch = manyEvents(3);
    await store.append(stream, manyEvents(1), 'none');
    double.faults.appends.push('write-then-silence');

    const appending = store.append(stream, batch, 'any');
    while (double.log.of(stream).length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    double.log.forgetRecentIds();

    expect((await appending).revision).toBe(3);
    expect(double.log.of(stream)).toHaveLength(4);
  });

  test('a conflict that its own first attempt caused is a success', async () => {
    open();
    const stream = newStream();
    const batch = manyEvents(2);
    double.faults.appends.push('write-then-cut', 'write-then-conflict');

    expect((await store.append(stream, batch, 'none')).revision).toBe(1);
    expect(idsOf(double.log.of(stream))).toEqual(idsOf(batch));
  });

  test('a conflict that somebody else caused in between stays one', async () => {
    open();
    const stream = newStream();
    double.faults.appends.push('silence');

    const appending = store.append(stream, manyEvents(2), 'none').catch((error: unknown) => error);
    const foreign = () => ({
      id: randomUUID(),
      type: 'a.v1',
      contentType: 'application/octet-stream',
      data: Buffer.from('{}'),
      metadata: Buffer.of(),
    });
    double.log.append(stream, [foreign(), foreign()], 'no_stream');

    const refused = await appending;
    expect(refused).toBeInstanceOf(RevisionConflict);
    expect(refused).toMatchObject({ actual: 1, expected: 'none' });
    expect(double.log.of(stream)).toHaveLength(2);
  });

  test('one that is never answered ends as unavailable, in time, and says that the outcome is not known', async () => {
    open({ appendTimeoutMs: 200, appendBudgetMs: 900 });
    double.faults.appends.push(...Array.from({ length: 50 }, () => 'silence' as const));
    const startedAt = Date.now();

    const refused = await store.append(newStream(), [event()], 'none').catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(StoreUnavailable);
    expect((refused as Error).message).toContain('not known whether');
    expect(Date.now() - startedAt).toBeLessThan(2_500);
  });

  test('one that is sent to a follower goes to the leader the answer names', async () => {
    const leader = await EventStoreDbDouble.start();
    double.faults.leader = { host: '127.0.0.1', port: leader.port };
    double.faults.appends.push(...Array.from({ length: 50 }, () => 'not-leader' as const));
    const stream = newStream();

    await open().append(stream, [event()], 'none');

    expect(leader.log.of(stream)).toHaveLength(1);
    expect(double.log.of(stream)).toHaveLength(0);
    leader.goAway();
  });

  test('one to a stream that was deleted in the store is refused at once', async () => {
    open();
    const stream = newStream();
    double.log.tombstones.add(stream);

    await expect(store.append(stream, [event()], 'none')).rejects.toThrow(/was deleted/);
    expect(double.seen.appends + double.seen.batchAppends).toBe(1);
  });

  test('an answer without a position is completed from the event', async () => {
    open();
    const stream = newStream();
    const batch = manyEvents(2);
    const first = await store.append(stream, batch, 'none');
    double.log.omitPositionOnRetry = true;

    expect(await store.append(stream, batch, 'none')).toEqual(first);
  });

  test('many writers meet a server that keeps breaking: nothing lost, nothing twice', async () => {
    open({ appendTimeoutMs: 200, appendBudgetMs: 10_000 });
    const stream = newStream();
    double.faults.appends.push(
      ...(['write-then-cut', 'cut', 'write-then-silence', 'silence', { lateMs: 400 }, 'write-then-cut'] as const),
    );
    const batches = Array.from({ length: 30 }, () => manyEvents(2));

    await Promise.all(batches.map((batch) => store.append(stream, batch, 'any')));

    const stored = idsOf(double.log.of(stream));
    expect(stored.sort()).toEqual(batches.flatMap(idsOf).sort());
  }, 20_000);
});
