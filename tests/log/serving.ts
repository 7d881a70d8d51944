// A server in a process of its own: what it has in its memory can be written down and looked through.
import 'reflect-metadata';
import { writeHeapSnapshot } from 'node:v8';
import { Engine } from '#engine/engine';
import { Tokens } from '#identity/tokens';
import { readConfig } from '../../apps/server/src/config.js';
import { createApp } from '../../apps/server/src/configure-app.js';
import type { TestServer } from '../http/server.js';
import { Canaries, context, somebody } from './planting.js';

const config = readConfig({ DATA_DIR: process.argv[2], LOG_LEVEL: 'silent', PORT: '0', REMINDERS: 'off' });
const engine = Engine.open(config);
engine.start();
const app = await createApp(engine, config);
await app.listen(config.port, '127.0.0.1');
await engine.whenSeeded();
let kept: unknown;

/** Nothing of an order stays here when it was carried out, but what `keep` holds on purpose. */
const orders: Readonly<Record<string, (given: string) => Promise<unknown>>> = {
  url: () => app.getUrl(),
  token: (role) => new Tokens(engine.vault).create(role as 'chair', 'essex', new Date().toISOString()),
  plant: async (count) => {
    const canaries = new Canaries();
    const planted = await somebody({ engine, app } as unknown as TestServer, canaries, Number(count));
    return { ...planted, canaries: canaries.planted };
  },
  /** Everything of theirs is read, and answers how much that was. */
  read: async (person) => {
    const found = await engine.eraser.find(person);
    const copies = found ? await Promise.all(engine.personalStores.map((store) => store.copy(found))) : [];
    return JSON.stringify(copies).length;
  },
  keep: async (person) => {
    const found = await engine.eraser.find(person);
    kept = found && (await Promise.all(engine.personalStores.map((store) => store.copy(found))));
  },
  release: async () => (kept = undefined),
  erase: async (person) => (await engine.eraser.erase(person, context(), { basis: 'objection' })).kids,
  snapshot: async (path) => writeHeapSnapshot(path),
  kept: async () => kept !== undefined,
};

process.on('message', ([order, given = '']: [string, string?]) => {
  const work = orders[order]?.(given) ?? Promise.reject(new Error(order));
  void work.then(
    (answer) => process.send?.({ answer: answer ?? null }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.send?.({ answer: 'ready' });
