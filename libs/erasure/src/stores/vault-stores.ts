import type { Json } from '#kernel/personal';
import type { EventStore } from '#event-store/event-store';
import { decodeLeaf } from '#event-store/leaf';
import { emptyLog } from '#event-store/sqlite/connection';
import type { Vault } from '#vault/vault';
import { VaultRecords } from '#vault/vault-records';
import type { PersonalStore, Whose } from '../personal-store.js';

/** Out of the write-ahead log too; what is deleted is overwritten (`secure_delete`). */
const flush = (vault: Vault): void => emptyLog(vault.database.db);

/** The keys themselves: destroyed before anything is purged, so here they are only counted and looked for. */
export const subjectKeys = (vault: Vault): PersonalStore => ({
  name: 'keys',
  title: 'Keys to their words',
  holds: ['vault.db/subject_key'],
  purge: async ({ kids }) => kids.length,
  left: async ({ targets }) => vault.forgetting.keysOf(targets).length,
  // A key says nothing about anybody.
  copy: async () => [],
});

/** Records of one kind that carry the person's id as their subject. */
const recordsOf = (
  vault: Vault,
  kind: string,
  title: string,
  name: string,
  subjectsOf: (whose: Whose) => readonly string[],
): PersonalStore => {
  const records = new VaultRecords<Json>(vault.database, kind);
  const ids = (whose: Whose): string[] => subjectsOf(whose).flatMap((subject) => records.idsOf(subject));
  return {
    name,
    title,
    holds: [`vault.db/record:${kind}`],
    async purge(whose) {
      let count = 0;
      for (const subject of subjectsOf(whose)) count += await records.deleteOf(subject);
      flush(vault);
      return count;
    },
    left: async (whose) => ids(whose).length,
    copy: async (whose) => ids(whose).flatMap((id) => records.get(id, true)?.value ?? []),
  };
};

/** All of somebody, not only one view of theirs. */
const whole = ({ targets }: Whose): string[] =>
  targets.filter(({ stream }) => stream === '').map(({ subject }) => subject);

export const names = (vault: Vault): PersonalStore => recordsOf(vault, 'person', 'Name and contact', 'names', whole);

/** What they asked about their information, and what they were told. */
export const letters = (vault: Vault): PersonalStore =>
  recordsOf(vault, 'data-request', 'What they asked about their information', 'letters', ({ person, views }) => [
    person,
    ...views,
  ]);

/** Codes of take-home cards, and the second row that finds a code by its card. */
export const cards = (vault: Vault): PersonalStore => {
  const codes = recordsOf(vault, 'card-code', 'Take-home cards', 'cards', ({ views }) => views);
  const byLookup = new VaultRecords<{ card: string }>(vault.database, 'card-code');
  const byCard = new VaultRecords<Json>(vault.database, 'card');
  return {
    ...codes,
    holds: [...codes.holds, 'vault.db/record:card'],
    async purge(whose) {
      const owned = whose.views.flatMap((view) => byLookup.idsOf(view)).map((id) => byLookup.get(id, true)?.value.card);
      for (const card of owned) if (card) await byCard.delete(card);
      return codes.purge(whose);
    },
  };
};

/** Meetings that are still being written down: what names the person is taken out of them. */
export const drafts = (vault: Vault): PersonalStore => {
  const records = new VaultRecords<Json>(vault.database, 'draft');
  const found = (whose: Whose): { id: string; value: Json; revision: number; own: Json[] }[] => {
    const ids = new Set([...whole(whose), ...whose.views]);
    return records.all().flatMap(({ id, value, revision }) => {
      const own: Json[] = [];
      const rest = without(value, ids, own);
      return own.length > 0 ? [{ id, value: rest, revision, own }] : [];
    });
  };
  return {
    name: 'drafts',
    title: 'Meetings that are being written down',
    holds: ['vault.db/record:draft'],
    async purge(whose) {
      let count = 0;
      // Somebody may be typing: whoever saved first is read again.
      for (let left = found(whose); left.length > 0; left = found(whose))
        for (const { id, value, revision, own } of left) {
          const saved = await records.put(id, value, { expected: revision }).then(() => true, () => false); // prettier-ignore
          if (saved) count += own.length;
        }
      flush(vault);
      return count;
    },
    left: async (whose) => found(whose).length,
    copy: async (whose) => found(whose).flatMap(({ own }) => own),
  };
};

/** A copy without the list members that name one of these ids; what was taken out is collected. */
const without = (value: Json, ids: ReadonlySet<string>, own: Json[]): Json => {
  if (Array.isArray(value))
    return (value as readonly Json[]).flatMap((each) => {
      if (!isAbout(each, ids)) return [without(each, ids, own)];
      own.push(each);
      return [];
    });
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, each === undefined ? each : without(each, ids, own)])); // prettier-ignore
};

const isAbout = (value: Json, ids: ReadonlySet<string>): boolean =>
  (typeof value === 'string' && ids.has(value)) ||
  (typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).some((each) => typeof each === 'string' && ids.has(each)));

/** Keyed digests of what was sent, kept so that a repeated command is recognised. Found by the commands in the log. */
export const deliveries = (vault: Vault, store: EventStore): PersonalStore => {
  const { db, commits } = vault.database;
  const find = db.prepare('SELECT 1 FROM request WHERE command_id = ?');
  const remove = db.prepare('DELETE FROM request WHERE command_id = ?');
  const commandsOf = async (whose: Whose): Promise<string[]> => {
    const kids = new Set(whose.kids);
    const commands = new Set<string>();
    for (const stream of whose.streams)
      for await (const { leaf: bytes } of store.read(stream)) {
        const leaf = decodeLeaf(bytes);
        if (Object.values(leaf.sealed).some(({ kid }) => kids.has(kid))) commands.add(leaf.cause.command);
      }
    return [...commands];
  };
  return {
    name: 'deliveries',
    title: 'Digests of what was sent',
    holds: ['vault.db/request'],
    async purge(whose) {
      const commands = await commandsOf(whose);
      const count = await commits.run(() => commands.reduce((sum, each) => sum + Number(remove.run(each).changes), 0));
      flush(vault);
      return count;
    },
    left: async (whose) => (await commandsOf(whose)).filter((each) => find.get(each) !== undefined).length,
    // Digests under a secret: nobody can read anything in them.
    copy: async () => [],
  };
};
