import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthoritySettings } from '#authorities/settings';
import { commitment, makeCommitment } from '#commitments/commitment';
import { contribution, giveContribution } from '#contributions/contribution';
import { Engine } from '#engine/engine';
import { type EventStore, StoreUnavailable } from '#event-store/event-store';
import { randomId } from '#event-store/ids';
import { Recorder } from '#event-store/recorder';
import type { Aggregate, Decided, Now } from '#kernel/aggregate';
import type { DomainEvent } from '#kernel/event';
import { nowAt } from '#kernel/time';
import { addWorkingDays } from '#kernel/working-days';
import { takeStep, type PromiseStep } from '#lifecycle/promise-steps';
import { promiseServiceChange, serviceChange } from '#service-changes/service-change';
import { Reminders } from './reminders.js';

const at = (day: string): Now => nowAt(new Date(`${day}T09:00:00.000Z`));
const OWNER = { person: '00000000-0000-5000-8000-000000000001', name: 'Jane Smith', role: 'transport manager' };
const terms = (due: string) => ({ authority: 'essex', what: 'The bus runs until 8pm', owner: OWNER, due, proofWanted: 'The timetable', checker: { role: 'the chair' } }); // prettier-ignore

describe('the reminder ladder', () => {
  let folder: string;
  let engine: Engine;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'throughline-'));
    engine = Engine.open({ dataDir: join(folder, 'data') });
    engine.start();
    await engine.whenSeeded();
    // The day on which this record began to remind.
    await server().run(at('2026-10-01'));
    await current();
  });
  afterAll(async () => {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const server = (store: EventStore = engine.store): Reminders =>
    new Reminders(new Recorder(store, engine.codec, engine.vault), engine.rows, new AuthoritySettings(engine.rows));
  const current = async () => engine.caughtUp(await engine.store.head());
  const record = async <S, E extends DomainEvent>(aggregate: Aggregate<S, E>, day: string, decide: (state: S) => Decided<E>, id = randomId(), about = {}) => {
    await engine.recorder.act(aggregate, id, { commandId: randomId(), actor: { role: 'chair', ref: 'r' }, now: at(day), about }, decide);
    await current();
    return id;
  }; // prettier-ignore
  const promise = async (day: string, due: string): Promise<string> => {
    const id = randomId();
    return record(serviceChange, day, (state) => promiseServiceChange(state, id, terms(due), day), id);
  };
  const commit = async (day: string, due: string, imported = false): Promise<string> => {
    const id = randomId();
    const given = { ...terms(due), pledge: 'east-of-england', part: 'P1a' };
    return record(commitment, day, (state) => makeCommitment(state, id, given, { isPart: true, today: day, imported }), id, imported ? { import: randomId() } : {}); // prettier-ignore
  };
  const view = async (day: string): Promise<string> => {
    const id = randomId();
    const given = { authority: 'essex', words: 'Keep the bus', channel: 'online', capacity: 'other', voice: 'own', attribution: 'group' } as const; // prettier-ignore
    return record(contribution, day, (state) => giveContribution(state, id, given), id);
  };
  const step = (id: string, day: string, given: PromiseStep) =>
    record(serviceChange, day, (state) => takeStep(state, id, given, at(day)), id);
  const ladder = async (category: string, id: string): Promise<string[]> => {
    const { events } = await engine.recorder.load({ ...serviceChange, evolve: (state) => state }, `${category}-${id}`);
    return events.flatMap(({ type, data, recordedAt }) => {
      const on = recordedAt.slice(0, 10);
      if (type === 'ReminderSent') return [`${on} reminder ${(data as { step: number }).step}`];
      return type === 'ReasonsAskedFor' ? [`${on} reasons asked`] : [];
    });
  };
  const days = async (first: string, count: number) => {
    for (let day = first, n = 0; n < count; n++, day = addWorkingDays(day, 1)) {
      await server().run(at(day));
      await current();
    }
  };

  it('reminds after 1, 10 and 20 working days and asks for the reasons after 30: promises, commitments, answers', async () => {
    const [change, made, said] = [await promise('2026-10-01', '2026-11-02'), await commit('2026-10-01', '2026-11-02'), await view('2026-10-05')]; // prettier-ignore
    await days('2026-11-02', 32);
    const climbed = ['2026-11-03 reminder 1', '2026-11-16 reminder 2', '2026-11-30 reminder 3', '2026-12-14 reasons asked'];
    expect(await ladder('serviceChange', change)).toEqual(climbed);
    expect(await ladder('commitment', made)).toEqual(climbed);
    // 5 October and 20 working days: 2 November.
    expect(await ladder('contribution', said)).toEqual(climbed);
  }, 60_000); // prettier-ignore

  it('reminds of nothing that is paused, dropped or reported done, and begins anew when the date moves', async () => {
    const [paused, dropped, done, moved] = [await promise('2026-12-01', '2027-01-11'), await promise('2026-12-01', '2027-01-11'), await promise('2026-12-01', '2027-01-11'), await promise('2026-12-01', '2027-01-11')]; // prettier-ignore
    await step(paused, '2027-01-11', { do: 'pause', reason: 'The road is closed', lookAgain: '2027-06-01' });
    await step(dropped, '2027-01-11', { do: 'drop', reason: 'The route ends' });
    await step(done, '2027-01-11', { do: 'report-done', byRole: 'owner' });
    await days('2027-01-12', 2);
    await step(moved, '2027-01-13', { do: 'move-date', due: '2027-02-01', reason: 'The driver is ill', agreedBy: 'the chair' }); // prettier-ignore
    await days('2027-01-14', 16);
    expect(await Promise.all([paused, dropped, done].map((id) => ladder('serviceChange', id)))).toEqual([[], [], []]);
    expect(await ladder('serviceChange', moved)).toEqual(['2027-01-12 reminder 1', '2027-02-02 reminder 1']);
  }, 60_000);

  it('reminds nobody of imported history, and gives a late run no two reminders on one day', async () => {
    const [history, live, late] = [await commit('2027-03-01', '2019-12-31', true), await commit('2027-03-01', '2027-03-05', true), await promise('2027-03-01', '2027-03-05')]; // prettier-ignore
    // Nobody ran the ladder for five weeks.
    await days('2027-04-12', 12);
    expect(await ladder('commitment', history)).toEqual([]);
    expect(await ladder('commitment', live)).toEqual(['2027-04-12 reminder 1', '2027-04-23 reminder 2']);
    expect(await ladder('serviceChange', late)).toEqual(await ladder('commitment', live));
  }, 60_000);

  it('is not flooded when it begins over an old record: nothing on the first day, then so many a run, longest late first', async () => {
    const old = mkdtempSync(join(tmpdir(), 'throughline-'));
    const fresh = Engine.open({ dataDir: join(old, 'data') });
    fresh.start();
    try {
      await fresh.whenSeeded();
      const made = await Promise.all(
        Array.from({ length: 30 }, async (_, n) => {
          const [id, day] = [randomId(), addWorkingDays('2020-01-06', n)];
          const context = { commandId: randomId(), actor: { role: 'chair', ref: 'r' }, now: at('2020-01-06') };
          await fresh.recorder.act(serviceChange, id, context, (state) => promiseServiceChange(state, id, terms(day), '2020-01-06'));
          return id;
        }),
      );
      const reminders = new Reminders(fresh.recorder, fresh.rows, new AuthoritySettings(fresh.rows));
      const run = async (day: string) => {
        await fresh.caughtUp(await fresh.store.head());
        return (await reminders.run(at(day), { most: 12 })).taken.map(({ id, step }) => [made.indexOf(id), step]);
      };
      const first = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => [from + n, 1]);
      expect(await run('2026-10-01')).toEqual([]);
      expect(await run('2026-10-02')).toEqual(first(0, 12));
      expect(await run('2026-10-02')).toEqual(first(12, 24));
      expect(await run('2026-10-02')).toEqual(first(24, 30));
      expect(await run('2026-10-02')).toEqual([]);
    } finally {
      await fresh.close();
      rmSync(old, { recursive: true, force: true });
    }
  }, 60_000); // prettier-ignore

  it('never reminds twice: 250 histories of two servers, lost answers, cuts and stale read models', async () => {
    const HISTORIES = 250;
    let seed = 13;
    const chance = () => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) / 4_294_967_296;
    let cuts = 0;
    /** Loses the way to the store, or the answer after the append: in both cases this server knows no outcome. */
    const failing = (): EventStore =>
      new Proxy(engine.store, {
        get: (target, name) => {
          if (name !== 'append') return (target as never)[name];
          return async (...given: Parameters<EventStore['append']>) => {
            if (chance() < 0.2) { cuts++; throw new StoreUnavailable('cut before'); }
            const appended = await target.append(...given);
            if (chance() < 0.3) { cuts++; throw new StoreUnavailable('cut after'); }
            return appended;
          };
        },
      }); // prettier-ignore
    const made: { category: string; id: string }[] = [];
    let told = 0;
    for (let n = 0; n < HISTORIES; n++) {
      const due = addWorkingDays('2028-01-04', 1 + Math.floor(chance() * 5));
      const kind = n % 3;
      const id = kind === 0 ? await promise('2027-12-01', due) : kind === 1 ? await commit('2027-12-01', due) : await view('2027-12-01'); // prettier-ignore
      made.push({ category: ['serviceChange', 'commitment', 'contribution'][kind] ?? '', id });
    }
    for (let day = '2028-01-05', n = 0; n < 60; n++, day = addWorkingDays(day, 1)) {
      const servers = [server(failing()), server(failing()), ...(chance() < 0.3 ? [server(failing())] : [])];
      const runs = servers.map(async (each) => {
        if (chance() < 0.5) await new Promise((resolve) => setTimeout(resolve, chance() * 4));
        let left = Math.floor(chance() * 400);
        return each.run(at(day), { stopped: () => chance() < 0.002 || left-- < 0 }).catch(() => undefined);
      });
      told += (await Promise.all(runs)).reduce((sum, run) => sum + (run?.taken.length ?? 0), 0);
      if (chance() < 0.7) await current();
    }
    await current();
    let twice = 0;
    let steps = 0;
    for (const { category, id } of made) {
      const all = (await ladder(category, id)).map((each) => each.slice(11));
      steps += all.length;
      twice += all.length - new Set(all).size;
    }
    console.log(`reminders: ${twice} double of ${steps} steps in ${HISTORIES} histories; ${cuts} appends cut, ${told} runs were told of a step`); // prettier-ignore
    expect(twice).toBe(0);
    expect(steps).toBe(HISTORIES * 4);
    expect(cuts).toBeGreaterThan(200);
  }, 300_000);
});
