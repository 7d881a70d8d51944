import { PersonAccounts } from '#accounts/person-accounts';
import { MagicLinks } from '#identity/magic-links';
import { Sessions } from '#identity/sessions';
import { emptyLog } from '#event-store/sqlite/connection';
import type { Vault } from '#vault/vault';
import type { PersonalStore } from '../personal-store.js';

/** None is begun here. */
const NO_TIME = { idle: 0, absolute: 0 };

/**
 * Whoever keeps a view of an erased person in an account is that person: it goes whole, with the address, links that were
 * sent, and the list. Where one view alone is erased, the account that keeps others too loses only that one.
 */
export const personAccounts = (vault: Vault): PersonalStore => {
  const accounts = new PersonAccounts(vault);
  return {
    name: 'person-accounts',
    title: 'Their e-mail address, and the list of views they keep',
    holds: ['vault.db/record:person-account', 'vault.db/record:person-view', 'vault.db/magic_link'],
    async purge({ kind, views }) {
      const ids = accounts.keepersOf(views);
      const links = new MagicLinks(vault);
      let count = 0;
      for (const id of ids) {
        if (kind === 'contribution' && (await accounts.leaveOut(id, views))) {
          count += 1;
          continue;
        }
        await accounts.forget(id);
        count += 1 + (await links.forget(id)) + (await new Sessions(vault, 'person', NO_TIME).endAllOf(id));
      }
      emptyLog(vault.database.db);
      return count;
    },
    copy: async ({ views }) => accounts.keepersOf(views).flatMap((id) => accounts.get(id) ?? []),
    left: async ({ views }) => accounts.keepersOf(views).length,
  };
};
