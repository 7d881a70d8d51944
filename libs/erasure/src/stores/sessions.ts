import { identityTables } from '#identity/identity-tables';
import { emptyLog } from '#event-store/sqlite/connection';
import type { Vault } from '#vault/vault';
import type { PersonalStore } from '../personal-store.js';

/** Devices on which they opened their card: erased means signed out everywhere. */
export const sessions = (vault: Vault): PersonalStore => {
  const { db, commits } = identityTables(vault.database);
  const remove = db.prepare('DELETE FROM session WHERE subject = ?');
  const counted = db.prepare('SELECT count(*) AS n FROM session WHERE subject = ?');
  const of = (subject: string): number => (counted.get(subject) as { n: number }).n;
  return {
    name: 'sessions',
    title: 'Devices on which their card is open',
    holds: ['vault.db/session'],
    async purge({ person, views }) {
      const count = await commits.run(() => [person, ...views].reduce((sum, each) => sum + Number(remove.run(each).changes), 0)); // prettier-ignore
      emptyLog(db);
      return count;
    },
    left: async ({ person, views }) => [person, ...views].reduce((sum, each) => sum + of(each), 0),
    copy: async ({ person, views }) => {
      const open = [person, ...views].reduce((sum, each) => sum + of(each), 0);
      return open > 0 ? [{ devices: open }] : [];
    },
  };
};
