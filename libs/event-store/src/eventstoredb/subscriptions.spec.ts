import { randomUUID } from 'node:crypto';
import type { EventStore } from '../event-store.js';
import { follow } from '../testing/contract/follower.js';
import { collect, event, idsOf, manyEvents, newStream, until } from '../testing/contract/samples.js';
import { EventStoreDbDouble } from '../testing/eventstoredb-double/double.js';
import { openEventStoreDb } from './eventstoredb.js';

describe('a subscription that is interrupted', () => {
  let double: EventStoreDbDouble;
  let store: EventStore;

  beforeEach(async () => {
    double = await EventStoreDbDouble.start();
    store = openEventStoreDb(double.url, { resumeFirstMs: 20, resumeMostMs: 200 });
  });
  afterEach(async () => {
    await store.close();
    double.goAway();
  });

  const bystander = (type: string, stream: string, contentType: string) => ({
    stream,
    proposed: [{ id: randomUUID(), type, contentType, data: Buffer.from('{"a":1}'), metadata: Buffer.of() }],
  });

  test('by crashes of the server resumes without gap or repeat, while others write', async () => {
    const stream = newStream();
    const follower = follow(store, { batch: 5, perBatchMs: 2 });
    const written: string[] = [];
    for (let round = 0; round < 4; round++) {
      for (let append = 0; append < 10; append++) {
        const events = manyEvents(3);
        await store.append(stream, events, 'any');
        written.push(...idsOf(events));
      }
      double.goAway();
      await new Promise((resolve) => setTimeout(resolve, 30));
      await double.comeBack();
    }
    await follower.has(120);

    expect(idsOf(follower.seen)).toEqual(written);
    expect(idsOf(double.log.events)).toEqual(written);
    expect(double.seen.subscriptions).toBeGreaterThan(3);
    expect(follower.reentered).toBe(0);
  }, 20_000);

  test('by a server that ends it in good order, without an error, resumes too', async () => {
    const stream = newStream();
    const follower = follow(store);
    await store.append(stream, manyEvents(2), 'none');
    await follower.has(2);

    double.faults.subscriptionEnds.emit('end');
    await store.append(stream, manyEvents(2), 1);
    await follower.has(4);

    expect(follower.seen.map(({ revision }) => revision)).toEqual([0, 1, 2, 3]);
    expect(double.seen.subscriptions).toBe(2);
  });

  test('does not sit out its pause once somebody else has found the store back', async () => {
    await store.close();
    store = openEventStoreDb(double.url, { resumeFirstMs: 60_000, resumeMostMs: 60_000 });
    const follower = follow(store);
    await until('it follows', () => double.seen.openSubscriptions === 1);
    double.faults.subscriptionEnds.emit('end');
    await until('it does not', () => double.seen.openSubscriptions === 0);
    await new Promise((resolve) => setTimeout(resolve, 50));

    await store.append(newStream(), [event()], 'none');
    await follower.has(1);
  });

  test.each([
    ['a server that is electing', 14, 'Server Is Not Ready'],
    ['"consumer too slow" of servers up to 23.10', 10, 'Operation timed out: Consumer too slow'],
    ['a fault inside the server', 13, 'Received RST_STREAM with code 2'],
    ['an account without rights', 7, 'Access Denied'],
  ])('by %s keeps trying', async (_, code, details) => {
    double.faults.reads.push(...Array.from({ length: 4 }, () => ({ code, details })));
    const follower = follow(store);
    await until('it has been tried five times', () => double.seen.subscriptions >= 5);

    await store.append(newStream(), [event()], 'none');
    await follower.has(1);
  });

  test('by a server that never confirms gives that call up', async () => {
    await store.close();
    store = openEventStoreDb(double.url, { readTimeoutMs: 150, resumeFirstMs: 20, resumeMostMs: 100 });
    double.faults.silentReads = true;
    const follower = follow(store);
    await until('it was tried again', () => double.seen.subscriptions >= 2);
    double.faults.silentReads = false;

    await store.append(newStream(), [event()], 'none');
    await follower.has(1);
    await until('the silent calls are closed', () => double.seen.openSubscriptions === 1);
  });

  test('resumes behind what was handled, not behind what was received', async () => {
    await store.append(newStream(), manyEvents(50), 'none');
    const handled: string[] = [];
    let release: () => void = () => undefined;
    const subscription = store.subscribe({ batch: 10 }, async (events) => {
      if (handled.length === 0) await new Promise<void>((resolve) => (release = resolve));
      handled.push(...idsOf(events));
    });
    await until('the first batch is held', () => double.seen.sentToSubscriptions === 50);
    double.goAway();
    await double.comeBack();
    release();
    await until('all came', () => handled.length >= 50);

    expect(handled).toEqual(idsOf(double.log.events));
    await subscription.stop();
  });

  test('a slow handler holds the server back instead of filling memory', async () => {
    const leaf = Buffer.from(JSON.stringify('x'.repeat(1_000)));
    for (let batch = 0; batch < 20; batch++)
      double.log.append(
        newStream(),
        Array.from({ length: 500 }, () => ({
          id: randomUUID(),
          type: 'a.v1',
          contentType: 'application/octet-stream',
          data: leaf,
          metadata: Buffer.of(),
        })),
        'any',
      );
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let seen = 0;
    const subscription = store.subscribe({ batch: 50 }, async (events) => {
      seen += events.length;
      if (seen <= 50) await held;
    });
    await until('the first batch is held', () => seen > 0);
    await new Promise((resolve) => setTimeout(resolve, 300));

    expect(double.seen.sentToSubscriptions).toBeLessThan(1_000);
    release();
    await until('all came', () => seen === 10_000);
    await subscription.stop();
  });

  test('leaves nothing open on the server', async () => {
    await store.append(newStream(), manyEvents(600), 'none');
    for await (const _ of store.readAll()) break;
    for await (const _ of store.read(newStream())) break;
    const stopped = follow(store);
    await stopped.has(600);
    await stopped.subscription.stop();
    const failed = store.subscribe({}, () => Promise.reject(new Error('no')));
    await failed.closed.catch(() => undefined);

    await until('every call is closed', () => double.seen.openReads + double.seen.openSubscriptions === 0);
  });

  test("the server's own events and other applications' are passed over, and resumed behind", async () => {
    const mine = event();
    await store.append(newStream(), [mine], 'none');
    for (let index = 0; index < 600; index++) {
      const { stream, proposed } =
        index % 2 === 0
          ? bystander('$statsCollected', '$stats-127.0.0.1:2113', 'application/octet-stream')
          : bystander('order-placed', 'order-1', 'application/json');
      double.log.append(stream, proposed, 'any');
    }
    const follower = follow(store);
    await follower.has(1);

    expect(idsOf(await collect(store.readAll()))).toEqual([mine.id]);
    expect(await store.head()).toBe(follower.seen[0]?.position);

    await until('it has passed over all of them', () => double.seen.sentToSubscriptions === 601);
    await new Promise((resolve) => setTimeout(resolve, 50));
    double.faults.subscriptionEnds.emit('end');
    const next = event();
    await store.append(newStream(), [next], 'none');
    await follower.has(2);
    expect(idsOf(follower.seen)).toEqual([mine.id, next.id]);
    expect(double.seen.sentToSubscriptions).toBe(602);
    expect(idsOf(await collect(store.readAll({ after: follower.seen[0]?.position ?? '' })))).toEqual([next.id]);
  });
});
