import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contribution, giveContribution } from '#contributions/contribution';
import { randomId } from '#event-store/ids';
import { nowAt } from '#kernel/time';
import { Engine } from './engine.js';

describe('the engine', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'throughline-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('starts a fresh log, records a sealed view, and reads it back after a restart', async () => {
    const dataDir = join(folder, 'data');
    const id = randomId();
    const context = { commandId: randomId(), actor: { role: 'participant', ref: id }, now: nowAt(new Date()) };
    const view = {
      authority: 'essex',
      words: 'Keep the bus until 8pm 🚌',
      channel: 'online',
      capacity: 'uses-services',
      voice: 'own',
      attribution: 'group',
    } as const;

    const first = Engine.open({ dataDir });
    first.start();
    await first.whenSeeded();
    const acted = await first.recorder.act(contribution, id, context, (state) => giveContribution(state, id, view));
    expect(await first.caughtUp(acted.position)).toBe(true);
    expect((await first.readiness()).ready).toBe(true);
    await first.close();

    const second = Engine.open({ dataDir });
    second.start();
    await second.whenSeeded();
    const again = await second.recorder.act(contribution, id, context, (state) => giveContribution(state, id, view));
    expect(again).toMatchObject({ repeated: true, eventIds: acted.eventIds });
    const row = second.rows.get<{ words: string }>('SELECT words FROM contribution WHERE id = ?', id);
    expect(row?.words).not.toContain('bus');
    expect(second.vault.open(row?.words ?? '')).toEqual({ state: 'readable', value: view.words });
    expect(second.rows.get('SELECT count(*) AS n FROM authority')).toEqual({ n: 11 });
    const leaves: string[] = [];
    for await (const event of second.store.readAll()) leaves.push(Buffer.from(event.leaf).toString());
    expect(leaves[0]).toContain('log-created.v1');
    expect(leaves.join('\n')).not.toContain('bus');
    await second.close();
  });
});
