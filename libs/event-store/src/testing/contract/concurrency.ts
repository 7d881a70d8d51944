import { RevisionConflict } from '../../event-store.js';
import type { Handles } from './harness.js';
import { event, idsOf, manyEvents, newStream, readWhole } from './samples.js';

export const describeConcurrency = (handles: Handles): void => {
  test('of two writers at the same revision one wins, in every round', async () => {
    const writers = [await handles.open(), await handles.open()];
    const stream = newStream();
    for (let revision = -1; revision < 39; revision++) {
      const expected = revision === -1 ? 'none' : revision;
      const outcomes = await Promise.allSettled(writers.map((store) => store.append(stream, [event()], expected)));

      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const lost = outcomes.find((each) => each.status === 'rejected');
      expect(lost?.reason).toBeInstanceOf(RevisionConflict);
      expect(lost?.reason).toMatchObject({ actual: revision + 1 });
    }
    expect(await readWhole(writers[0] as never, stream)).toHaveLength(40);
  });

  test('two writers never interleave their batches', async () => {
    const writers = [await handles.open(), await handles.open()];
    const stream = newStream();
    const batches = Array.from({ length: 20 }, () => manyEvents(5));

    await Promise.all(batches.map((batch, index) => writers[index % 2]!.append(stream, batch, 'any')));

    const stored = idsOf(await readWhole(writers[0] as never, stream));
    expect(stored).toHaveLength(100);
    for (const batch of batches) {
      const start = stored.indexOf(batch[0]?.id ?? '');
      expect(stored.slice(start, start + 5)).toEqual(idsOf(batch));
    }
  });

  test('a refused batch leaves its neighbours alone', async () => {
    const store = await handles.open();
    const streams = Array.from({ length: 10 }, newStream);

    const outcomes = await Promise.allSettled(
      streams.map((stream, index) => store.append(stream, manyEvents(3), index % 2 === 0 ? 'none' : 7)),
    );

    expect(outcomes.map(({ status }) => status)).toEqual(
      streams.map((_, index) => (index % 2 === 0 ? 'fulfilled' : 'rejected')),
    );
    for (const [index, stream] of streams.entries())
      expect(await readWhole(store, stream)).toHaveLength(index % 2 === 0 ? 3 : 0);
  });

  test('close waits for the appends under way', async () => {
    const store = await handles.open();
    const streams = Array.from({ length: 20 }, newStream);
    const appends = streams.map((stream) => store.append(stream, manyEvents(2), 'none'));

    await store.close();

    await Promise.all(appends);
    const other = await handles.open();
    for (const stream of streams) expect(await readWhole(other, stream)).toHaveLength(2);
  });
};
