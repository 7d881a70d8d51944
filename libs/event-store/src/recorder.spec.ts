import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { personal } from '#kernel/personal';
import { refuse } from '#kernel/refusal';
import { nowAt } from '#kernel/time';
import { Codec } from './codec.js';
import { type EventStore, RevisionConflict, type StoredEvent, StoreUnavailable } from './event-store.js';
import { randomId } from './ids.js';
import { decodeLeaf } from './leaf.js';
import { type CommandContext, Recorder } from './recorder.js';
import { openSqliteEventStore } from './sqlite/sqlite-event-store.js';
import { type E, map, MemorySealer, type Sum, sum } from './testing/sums.js';

const now = nowAt(new Date('2026-11-23T12:00:00.000Z'));
const context = (commandId = randomId(), more: Partial<CommandContext> = {}): CommandContext => ({
  commandId,
  actor: { role: 'chair', ref: 'r' },
  now,
  ...more,
});
const add =
  (n: number) =>
  (state: Sum): readonly E[] => [
    ...(state.authority ? [] : [{ type: 'Opened', data: { authority: 'essex' } } as const]),
    { type: 'Counted', data: { n } },
  ];
const note =
  (...subjects: string[]) =>
  (): readonly E[] =>
    subjects.map((of) => ({ type: 'Noted', data: { note: personal(of, `of ${of}`) } }));

