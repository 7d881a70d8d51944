import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Vault } from '#vault/vault';
import { LINK_LIFE, MagicLinks } from './magic-links.js';
import { newSecret } from './secret.js';

const NOW = Date.UTC(2026, 10, 28);
const ADDRESS = 'someone-to-look-for@example.org';

describe('links by e-mail', () => {
  let folder: string;
  let vaults: Vault[];
  let links: MagicLinks;
  let elsewhere: MagicLinks;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'links-'));
    const paths = { vault: join(folder, 'v.db'), sealed: join(folder, 's.db'), keyFile: join(folder, 'm.key') };
    vaults = [new Vault(paths), new Vault(paths)];
    [links, elsewhere] = vaults.map((vault) => new MagicLinks(vault)) as [MagicLinks, MagicLinks];
  });
  afterEach(() => {
    for (const vault of vaults) vault.close();
    rmSync(folder, { recursive: true });
  });

  it('count in the browser that asked, or with its code, and answer whose it is', async () => {
    for (const proofOf of [({ browser }: { browser: string; code: string }) => ({ browser }), ({ code }: { browser: string; code: string }) => ({ code }), ({ code }: { browser: string; code: string }) => ({ code: ` ${code.toLowerCase().slice(0, 3)}-${code.slice(3)}` })]) {
      const begun = await links.begin('account', ADDRESS, NOW);
      expect(await links.use(begun.token, {}, NOW)).toBeUndefined();
      expect(await links.use(begun.token, { browser: newSecret() }, NOW)).toBeUndefined();
      expect(await links.use(begun.token, { code: '' }, NOW)).toBeUndefined();
      expect(await links.use(begun.token, proofOf(begun), NOW)).toEqual({ account: 'account', address: ADDRESS });
      expect(await links.use(begun.token, proofOf(begun), NOW)).toBeUndefined();
    }
  }); // prettier-ignore

  it('count to the last millisecond of ten minutes and not one longer', async () => {
    const [one, two] = [await links.begin('a', ADDRESS, NOW), await links.begin('a', ADDRESS, NOW)];
    expect(await links.use(one.token, one, NOW + LINK_LIFE)).toBeUndefined();
    expect(await links.use(two.token, two, NOW + LINK_LIFE - 1)).toBeDefined();
    expect(LINK_LIFE).toBe(600_000);
  });

  it('of many at once, in two processes, one is let in', async () => {
    const begun = await links.begin('a', ADDRESS, NOW);
    const used = await Promise.all(Array.from({ length: 50 }, (_, n) => (n % 2 ? links : elsewhere).use(begun.token, begun, NOW)));
    expect(used.filter((each) => each !== undefined)).toHaveLength(1);
  }); // prettier-ignore

  it('end after five wrong codes, also for the right one, and another link’s code is a wrong one', async () => {
    const [begun, other] = [await links.begin('a', ADDRESS, NOW), await links.begin('a', ADDRESS, NOW)];
    for (let n = 0; n < 4; n++) expect(await links.use(begun.token, { code: other.code }, NOW)).toBeUndefined();
    // A browser that brings nothing is no guess.
    for (let n = 0; n < 9; n++) expect(await links.use(begun.token, {}, NOW)).toBeUndefined();
    expect(await elsewhere.use(begun.token, { code: 'AAAAAA' }, NOW)).toBeUndefined();
    expect(await links.use(begun.token, begun, NOW)).toBeUndefined();
    expect(await links.use(other.token, { code: other.code }, NOW)).toBeDefined();
  });

  it('bear any number of looks by a browser that did not ask, and four wrong codes', async () => {
    const begun = await links.begin('a', ADDRESS, NOW);
    for (let n = 0; n < 9; n++) expect(await links.use(begun.token, { browser: newSecret() }, NOW)).toBeUndefined();
    for (let n = 0; n < 4; n++) expect(await links.use(begun.token, { code: 'AAAAAA' }, NOW)).toBeUndefined();
    expect(await links.use(begun.token, { code: begun.code }, NOW)).toBeDefined();
  });

  it('have a code of six letters that nobody mixes up, of all thirty', async () => {
    const codes = await Promise.all(Array.from({ length: 100 }, () => links.begin('a', ADDRESS, NOW)));
    for (const { code } of codes) expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{6}$/);
    expect(new Set(codes.flatMap(({ code }) => [...code])).size).toBe(30);
  });

  it('that can be none are refused without waiting for anybody who writes', async () => {
    const other = new DatabaseSync(join(folder, 'v.db'));
    other.exec('BEGIN IMMEDIATE');
    for (const none of ['', 'x', 'A'.repeat(44)]) expect(await links.use(none, {}, NOW)).toBeUndefined();
    other.exec('ROLLBACK');
    other.close();
  });

  it('are nothing that was not made here', async () => {
    const { token, browser } = await links.begin('a', ADDRESS, NOW);
    for (const wrong of ['', 'x', token.slice(1), `${token}A`, token.toLowerCase(), 'A'.repeat(43)])
      expect(await links.use(wrong, { browser }, NOW)).toBeUndefined();
  });

  it('can be forgotten, one person’s and nobody else’s', async () => {
    const [mine, theirs] = [await links.begin('a', ADDRESS, NOW), await links.begin('b', ADDRESS, NOW)];
    expect(await links.forget('a')).toBe(1);
    expect([await links.use(mine.token, mine, NOW), await links.use(theirs.token, theirs, NOW)]).toEqual([undefined, { account: 'b', address: ADDRESS }]); // prettier-ignore
  });

  it('leave no secret and no address in any file', async () => {
    const { token, browser, code } = await links.begin('an-account-to-look-for', ADDRESS, NOW);
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    const found = (text: string | Buffer) => files.some((bytes) => bytes.includes(text));
    expect(found('an-account-to-look-for')).toBe(true);
    expect([token, browser, code, ADDRESS].map(found)).toEqual([false, false, false, false]);
    expect([token, browser].map((each) => found(Buffer.from(each, 'base64url')))).toEqual([false, false]);
  });
});
