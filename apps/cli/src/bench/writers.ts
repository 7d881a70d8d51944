import { randomUUID } from 'node:crypto';
import { contribution, giveContribution } from '#contributions/contribution';
import { Engine } from '#engine/engine';
import { readConfig } from '../../../server/src/config.js';
import { onFreshFolder } from './folder.js';

export interface WritersFigures {
  readonly writers: number;
  readonly events: number;
  readonly seconds: number;
  readonly eventsPerSecond: number;
}

/** Commands of so many concurrent writers until each is durable; each records a view with sealed words. */
export const benchWriters = (writers: number, commands: number): Promise<WritersFigures> =>
  onFreshFolder(async (dataDir) => {
    const engine = Engine.open(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' }));
    engine.start();
    await engine.whenSeeded();
    let started = 0;
    let events = 0;
    const begin = performance.now();
    const write = async (): Promise<void> => {
      while (started++ < commands) {
        const id = randomUUID();
        const context = { commandId: randomUUID(), actor: { role: 'chair', ref: 'bench' }, now: engine.clock.now() };
        const acted = await engine.recorder.act(contribution, id, context, (state) =>
          giveContribution(state, id, {
            authority: 'essex', words: `View ${id}`, channel: 'meeting', capacity: 'uses-services', voice: 'own', attribution: 'group',
          }),
        ); // prettier-ignore
        events += acted.eventIds.length;
      }
    };
    await Promise.all(Array.from({ length: writers }, write));
    const seconds = (performance.now() - begin) / 1000;
    await engine.close();
    return { writers, events, seconds: round(seconds), eventsPerSecond: Math.round(events / seconds) };
  });

const round = (seconds: number): number => Number(seconds.toFixed(3));
