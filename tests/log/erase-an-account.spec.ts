import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PersonAccounts } from '#accounts/person-accounts';
import { personAccounts } from '#erasure/stores/person-accounts';
import { randomId } from '#event-store/ids';
import { MagicLinks } from '#identity/magic-links';
import { Sessions } from '#identity/sessions';
import { Vault } from '#vault/vault';

const LIFE = { idle: 600_000, absolute: 600_000 };

describe('somebody whose view is erased, and who kept it in an account', () => {
  it('goes with the address, the list, the links and the sessions, and nobody else does', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'accounts-'));
    const vault = new Vault({ vault: join(folder, 'v.db'), sealed: join(folder, 's.db'), keyFile: join(folder, 'm.key') }); // prettier-ignore
    try {
      const [accounts, links] = [new PersonAccounts(vault), new MagicLinks(vault)];
      const sessions = new Sessions(vault, 'person', LIFE);
      const make = async (address: string) => {
        const [id, contribution] = [accounts.idOf(address), randomId()];
        await accounts.open(id, address, '2026-01-01');
        await accounts.keep(id, { contribution, card: randomId() });
        await accounts.wish(id, 'letter', '1 High Street');
        return { id, contribution, link: await links.begin(id, address, Date.now()), cookie: await sessions.start(id, {}, Date.now()) }; // prettier-ignore
      };
      const [gone, stays] = [await make('gone@example.org'), await make('stays@example.org')];
      const store = personAccounts(vault);
      const whose = { person: randomId(), kind: 'participant' as const, targets: [], views: [gone.contribution], kids: [], streams: [] }; // prettier-ignore
      expect(await store.left(whose)).toBe(1);
      expect(await store.purge(whose)).toBe(3);
      expect([await store.left(whose), accounts.get(gone.id), accounts.wishOf(gone.contribution)]).toEqual([0, undefined, undefined]); // prettier-ignore
      expect([await links.use(gone.link.token, gone.link, Date.now()), sessions.open(gone.cookie, Date.now())]).toEqual([undefined, undefined]); // prettier-ignore
      const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'));
      expect(files.some((bytes) => bytes.includes(gone.id))).toBe(false);
      expect(accounts.wishOf(stays.contribution)).toEqual({ news: 'letter', to: '1 High Street' });
      expect(await links.use(stays.link.token, stays.link, Date.now())).toBeDefined();
      expect(sessions.open(stays.cookie, Date.now())).toBeDefined();
    } finally {
      vault.close();
      rmSync(folder, { recursive: true });
    }
  });

  it('stays when only one of its views is erased, and goes with the last', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'accounts-'));
    const vault = new Vault({ vault: join(folder, 'v.db'), sealed: join(folder, 's.db'), keyFile: join(folder, 'm.key') }); // prettier-ignore
    try {
      const accounts = new PersonAccounts(vault);
      const [id, one, two] = [accounts.idOf('mother@example.org'), randomId(), randomId()];
      await accounts.open(id, 'mother@example.org', '2026-01-01');
      for (const contribution of [one, two]) await accounts.keep(id, { contribution, card: randomId() });
      const store = personAccounts(vault);
      const only = (view: string) => ({ person: view, kind: 'contribution' as const, targets: [], views: [view], kids: [], streams: [] }); // prettier-ignore
      expect(await store.purge(only(one))).toBe(1);
      expect([await store.left(only(one)), accounts.get(id)?.views.map(({ contribution }) => contribution)]).toEqual([0, [two]]); // prettier-ignore
      expect(await store.purge(only(two))).toBe(1);
      expect([await store.left(only(two)), accounts.get(id)]).toEqual([0, undefined]);
    } finally {
      vault.close();
      rmSync(folder, { recursive: true });
    }
  });
});
