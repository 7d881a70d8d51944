import { AppendTooLarge, type EventToAppend, MAX_APPEND_BYTES, MAX_LEAF_BYTES } from '../../event-store.js';
import type { Handles } from './harness.js';
import { event, newStream, readWhole } from './samples.js';

export const describeRefusals = (handles: Handles): void => {
  const refusalOf = async (events: EventToAppend[], stream = newStream()): Promise<unknown> => {
    const store = await handles.open();
    const refused = await store.append(stream, events, 'any').then(
      () => 'accepted',
      (error: unknown) => error,
    );
    if (!stream.startsWith('$')) expect(await readWhole(store, stream)).toEqual([]);
    return refused;
  };

  test('refuses an empty batch', async () => {
    expect(await refusalOf([])).toBeInstanceOf(TypeError);
  });

  test('refuses a leaf that no tile entry could hold, and names its size', async () => {
    const refused = await refusalOf([{ ...event(), leaf: new Uint8Array(MAX_LEAF_BYTES + 1) }]);
    expect(refused).toBeInstanceOf(AppendTooLarge);
    expect(refused).toMatchObject({ bytes: MAX_LEAF_BYTES + 1, limit: MAX_LEAF_BYTES });
  });

  test('refuses a batch above the limit of one append, and names its size', async () => {
    const count = Math.floor(MAX_APPEND_BYTES / MAX_LEAF_BYTES) + 1;
    const refused = await refusalOf(
      Array.from({ length: count }, () => ({ ...event(), leaf: new Uint8Array(MAX_LEAF_BYTES) })),
    );
    expect(refused).toBeInstanceOf(AppendTooLarge);
    expect(refused).toMatchObject({ bytes: count * MAX_LEAF_BYTES, limit: MAX_APPEND_BYTES });
  });

  test.each(['', 'not-a-uuid', '00000000-0000-4000-8000-00000000000', "'; DROP TABLE event; --"])(
    'refuses the event id "%s"',
    async (id) => {
      expect(await refusalOf([{ ...event(), id }])).toBeInstanceOf(TypeError);
    },
  );

  test('refuses the same id twice in one batch', async () => {
    const once = event();
    expect(await refusalOf([once, { ...event(), id: once.id }])).toBeInstanceOf(TypeError);
  });

  test.each(['$system-1', '$$decision-1', '', 'nodash', 'has space-1 2'])(
    'refuses the stream name "%s"',
    async (stream) => {
      const store = await handles.open();
      await expect(store.append(stream, [event()], 'any')).rejects.toBeInstanceOf(TypeError);
    },
  );

  test('refuses an event type that only a server may use', async () => {
    expect(await refusalOf([event('a', '$metadata')])).toBeInstanceOf(TypeError);
  });

  test('one bad event refuses its whole batch', async () => {
    const refused = await refusalOf([event(), { ...event(), leaf: new Uint8Array(MAX_LEAF_BYTES + 1) }, event()]);
    expect(refused).toBeInstanceOf(AppendTooLarge);
  });
};
