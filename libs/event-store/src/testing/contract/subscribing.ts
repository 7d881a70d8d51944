import { follow } from './follower.js';
import type { Handles } from './harness.js';
import { collect, event, idsOf, manyEvents, newStream, startingAfter } from './samples.js';

export const describeSubscribing = (handles: Handles): void => {
  test('hands over everything from the beginning, then what comes', async () => {
    const store = await handles.open();
    const stream = newStream();
    const [before, after] = [manyEvents(30), manyEvents(5)];
    await store.append(stream, before, 'none');

    // A shared server holds other people's events as well.
    const follower = follow(store, { only: new Set([stream]) });
    await follower.has(30);
    await store.append(stream, after, 29);
    await follower.has(35);

    expect(idsOf(follower.seen)).toEqual(idsOf([...before, ...after]));
  });

  test('hands over what stands after a position, not the event at it', async () => {
    const store = await handles.open();
    const stream = newStream();
    const { position } = await store.append(stream, manyEvents(4), 'none');
    const later = manyEvents(3);
    await store.append(stream, later, 3);

    const follower = follow(store, { after: position });
    await follower.has(3);

    expect(idsOf(follower.seen)).toEqual(idsOf(later));
  });

  test('hands over what another handle writes', async () => {
    const [store, writer] = [await handles.open(), await handles.open()];
    const follower = follow(store, startingAfter(await store.head()));

    const first = event();
    await writer.append(newStream(), [first], 'none');
    await follower.has(1);

    expect(idsOf(follower.seen)).toEqual([first.id]);
  });

  test('from catching up to live under four writers: no gap, no repeat, in order', async () => {
    const stores = await Promise.all([handles.open(), handles.open()]);
    const store = stores[0];
    const start = await store.head();
    for (let round = 0; round < 5; round++) await store.append(newStream(), manyEvents(40), 'none');

    const follower = follow(store, { ...startingAfter(start), batch: 32 });
    await Promise.all(
      Array.from({ length: 4 }, async (_, writer) => {
        const stream = newStream();
        for (let round = 0; round < 25; round++)
          await stores[writer % 2]?.append(stream, manyEvents(3), round === 0 ? 'none' : round * 3 - 1);
      }),
    );
    await follower.has(500);

    expect(idsOf(follower.seen)).toEqual(idsOf(await collect(store.readAll(startingAfter(start)))));
    expect(new Set(idsOf(follower.seen)).size).toBe(500);
    expect(follower.reentered).toBe(0);
  });

  test('never more in a batch than asked, never an empty one', async () => {
    const store = await handles.open();
    const start = await store.head();
    await store.append(newStream(), manyEvents(100), 'none');

    const follower = follow(store, { ...startingAfter(start), batch: 7 });
    await follower.has(100);

    expect(Math.max(...follower.batches)).toBeLessThanOrEqual(7);
    expect(Math.min(...follower.batches)).toBeGreaterThan(0);
  });

  test('a slow handler is not called again before it has finished', async () => {
    const store = await handles.open();
    const follower = follow(store, { ...startingAfter(await store.head()), batch: 4, perBatchMs: 20 });

    const stream = newStream();
    for (let round = 0; round < 10; round++)
      await store.append(stream, manyEvents(2), round === 0 ? 'none' : round * 2 - 1);
    await follower.has(20);

    expect(follower.reentered).toBe(0);
    expect(follower.seen.map(({ revision }) => revision)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  test('two subscriptions do not take from each other', async () => {
    const store = await handles.open();
    const start = startingAfter(await store.head());
    const [one, other] = [follow(store, start), follow(store, { ...start, batch: 3 })];

    const events = manyEvents(20);
    await store.append(newStream(), events, 'none');
    await Promise.all([one.has(20), other.has(20)]);

    expect(idsOf(one.seen)).toEqual(idsOf(events));
    expect(idsOf(other.seen)).toEqual(idsOf(events));
  });
};
