import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Vault } from '#vault/vault';
import { Sessions } from './sessions.js';

const NOW = Date.UTC(2026, 10, 23);
const MINUTE = 60_000;
const LIFE = { idle: 60 * MINUTE, absolute: 600 * MINUTE };

describe('sessions on the server', () => {
  let folder: string;
  let here: Vault;
  let there: Vault;
  const open = () =>
    new Vault({ vault: join(folder, 'v.db'), sealed: join(folder, 's.db'), keyFile: join(folder, 'm.key') });
  const sessions = (vault: Vault, kind = 'staff') => new Sessions<{ role: string }>(vault, kind, LIFE);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sessions-'));
    here = open();
    there = open();
  });
  afterEach(() => {
    here.close();
    there.close();
    rmSync(folder, { recursive: true });
  });

  it('answers what it was started with, to whoever holds the secret and to nobody else', async () => {
    const secret = await sessions(here).start('somebody', { role: 'chair' }, NOW);
    expect(sessions(here).open(secret, NOW)).toEqual({ role: 'chair' });
    for (const wrong of [undefined, '', secret.slice(1), `${secret}A`, secret.toLowerCase(), 'A'.repeat(43)])
      expect(sessions(here).open(wrong, NOW)).toBeUndefined();
    expect(sessions(here, 'card').open(secret, NOW)).toBeUndefined();
  });

  it('ends after an hour without a request, and not a moment sooner', async () => {
    const staff = sessions(here);
    const secret = await staff.start('somebody', { role: 'chair' }, NOW);
    expect(staff.open(secret, NOW + LIFE.idle - 1)).toBeDefined();
    const other = await staff.start('somebody', { role: 'chair' }, NOW);
    expect(staff.open(other, NOW + LIFE.idle)).toBeUndefined();
  });

  it('ends after its whole life, however busy', async () => {
    const staff = sessions(here);
    const secret = await staff.start('somebody', { role: 'chair' }, NOW);
    let lived = 0;
    for (; lived < LIFE.absolute; lived += 30 * MINUTE) {
      expect([lived, staff.open(secret, NOW + lived)]).toEqual([lived, { role: 'chair' }]);
      // "Seen" is written behind the request's back; the next request of this test must find it written.
      await here.database.commits.run(() => undefined);
    }
    expect(staff.open(secret, NOW + lived)).toBeUndefined();
  });

  it('does not count before it began: a clock that was set back opens nothing', async () => {
    const secret = await sessions(here).start('somebody', { role: 'chair' }, NOW);
    expect(sessions(here).open(secret, NOW - 2 * MINUTE)).toBeUndefined();
  });

  it('counts for a minute of difference between two clocks, before it began and after it was seen, and no longer', async () => {
    const staff = sessions(here);
    const secret = await staff.start('somebody', { role: 'chair' }, NOW);
    expect(staff.open(secret, NOW - MINUTE)).toBeDefined();
    expect(staff.open(secret, NOW - MINUTE - 1)).toBeUndefined();
    expect(staff.open(secret, NOW + 30 * MINUTE)).toBeDefined();
    await here.database.commits.run(() => undefined);
    expect(staff.open(secret, NOW + 29 * MINUTE)).toBeDefined();
    expect(staff.open(secret, NOW + 29 * MINUTE - 1)).toBeUndefined();
  });

  it('is written down as seen once a minute', async () => {
    const staff = sessions(here);
    const secret = await staff.start('somebody', { role: 'chair' }, NOW);
    const seenAfter = async (age: number): Promise<number | undefined> => {
      staff.open(secret, NOW + age);
      await here.database.commits.run(() => undefined);
      return staff.listed('somebody', NOW)[0]?.seenAt;
    };
    expect([await seenAfter(1), await seenAfter(MINUTE), await seenAfter(MINUTE + 1)]).toEqual([NOW, NOW, NOW + MINUTE + 1]); // prettier-ignore
  });

  it('leaves the file when it is over, looked for once in ten minutes', async () => {
    const short = new Sessions<null>(here, 'short', { idle: MINUTE, absolute: MINUTE });
    const left = () => (here.database.db.prepare('SELECT count(*) AS n FROM session').get() as { n: number }).n;
    const leftAfter = async (age: number): Promise<number> => (await short.start('a', null, NOW + age), left());
    expect([await leftAfter(0), await leftAfter(10 * MINUTE), await leftAfter(10 * MINUTE + 1)]).toEqual([1, 2, 2]);
    expect([await leftAfter(20 * MINUTE), await leftAfter(20 * MINUTE + 2)]).toEqual([3, 2]);
  });

  it('signing out without a session, or with what can be none, is nothing, and waits for nobody who writes', async () => {
    const staff = sessions(here);
    const other = new DatabaseSync(join(folder, 'v.db'));
    other.exec('BEGIN IMMEDIATE');
    for (const none of [undefined, '', 'x']) await staff.end(none);
    other.exec('ROLLBACK');
    other.close();
  });

  it('signing out ends it in every process at once; a copied cookie is worth nothing', async () => {
    const [one, two] = [sessions(here), sessions(there)];
    const secret = await one.start('somebody', { role: 'chair' }, NOW);
    expect(two.open(secret, NOW)).toEqual({ role: 'chair' });
    await two.end(secret);
    expect([one.open(secret, NOW), two.open(secret, NOW)]).toEqual([undefined, undefined]);
  });

  it('all sessions of one person can be ended; nobody else’s', async () => {
    const [one, two] = [sessions(here), sessions(there)];
    const theirs = [await one.start('a', { role: 'chair' }, NOW), await two.start('a', { role: 'owner' }, NOW)];
    const other = await one.start('b', { role: 'chair' }, NOW);
    expect(two.listed('a', NOW)).toHaveLength(2);
    expect(await two.endAllOf('a')).toBe(2);
    expect(theirs.map((secret) => one.open(secret, NOW))).toEqual([undefined, undefined]);
    expect(one.open(other, NOW)).toEqual({ role: 'chair' });
  });

  it('one of one’s own can be ended, or all others; by an id of somebody else’s nothing ends', async () => {
    const [one, two] = [sessions(here), sessions(there)];
    const [mine, lost, third] = await Promise.all([1, 2, 3].map(() => one.start('a', { role: 'chair' }, NOW)));
    const theirs = await one.start('b', { role: 'chair' }, NOW);
    const open = () => [mine, lost, third, theirs].map((secret) => two.open(secret, NOW) !== undefined);
    const kinds = [one, sessions(here, 'person')];
    for (const kind of kinds) await kind.endOneOf('a', one.idOf(theirs) ?? '');
    await kinds[1]?.endOneOf('a', one.idOf(lost ?? '') ?? '');
    await kinds[1]?.endOthersOf('a', mine ?? '');
    expect(open()).toEqual([true, true, true, true]);
    await one.endOneOf('a', one.idOf(lost ?? '') ?? '');
    expect(open()).toEqual([true, false, true, true]);
    await one.endOthersOf('a', mine ?? '');
    expect(open()).toEqual([true, false, false, true]);
  });

  it('signing in again ends the session that the browser came with', async () => {
    const staff = sessions(here);
    const before = await staff.start('a', { role: 'chair' }, NOW);
    const after = await staff.start('a', { role: 'chair' }, NOW, before);
    expect(after).not.toBe(before);
    expect([staff.open(before, NOW), staff.open(after, NOW)]).toEqual([undefined, { role: 'chair' }]);
  });

  it('keeps only a digest: neither secret nor content stands in any file', async () => {
    const secret = await sessions(here).start('somebody', { role: 'a-role-to-look-for' }, NOW);
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    const found = (text: string | Buffer) => files.some((bytes) => bytes.includes(text));
    expect(found('somebody')).toBe(true);
    expect([found(secret), found(Buffer.from(secret, 'base64url')), found('a-role-to-look-for')]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
