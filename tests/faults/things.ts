import { join } from 'node:path';
import type { Aggregate } from '#kernel/aggregate';
import { events, type EventsOf } from '#kernel/event';
import { personal } from '#kernel/personal';
import { count, words } from '#kernel/shape';
import { nowAt } from '#kernel/time';
import { Codec } from '#event-store/codec';
import { type Acted, Recorder } from '#event-store/recorder';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store';
import { Vault } from '#vault/vault';
import { vaultEvents } from '#vault/vault.events';

/* Test code: what a fault test records, over the real log, vault and recorder. */
const map = events({ Noted: { n: count, note: words } });
type E = EventsOf<typeof map>;
const thing: Aggregate<null, E> = { category: 'thing', initial: null, about: () => ({}), evolve: () => null };

export const wordsOf = (n: number): string => `The words of command ${n}`;

export const openThings = (folder: string) => {
  const vault = new Vault({
    vault: join(folder, 'vault.db'),
    sealed: join(folder, 'sealed.db'),
    keyFile: join(folder, 'master.key'),
  });
  const store = openSqliteEventStore(join(folder, 'events.db'));
  const codec = new Codec([map, vaultEvents]);
  const recorder = new Recorder(store, codec, vault);
  return {
    vault,
    store,
    codec,
    /** One durable command with sealed words. */
    note: (stream: string, commandId: string, n: number): Promise<Acted> =>
      recorder.act(thing, stream, { commandId, actor: { role: 'chair', ref: 'r' }, now: nowAt(new Date()) }, () => [
        { type: 'Noted' as const, data: { n, note: personal(stream, wordsOf(n)) } },
      ]),
    close: async () => {
      await store.close();
      vault.close();
    },
  };
};
