import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contribution, giveContribution } from '#contributions/contribution';
import { randomId } from '#event-store/ids';
import { EventStoreDbDouble } from '#event-store/testing/eventstoredb-double/double';
import { nowAt } from '#kernel/time';
import { Engine } from './engine.js';

/** The whole engine on the true client, against a protocol double: no live server was at hand (ADR 0004). */
describe('the engine on EventStoreDB', () => {
  let folder: string;
  let double: EventStoreDbDouble;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'throughline-'))));
  afterEach(() => {
    double.goAway();
    rmSync(folder, { recursive: true, force: true });
  });

  const give = async (engine: Engine, words: string) => {
    const id = randomId();
    const context = { commandId: randomId(), actor: { role: 'participant', ref: id }, now: nowAt(new Date()) };
    const view = {
      authority: 'essex',
      words,
      channel: 'online',
      capacity: 'uses-services',
      voice: 'own',
      attribution: 'group',
    } as const;
    return engine.recorder.act(contribution, id, context, (state) => giveContribution(state, id, view));
  };

  it('starts without its server, says so, and goes on by itself when the server comes, goes and comes back', async () => {
    double = await EventStoreDbDouble.away();
    const engine = Engine.open({ dataDir: join(folder, 'data'), eventStoreUrl: double.url });
    engine.start();
    expect(await engine.readiness()).toMatchObject({ ready: false, store: 'EventStoreDB: unavailable: ECONNREFUSED' });

    await double.comeBack();
    await engine.whenSeeded();
    expect(await engine.readiness()).toMatchObject({ ready: true });
    const first = await give(engine, 'Keep the bus until 8pm');
    expect(await engine.caughtUp(first.position)).toBe(true);

    double.goAway();
    double.faults.appends.push('write-then-cut');
    setTimeout(() => void double.comeBack(), 300);
    const second = await give(engine, 'And the library on Saturdays');
    expect(await engine.caughtUp(second.position)).toBe(true);

    expect(engine.rows.get('SELECT count(*) AS n FROM contribution')).toEqual({ n: 2 });
    expect(engine.rows.get('SELECT count(*) AS n FROM authority')).toEqual({ n: 11 });
    await engine.close();
  }, 30_000);

  it('two of them on one server start one log, and each sees what the other records', async () => {
    double = await EventStoreDbDouble.start();
    const engines = ['a', 'b'].map((name) => Engine.open({ dataDir: join(folder, name), eventStoreUrl: double.url }));
    engines.forEach((engine) => engine.start());
    await Promise.all(engines.map((engine) => engine.whenSeeded()));
    const [one, other] = engines as [Engine, Engine];

    const { position } = await give(one, 'Seen from both');

    expect(await other.caughtUp(position)).toBe(true);
    expect(other.rows.get('SELECT count(*) AS n FROM contribution')).toEqual({ n: 1 });
    expect(double.log.events.filter(({ type }) => type === 'log-created.v1')).toHaveLength(1);
    expect(double.log.events.filter(({ type }) => type === 'authority-registered.v1')).toHaveLength(11);
    await Promise.all(engines.map((engine) => engine.close()));
  }, 30_000);
});
