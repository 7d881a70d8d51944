import { MAX_LEAF_BYTES, RevisionConflict } from '../../event-store.js';
import type { Handles } from './harness.js';
import { event, eventsNamed, idsOf, newStream, readWhole } from './samples.js';

/** Leaves that a JSON round trip, a text column or a UTF-16 detour would change. */
const AWKWARD_LEAVES: Record<string, Uint8Array> = {
  'keys that are not in order': Buffer.from('{"z":1,"a":{"c":3,"b":2},"10":0,"9":0}'),
  'emoji and text from right to left': Buffer.from('{"said":"بيتنا بارد 🏠🥶 שלום","by":"👩🏽‍🦽"}'),
  'escapes and numbers that reformat': Buffer.from(
    '{"a":"\\u00e9\\u0000\\/","b":1.0,"c":1e2,"d":12345678901234567890}',
  ),
  'text that is not in normal form C': Buffer.from('{"cafe":"cafe\u0301"}'),
  'bytes that are not UTF-8': Uint8Array.of(0xff, 0x00, 0xc3, 0x28, 0x80),
  'the largest leaf': Buffer.from(JSON.stringify('ä'.repeat((MAX_LEAF_BYTES - 3) / 2)) + ' '),
};

export const describeAppending = (handles: Handles): void => {
  test.each(Object.entries(AWKWARD_LEAVES))('gives back byte for byte: %s', async (_, leaf) => {
    const store = await handles.open();
    const stream = newStream();
    const sent = { ...event(), leaf };

    await store.append(stream, [sent], 'none');

    const [stored] = await readWhole(store, stream);
    expect(Buffer.from(stored?.leaf ?? []).equals(leaf)).toBe(true);
    expect(stored).toMatchObject({ id: sent.id, type: sent.type, stream, revision: 0 });
  });

  test('numbers the events of a stream from 0 without gaps, across appends', async () => {
    const store = await handles.open();
    const stream = newStream();

    expect((await store.append(stream, eventsNamed('a', 'b', 'c'), 'none')).revision).toBe(2);
    expect((await store.append(stream, eventsNamed('d'), 2)).revision).toBe(3);
    expect((await store.append(stream, eventsNamed('e', 'f'), 'any')).revision).toBe(5);

    expect((await readWhole(store, stream)).map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('answers the position of the last event, the same that a read gives', async () => {
    const store = await handles.open();
    const stream = newStream();

    const { position } = await store.append(stream, eventsNamed('a', 'b', 'c'), 'none');

    expect((await readWhole(store, stream)).at(-1)?.position).toBe(position);
    expect(JSON.parse(JSON.stringify({ position }))).toEqual({ position });
    expect(typeof position).toBe('string');
  });

  test('makes a stream with "any" and goes on with "any"', async () => {
    const store = await handles.open();
    const stream = newStream();

    expect((await store.append(stream, eventsNamed('a'), 'any')).revision).toBe(0);
    expect((await store.append(stream, eventsNamed('b'), 'any')).revision).toBe(1);
  });

  test.each([
    ['"none" on a stream that exists', 2, 'none', 1],
    ['a revision behind', 3, 1, 2],
    ['a revision ahead', 1, 4, 0],
    ['a revision on a stream that does not exist', 0, 0, 'none'],
  ] as const)('refuses %s and says where the stream is', async (_, length, expected, actual) => {
    const store = await handles.open();
    const stream = newStream();
    if (length > 0) await store.append(stream, eventsNamed(...'abc'.slice(0, length)), 'none');

    const refused = await store.append(stream, eventsNamed('late'), expected).catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(RevisionConflict);
    expect(refused).toMatchObject({ stream, expected, actual });
    expect(await readWhole(store, stream)).toHaveLength(length);
  });

  test('keeps streams apart: the revision of one says nothing about another', async () => {
    const store = await handles.open();
    const [one, other] = [newStream(), newStream()];

    await store.append(one, eventsNamed('a', 'b'), 'none');
    await store.append(other, eventsNamed('c'), 'none');

    expect((await store.append(one, eventsNamed('d'), 1)).revision).toBe(2);
    expect((await store.append(other, eventsNamed('e'), 0)).revision).toBe(1);
  });

  test('what was acknowledged is there for whoever opens the log afterwards', async () => {
    const writer = await handles.open();
    const stream = newStream();
    const events = eventsNamed('a', 'b');
    const { position } = await writer.append(stream, events, 'none');
    await writer.close();

    const reader = await handles.open();
    const stored = await readWhole(reader, stream);
    expect(idsOf(stored)).toEqual(idsOf(events));
    expect(stored.at(-1)?.position).toBe(position);
  });
};
