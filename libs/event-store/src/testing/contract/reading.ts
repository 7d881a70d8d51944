import { StoreUnavailable } from '../../event-store.js';
import type { Handles } from './harness.js';
import {
  collect,
  eventsNamed,
  event,
  idsOf,
  manyEvents,
  newStream,
  readWhole,
  startingAfter,
  textOf,
} from './samples.js';

export const describeReading = (handles: Handles): void => {
  test('reads a stream in order, from a revision on, and no more than asked', async () => {
    const store = await handles.open();
    const stream = newStream();
    const ids = idsOf(await append(store, stream, 7));

    expect(idsOf(await collect(store.read(stream)))).toEqual(ids);
    expect(idsOf(await collect(store.read(stream, { from: 3 })))).toEqual(ids.slice(3));
    expect(idsOf(await collect(store.read(stream, { limit: 2 })))).toEqual(ids.slice(0, 2));
    expect(idsOf(await collect(store.read(stream, { from: 5, limit: 9 })))).toEqual(ids.slice(5));
    expect(await collect(store.read(stream, { from: 7 }))).toEqual([]);
    expect(await collect(store.read(stream, { limit: 0 }))).toEqual([]);
  });

  test('an unknown stream holds nothing', async () => {
    const store = await handles.open();
    expect(await readWhole(store, newStream())).toEqual([]);
  });

  test('a reader may stop in the middle', async () => {
    const store = await handles.open();
    const stream = newStream();
    const ids = idsOf(await append(store, stream, 50));

    const seen: string[] = [];
    for await (const { id } of store.read(stream)) if (seen.push(id) === 3) break;

    expect(seen).toEqual(ids.slice(0, 3));
    expect(await readWhole(store, stream)).toHaveLength(50);
  });

  test('reads long streams and long logs whole', async () => {
    const store = await handles.open();
    const start = await store.head();
    const stream = newStream();
    const ids: string[] = [];
    for (let batch = 0; batch < 4; batch++) {
      const events = manyEvents(301);
      await store.append(stream, events, batch === 0 ? 'none' : batch * 301 - 1);
      ids.push(...idsOf(events));
    }

    expect(idsOf(await readWhole(store, stream))).toEqual(ids);
    expect(idsOf(await collect(store.readAll(startingAfter(start))))).toEqual(ids);
  });

  test('reads the log in the order of its positions, after one of them, and no more than asked', async () => {
    const store = await handles.open();
    const start = await store.head();
    const [one, other] = [newStream(), newStream()];
    await store.append(one, eventsNamed('a', 'b'), 'none');
    await store.append(other, eventsNamed('c'), 'none');
    await store.append(one, eventsNamed('d', 'e'), 1);

    const all = await collect(store.readAll(startingAfter(start)));
    expect(all.map(({ stream }) => stream)).toEqual([one, one, other, one, one]);
    expect(all.map(textOf)).toEqual([...'abcde']);
    for (const [index, each] of all.entries()) {
      expect(idsOf(await collect(store.readAll({ after: each.position })))).toEqual(idsOf(all.slice(index + 1)));
      expect(idsOf(await collect(store.readAll({ after: each.position, limit: 2 })))).toEqual(
        idsOf(all.slice(index + 1, index + 3)),
      );
    }
  });

  test('positions rise strictly, are text, and compare as they were written', async () => {
    const store = await handles.open();
    const start = await store.head();
    for (let round = 0; round < 15; round++) await store.append(newStream(), manyEvents(2), 'none');

    const positions = (await collect(store.readAll(startingAfter(start)))).map(({ position }) => position);

    expect(new Set(positions).size).toBe(30);
    expect(JSON.parse(JSON.stringify(positions))).toEqual(positions);
    for (const [index, position] of positions.entries())
      for (const [otherIndex, other] of positions.entries())
        expect(Math.sign(store.compare(position, other))).toBe(Math.sign(index - otherIndex));
  });

  test('the head is the newest event', async () => {
    const store = await handles.open();
    if (handles.startsEmpty) expect(await store.head()).toBeNull();

    const { position } = await store.append(newStream(), [event()], 'none');
    expect(await store.head()).toBe(position);
    const next = await store.append(newStream(), manyEvents(3), 'none');
    expect(await store.head()).toBe(next.position);
  });

  test('nothing a store hands out breaks JSON', async () => {
    const store = await handles.open();
    const stream = newStream();
    const appended = await store.append(stream, [event()], 'none');

    expect(() => JSON.stringify([appended])).not.toThrow();
    const stored = await readWhole(store, stream);
    expect(() => JSON.stringify(stored)).not.toThrow();
    expect(Object.keys(stored[0] ?? {}).sort()).toEqual(['id', 'leaf', 'position', 'revision', 'stream', 'type']);
  });

  test('says whether it answers, and a closed store writes no more', async () => {
    const store = await handles.open();
    expect(await store.status()).toMatchObject({ reachable: true });

    await store.close();

    expect(await store.status()).toMatchObject({ reachable: false });
    await expect(store.append(newStream(), [event()], 'none')).rejects.toBeInstanceOf(StoreUnavailable);
  });

  const append = async (store: Awaited<ReturnType<Handles['open']>>, stream: string, count: number) => {
    const events = manyEvents(count);
    await store.append(stream, events, 'none');
    return events;
  };
};
