import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contribution, giveContribution } from '#contributions/contribution';
import { Engine } from '#engine/engine';
import { randomId } from '#event-store/ids';
import { nowAt } from '#kernel/time';
import { participant, registerParticipant } from '#participants/participant';
import { readConfig } from '../../apps/server/src/config.js';
import { createApp } from '../../apps/server/src/configure-app.js';

/** More than read models take in at once. */
const LATER = 1_200;

let folder: string;
const dataDir = (): string => join(folder, 'data');
const context = () => ({ commandId: randomId(), actor: { role: 'data-protection-officer', ref: 'tests' }, now: nowAt(new Date()) }); // prettier-ignore
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'restricted-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('an older vault, put back beside a record that goes on, shows nobody what was restricted since', async () => {
  let engine = Engine.open({ dataDir: dataDir() });
  engine.start();
  await engine.whenSeeded();
  const view = randomId();
  await engine.recorder.act(contribution, view, context(), (state) =>
    giveContribution(state, view, { authority: 'essex', words: 'Keep the bus', channel: 'online', capacity: 'uses-services', voice: 'own', attribution: 'group' }),
  ); // prettier-ignore
  await engine.caughtUp(await engine.store.head());
  const { words = '' } = engine.rows.get<{ words: string }>('SELECT words FROM contribution WHERE id = ?', view) ?? {};
  await engine.close();
  copyFileSync(join(dataDir(), 'vault.db'), join(folder, 'older.db'));

  engine = Engine.open({ dataDir: dataDir() });
  engine.start();
  await engine.whenSeeded();
  const others = Array.from({ length: LATER }, randomId);
  await Promise.all(others.map((id) => engine.recorder.act(participant, id, context(), (state) => registerParticipant(state, { authority: 'essex' })))); // prettier-ignore
  await engine.restrictor.restrict(view, context(), 'safeguarding');
  expect(engine.vault.open(words)).toMatchObject({ state: 'hidden', why: 'restricted' });
  await engine.close();

  // What a restore leaves: an older vault, no read models, and the record that lies elsewhere.
  for (const name of ['vault.db-wal', 'vault.db-shm', 'read.db', 'read.db-wal', 'read.db-shm', 'search.db', 'search.db-wal', 'search.db-shm'])
    rmSync(join(dataDir(), name), { force: true }); // prettier-ignore
  copyFileSync(join(folder, 'older.db'), join(dataDir(), 'vault.db'));
  const config = readConfig({ DATA_DIR: dataDir(), LOG_LEVEL: 'silent', PORT: '0', REMINDERS: 'off' });
  engine = Engine.open(config);
  const app = await createApp(engine, config);
  let goOn: () => void = () => undefined;
  try {
    const statusOf = async (url: string): Promise<number> => (await app.inject({ method: 'GET', url })).statusCode;
    void engine.runner.alone(() => new Promise<void>((resolve) => (goOn = resolve)));
    engine.start();
    expect(engine.vault.open(words).state).toBe('readable');
    expect([await statusOf('/'), await statusOf(`/api/v1/contributions/${view}/chain`), await statusOf('/health/live')]).toEqual([503, 503, 200]); // prettier-ignore
    goOn();
    await engine.whenSeeded();
    expect(engine.vault.open(words)).toMatchObject({ state: 'hidden', why: 'restricted' });
    expect(await statusOf('/')).toBe(200);
  } finally {
    goOn();
    await app.close();
  }
}, 60_000);
