import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contribution, withdrawContribution } from '#contributions/contribution';
import { decision, recordDecision } from '#decisions/decision';
import type { Leaf } from '#event-store/leaf';
import { outcomeId } from './outcome-facts.js';
import { ANN, EARLIER, MEETING, TWO } from './testing/bodies.js';
import { type Death, Hall, Killed, type Process } from './testing/hall.js';

/** "a crash half-way leaves all or nothing visible and finishes itself on restart" */
describe('the fan-out of a meeting', () => {
  let keys: string;
  let keyFile: string;
  beforeAll(() => (keyFile = join((keys = mkdtempSync(join(tmpdir(), 'keys-'))), 'k')));
  afterAll(() => rmSync(keys, { recursive: true }));
  let hall: Hall;
  beforeEach(async () => (hall = await Hall.build(keyFile)));
  afterEach(() => hall.remove());

  const during = async <T>(death: Death | undefined, now: string, use: (process: Process) => Promise<T>) => {
    const process = hall.start(keyFile, now, death);
    try {
      return await use(process);
    } finally {
      await process.stop();
    }
  };
  const [MONDAY, TUESDAY] = ['2026-11-23T12:00:00.000Z', '2026-11-24T12:00:00.000Z'];
  const send = (process: Process) => process.record(TWO, 'send');
  const finish = (process: Process) => process.fanOut.applyOutcomes(MEETING);
  /** What must be the same whatever happened: which events stand where, with which ids and words. */
  const essence = async (process: Process) => {
    const told = await process.told();
    return (await process.log())
      .map(({ stream, rev, type, id, actor, cause, occurredAt, recordedAt }: Leaf, index) => ({
        at: `${stream} ${rev} ${type} ${id}`,
        actor,
        cause,
        told: type.startsWith('subject-key') ? '' : told[index],
        // A crash before anything was recorded, and when the last step was made, are told as they were.
        ...(type === 'outcomes-applied.v1' ? {} : { occurredAt, sameTime: occurredAt === recordedAt }),
      }))
      .sort((a, b) => (a.at < b.at ? -1 : 1));
  };
  const types = async (process: Process) => (await process.log()).map(({ type }) => type);

  /** The run without a crash: what every other run is compared with. */
  const uncut = async () => {
    const quiet = await Hall.build(keyFile);
    const process = quiet.start(keyFile, MONDAY);
    const answer = await send(process);
    const result = { answer, essence: await essence(process), appends: process.appends, log: await process.log() };
    await process.stop();
    quiet.remove();
    return result;
  };

  it('carries every item on once, said by the meeting, at the time of the meeting, and shows it last', async () => {
    const { log, answer, appends } = await uncut();
    const made = log.filter(({ about }) => about.fanOut);
    expect(made.map(({ type }) => type).filter((type) => !type.startsWith('subject-key'))).toEqual([
      'contribution-received.v1', 'card-issued.v1', 'contribution-read-back.v1', 'contribution-received.v1', 'card-issued.v1',
      'discussion-held.v1', 'contribution-considered.v1', 'contribution-considered.v1',
      'discussion-held.v1', 'contribution-considered.v1',
      'decision-made.v1', 'decision-linked-to-contribution.v1', 'decision-linked-to-contribution.v1',
      'decision-made.v1', 'decision-linked-to-contribution.v1',
      'service-change-promised.v1', 'service-change-promised.v1',
    ]); // prettier-ignore
    const recorded = log.find(({ type }) => type === 'outcomes-recorded.v1');
    for (const each of made) {
      expect([each.occurredAt, each.recordedAt]).toEqual(['2026-11-23T10:00:00.000Z', recorded?.recordedAt]);
      expect(each.cause.events).toContain(recorded?.id);
      expect(each.about).toMatchObject({ authority: 'essex' });
    }
    expect(log.at(-1)).toMatchObject({ type: 'outcomes-applied.v1', data: { items: 8 } });
    expect(Object.keys(answer.contributions)).toEqual(['v1', 'v2']);
    expect(answer).toMatchObject({ notApplied: [], codes: { v1: expect.any(String), v2: expect.any(String) } });
    // Two setups of the same meeting name the same things, so a body sent again can be compared.
    expect(appends).toBe(14);
  });

  it.each(Array.from({ length: 14 }, (_, step) => step + 1).flatMap((at) => [{ at, side: 'before' as const }, { at, side: 'after' as const }]))(
    'killed $side append $at, finished the next day: the same events, ids and words as without',
    async (death) => {
      const expected = await uncut();
      await expect(during(death, MONDAY, send)).rejects.toBeInstanceOf(Killed);
      const wasRecorded = await during(undefined, TUESDAY, async (process) => (await types(process)).includes('outcomes-recorded.v1'));
      expect(wasRecorded).toBe(death.at > 1 || death.side === 'after');
      // On restart it finishes itself, as the reactor does; nobody sends anything again.
      if (wasRecorded) {
        await during(undefined, TUESDAY, finish);
        expect(await during(undefined, TUESDAY, essence)).toEqual(expected.essence);
      }
      // Whoever lost the answer sends again, and is told the same.
      const { position: _, repeated, ...answer } = await during(undefined, TUESDAY, send);
      const { position: _first, repeated: _new, ...first } = expected.answer;
      expect(repeated).toBe(wasRecorded);
      expect(answer).toEqual(first);
      expect(await during(undefined, TUESDAY, essence)).toEqual(expected.essence);
    },
  ); // prettier-ignore

  it('killed at every append of every restart, it still ends with the same', async () => {
    const expected = await uncut();
    let lives = 0;
    for (let ended = false; !ended; lives++)
      ended = await during({ at: 1, side: 'after' }, TUESDAY, send).then(() => true, () => false);
    expect(lives).toBe(15);
    expect(await during(undefined, TUESDAY, essence)).toEqual(expected.essence);
  }); // prettier-ignore

  it('a late restart does not judge dates by the new day', async () => {
    await expect(during({ at: 3, side: 'before' }, MONDAY, send)).rejects.toBeInstanceOf(Killed);
    await during(undefined, '2028-01-01T00:00:00.000Z', finish);
    expect(await during(undefined, TUESDAY, types)).not.toContain('outcome-not-applied.v1');
  });

  it('running many times at once, in two processes, adds nothing twice', async () => {
    const expected = await uncut();
    await expect(during({ at: 2, side: 'before' }, MONDAY, send)).rejects.toBeInstanceOf(Killed);
    const two = [hall.start(keyFile, MONDAY), hall.start(keyFile, MONDAY)];
    await Promise.all(Array.from({ length: 10 }, (_, index) => finish(two[index % 2]!)));
    for (const process of two) await process.stop();
    expect(await during(undefined, TUESDAY, essence)).toEqual(expected.essence);
  });

  it('given an item that its stream refuses, it is recorded as not applied; the rest stands', async () => {
    await expect(during({ at: 1, side: 'after' }, MONDAY, send)).rejects.toBeInstanceOf(Killed);
    await during(undefined, MONDAY, async (process) => {
      await process.recorder.act(contribution, EARLIER, process.context('back'), (state) => withdrawContribution(state, EARLIER));
      await finish(process);
    });
    const { log, answer } = await during(undefined, MONDAY, async (process) => ({ log: await process.log(), answer: await send(process) }));
    expect(answer.notApplied).toEqual([
      { kind: 'contribution', ref: 'form', id: EARLIER, code: 'withdrawn', detail: expect.stringContaining('taken back') },
    ]);
    const links = log.filter(({ type }) => type === 'decision-linked-to-contribution.v1');
    expect(links.map(({ data }) => (data as { contribution: string }).contribution)).toEqual([
      answer.contributions['v1'], answer.contributions['v2'],
    ]);
    // All eight items of the meeting stand; the view that was given earlier is none of them.
    expect(log.find(({ type }) => type === 'outcomes-applied.v1')?.data).toEqual({ items: 8 });
  }); // prettier-ignore

  it('given a decision that its stream refuses, what follows from it is refused with it, and each says why', async () => {
    const taken = { authority: 'essex', answer: 'yes', statement: 'x', decidedBy: [{ role: 'chair', capacity: 'other' }] } as const;
    const answer = await during(undefined, MONDAY, async (process) => {
      await process.recorder.act(decision, outcomeId(MEETING, 'decision', 'd1'), process.context(), (state) =>
        recordDecision(state, EARLIER, taken, '2026-11-23'),
      );
      return send(process);
    });
    expect(answer.notApplied.map(({ kind, ref, code }) => `${kind} ${ref} ${code}`)).toEqual([
      'decision d1 already-recorded', 'serviceChange p1 needs-another', 'serviceChange p2 needs-another',
    ]);
    const log = await during(undefined, MONDAY, (process) => process.log());
    expect(log.filter(({ type }) => type === 'outcome-not-applied.v1')).toHaveLength(3);
    expect(log.find(({ type }) => type === 'outcomes-applied.v1')?.data).toEqual({ items: 5 });
  }); // prettier-ignore

  it('given words that were erased meanwhile, the item is shown as not applied and says why', async () => {
    await expect(during({ at: 1, side: 'after' }, MONDAY, send)).rejects.toBeInstanceOf(Killed);
    await during(undefined, MONDAY, async (process) => {
      process.erase(ANN, MONDAY);
      await finish(process);
    });
    const answer = await during(undefined, MONDAY, send);
    expect(answer.notApplied).toMatchObject([{ kind: 'contribution', ref: 'v1', code: 'words-erased' }]);
    expect(answer.codes['v1']).toBeUndefined();
    const log = await during(undefined, MONDAY, (process) => process.log());
    expect(log.filter(({ type }) => type === 'contribution-received.v1')).toHaveLength(2);
    expect(log.find(({ type }) => type === 'outcomes-applied.v1')?.data).toEqual({ items: 7 });
  });

  it('has nothing to do for a meeting of which nothing is recorded', async () => {
    expect(await during(undefined, MONDAY, finish)).toBeNull();
  });
});