describe('the recorder', () => {
  let folder: string;
  let store: EventStore;
  let sealer: MemorySealer;
  let recorder: Recorder;
  const codec = new Codec([map]);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'recorder-'));
    store = openSqliteEventStore(join(folder, 'log.db'));
    sealer = new MemorySealer();
    recorder = new Recorder(store, codec, sealer);
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const stored = async (stream = 'sum-1'): Promise<StoredEvent[]> => {
    const all: StoredEvent[] = [];
    for await (const each of store.read(stream)) all.push(each);
    return all;
  };
  const types = async (stream?: string) => (await stored(stream)).map(({ type }) => type.replace('.v1', ''));

  it('given nothing, when a command is recorded, then its events stand with who, when, why and what about', async () => {
    const command = randomId();
    const acted = await recorder.act(
      sum,
      '1',
      context(command, { occurredAt: '2026-11-01T00:00:00.000Z', causedBy: ['e0'], correlation: 'x' }),
      add(2),
    );
    const [opened, counted] = await stored();
    expect(acted).toEqual({
      stream: 'sum-1',
      position: counted?.position,
      eventIds: [opened?.id, counted?.id],
      repeated: false,
    });
    expect(decodeLeaf(counted?.leaf ?? new Uint8Array())).toEqual({
      v: 1, id: counted?.id, stream: 'sum-1', rev: 1, type: 'counted.v1',
      occurredAt: '2026-11-01T00:00:00.000Z', recordedAt: now.instant,
      actor: { role: 'chair', ref: 'r' }, about: { authority: 'essex' },
      cause: { command, correlation: 'x', events: ['e0'] }, data: { n: 2 }, sealed: {},
    }); // prettier-ignore
  });

  it('given a command was recorded, when it comes again, then nothing is added and the answer is the first one', async () => {
    const command = context();
    const first = await recorder.act(sum, '1', command, add(2));
    await recorder.act(sum, '1', context(), add(3));
    expect(await recorder.act(sum, '1', command, add(2))).toEqual({ ...first, repeated: true });
    expect(await new Recorder(store, codec, sealer).act(sum, '1', command, add(2))).toEqual({
      ...first,
      repeated: true,
    });
    expect(await types()).toEqual(['opened', 'counted', 'counted']);
  });

  it('records one command once though it comes 50 times at once', async () => {
    const command = context();
    const recorders = Array.from({ length: 5 }, () => new Recorder(store, codec, sealer));
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, index) => recorders[index % 5]!.act(sum, '1', command, add(2))),
    );
    expect(new Set(all.map(({ eventIds }) => eventIds.join())).size).toBe(1);
    expect(await types()).toEqual(['opened', 'counted']);
  });

  it('decides anew on what another writer recorded meanwhile', async () => {
    const capped = (state: Sum): readonly E[] | Error =>
      state.times >= 10 ? refuse('full', 'It is full.') : add(1)(state);
    const all = await Promise.allSettled(
      Array.from({ length: 30 }, () => recorder.act(sum, '1', context(), capped as never)),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect((await types()).filter((type) => type === 'counted')).toHaveLength(10);
  });

  it('gives up on a stream that others keep changing, and says so', async () => {
    const busy: EventStore = Object.assign(Object.create(store) as EventStore, {
      append: async () => Promise.reject(new RevisionConflict('sum-1', 'none', 3)),
    });
    await expect(new Recorder(busy, codec, sealer).act(sum, '1', context(), add(1))).rejects.toBeInstanceOf(
      RevisionConflict,
    );
  });

  it('writes nothing and makes no key when the rules say no or have nothing to say', async () => {
    await expect(recorder.act(sum, '1', context(), () => refuse('no', 'No.'))).rejects.toMatchObject({ code: 'no' });
    expect(await recorder.act(sum, '1', context(), () => [])).toEqual({
      stream: 'sum-1',
      position: null,
      eventIds: [],
      repeated: false,
    });
    expect([await store.head(), sealer.kids.size]).toEqual([null, 0]);
  });

  it('seals personal words and announces the key first, once per person and stream', async () => {
    await recorder.act(sum, '1', context(), note('ann', 'bob', 'ann'));
    await recorder.act(sum, '1', context(), note('ann'));
    await recorder.act(sum, '2', context(), note('ann'));
    expect(await types()).toEqual(['subject-key-created', 'subject-key-created', 'noted', 'noted', 'noted', 'noted']);
    expect(await types('sum-2')).toEqual(['subject-key-created', 'noted']);
    const leaves = (await stored()).map(({ leaf }) => decodeLeaf(leaf));
    expect(leaves[0]?.data).toEqual({ kid: 'k1', commitment: 'c-k1' });
    expect(leaves.slice(2).map(({ sealed }) => sealed['/note']?.kid)).toEqual(['k1', 'k2', 'k1', 'k1']);
    expect(leaves.map((leaf) => JSON.stringify(leaf)).join()).not.toContain('of ann');
    // The place that a text is sealed for is the event that carries it.
    expect(sealer.sealed.slice(0, 3).map(({ eventId }) => eventId)).toEqual(leaves.slice(2, 5).map(({ id }) => id));
  });

  it('announces a key again that a crash left in the vault but not in the log', async () => {
    await sealer.keysFor(['ann'], 'sum-1');
    await recorder.act(sum, '1', context(), note('ann'));
    expect(await types()).toEqual(['subject-key-created', 'noted']);
  });

  it('announces a key once when two writers seal for the first time together', async () => {
    await Promise.all(
      Array.from({ length: 10 }, () => new Recorder(store, codec, sealer).act(sum, '1', context(), note('ann'))),
    );
    expect((await types()).filter((type) => type === 'subject-key-created')).toHaveLength(1);
    expect((await types()).filter((type) => type === 'noted')).toHaveLength(10);
  });

  it("hides another council's things, and does not make any for it", async () => {
    await recorder.act(sum, '1', context(), add(1));
    const foreign = context(randomId(), { within: 'norfolk' });
    await expect(recorder.act(sum, '1', foreign, add(1))).rejects.toMatchObject({ kind: 'missing' });
    await expect(recorder.act(sum, '9', foreign, add(1))).rejects.toMatchObject({ kind: 'missing' });
    await recorder.act(sum, '1', context(randomId(), { within: 'essex' }), add(1));
    expect([await types(), await types('sum-9')]).toEqual([['opened', 'counted', 'counted'], []]);
  });

  it('hides that a command was recorded from those of another council', async () => {
    const command = context();
    await recorder.act(sum, '1', command, add(1));
    await expect(recorder.act(sum, '1', { ...command, within: 'norfolk' }, add(1))).rejects.toMatchObject({
      kind: 'missing',
    });
  });

  it('refuses a shape that does not fit before anything is written', async () => {
    const wrong = (): readonly E[] => [{ type: 'Counted', data: { n: 0.5 } }];
    await expect(recorder.act(sum, '1', context(), wrong)).rejects.toThrow('/n');
    expect(await store.head()).toBeNull();
  });

  it('after any mixture of first deliveries, repeats and lost answers each command has had its effect exactly once', async () => {
    const losing = (script: boolean[]): EventStore =>
      Object.assign(Object.create(store) as EventStore, {
        append: async (...args: Parameters<EventStore['append']>) => {
          const done = await store.append(...args);
          if (script.shift()) throw new StoreUnavailable('the answer was lost');
          return done;
        },
      });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ command: fc.integer({ min: 0, max: 4 }), together: fc.boolean() }), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.array(fc.boolean(), { maxLength: 12 }),
        async (deliveries, lost) => {
          const thing = randomId();
          const commands = Array.from({ length: 5 }, randomId);
          const flaky = new Recorder(losing([...lost]), codec, sealer);
          const waiting: Promise<unknown>[] = [];
          for (const { command, together } of deliveries) {
            waiting.push(flaky.act(sum, thing, context(commands[command]), add(command + 1)).catch(() => undefined));
            if (!together) await Promise.all(waiting.splice(0));
          }
          await Promise.all(waiting);
          const wanted = [...new Set(deliveries.map(({ command }) => command + 1))].sort();
          const made = (await stored(`sum-${thing}`))
            .filter(({ type }) => type === 'counted.v1')
            .map(({ leaf }) => (decodeLeaf(leaf).data as { n: number }).n);
          expect(made.sort()).toEqual(wanted);
          expect((await recorder.load(sum, `sum-${thing}`)).state.times).toBe(wanted.length);
        },
      ),
      { numRuns: 150 },
    );
  });
});
