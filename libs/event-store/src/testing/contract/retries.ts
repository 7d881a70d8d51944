import { type ExpectedRevision, RevisionConflict } from '../../event-store.js';
import type { Handles } from './harness.js';
import { event, eventsNamed, newStream, readWhole } from './samples.js';

export const describeRetries = (handles: Handles): void => {
  const EXPECTATIONS: [string, string[], ExpectedRevision][] = [
    ['an exact revision', ['before'], 0],
    ['"none"', [], 'none'],
    ['"any"', ['before'], 'any'],
  ];

  test.each(EXPECTATIONS)('answers a retry with %s by the first result', async (_, before, expected) => {
    const store = await handles.open();
    const stream = newStream();
    if (before.length > 0) await store.append(stream, eventsNamed(...before), 'none');
    const batch = eventsNamed('a', 'b');

    const first = await store.append(stream, batch, expected);
    const second = await store.append(stream, batch, expected);

    expect(second).toEqual(first);
    expect(await readWhole(store, stream)).toHaveLength(before.length + 2);
  });

  test.each(EXPECTATIONS)('still does so with %s when the stream has gone on', async (_, before, expected) => {
    const store = await handles.open();
    const stream = newStream();
    if (before.length > 0) await store.append(stream, eventsNamed(...before), 'none');
    const batch = eventsNamed('a', 'b');
    const first = await store.append(stream, batch, expected);
    await store.append(stream, eventsNamed('later'), first.revision);

    expect(await store.append(stream, batch, expected)).toEqual(first);
    expect(await readWhole(store, stream)).toHaveLength(before.length + 3);
  });

  test('does so through another handle as well', async () => {
    const [one, other] = [await handles.open(), await handles.open()];
    const stream = newStream();
    const batch = eventsNamed('a', 'b');

    const first = await one.append(stream, batch, 'none');

    expect(await other.append(stream, batch, 'none')).toEqual(first);
  });

  test('ten retries at once write once', async () => {
    const store = await handles.open();
    const stream = newStream();
    const batch = eventsNamed('a', 'b', 'c');

    const results = await Promise.all(Array.from({ length: 10 }, () => store.append(stream, batch, 'none')));

    expect(new Set(results.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(await readWhole(store, stream)).toHaveLength(3);
  });

  test('refuses a batch of which only a part was written before', async () => {
    const store = await handles.open();
    const stream = newStream();
    const [a, b] = eventsNamed('a', 'b');
    if (!a || !b) throw new Error('unreachable');
    await store.append(stream, [a], 'none');

    await expect(store.append(stream, [a, b], 'none')).rejects.toBeInstanceOf(RevisionConflict);
    await expect(store.append(stream, [a, b], 'any')).rejects.toBeInstanceOf(RevisionConflict);

    expect(await readWhole(store, stream)).toHaveLength(1);
  });

  test('other ids at a revision that is taken are a conflict, not a retry', async () => {
    const store = await handles.open();
    const stream = newStream();
    await store.append(stream, [event('mine')], 'none');

    await expect(store.append(stream, [event('mine')], 'none')).rejects.toMatchObject({ actual: 0 });
  });
};
