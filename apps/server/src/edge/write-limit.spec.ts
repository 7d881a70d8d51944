import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Who } from '#identity/who';
import { nowAt } from '#kernel/time';
import { Vault } from '#vault/vault';
import { BATCH, TEN_MINUTES, WriteLimit } from './write-limit.js';

const START = Date.UTC(2026, 10, 23, 10);
const HOUR = 3_600_000;
const WRITES = 3_000;
const ROOM = { ip: '192.0.2.7' };
const chair: Who = { kind: 'staff', role: 'chair', ref: 'a-chair', authority: 'essex' };
const holder = (n: number): Who => ({ kind: 'card', card: `c${n}`, contribution: `v${n}`, holder: 'person', mayAct: true }); // prettier-ignore

describe('how much one sender may write', () => {
  let folder: string;
  let vaults: Vault[];
  let now: number;
  const open = (): WriteLimit => {
    const vault = new Vault({ vault: join(folder, 'v.db'), sealed: join(folder, 's.db'), keyFile: join(folder, 'k') });
    vaults.push(vault);
    return new WriteLimit(vault, { writeLimit: WRITES }, { now: () => nowAt(new Date(now)) });
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'writes-'));
    vaults = [];
    now = START;
  });
  afterEach(() => {
    for (const vault of vaults) vault.close();
    rmSync(folder, { recursive: true });
  });
  /** Sends one every so many milliseconds, each by the next of them; answers how many were refused. */
  const refusedOf = async (who: readonly Who[], every: number, until = START + 2 * HOUR): Promise<number> => {
    const limit = open();
    let refused = 0;
    for (let n = 0; now < until; n++, now += every) if (!(await limit.allows(who[n % who.length]!, ROOM))) refused++;
    return refused;
  };

  it('stops no chair who records one act a second, and no thirty people with cards in one room', async () => {
    const chairs = await refusedOf([chair], 1_000);
    now = START;
    // Each of thirty answers every eight seconds, for two hours.
    const room = await refusedOf(Array.from({ length: 30 }, (_, n) => holder(n)), 8_000 / 30); // prettier-ignore
    process.stdout.write(
      `writes refused in 2 hours: ${chairs} of 7200 by a chair, ${room} of 27000 by 30 in one room\n`,
    );
    expect([chairs, room]).toEqual([0, 0]);
  }, 60_000);

  it('stops a program, in two processes no later than in one, and lets it write again when ten minutes are over', async () => {
    const both = [open(), open()];
    let through = 0;
    for (let n = 0; n < 2 * WRITES; n++, now += 10) if (await both[n % 2]!.allows({ kind: 'anyone' }, ROOM)) through++;
    process.stdout.write(`writes of a program in a minute: ${through} of ${2 * WRITES} let through by 2 processes\n`);
    expect(through).toBe(WRITES);
    // Others are not stopped by it: not somebody elsewhere, and not the chair in the same building.
    expect(await both[0]!.allows({ kind: 'anyone' }, { ip: '192.0.2.8' })).toBe(true);
    expect(await both[0]!.allows(chair, ROOM)).toBe(true);
    now = START + TEN_MINUTES + 1;
    expect(await both[1]!.allows({ kind: 'anyone' }, ROOM)).toBe(true);
  }, 60_000);

  it('counts who signed in wherever they are, a token by itself, and a card as the address that it comes from', async () => {
    const limit = open();
    const token: Who = { kind: 'token', role: 'chair', ref: 'a-token', authority: 'essex' };
    for (let n = 0; n < WRITES; n++) await limit.allows(n % 2 ? holder(n) : { kind: 'anyone' }, ROOM);
    expect(await limit.allows(holder(0), ROOM)).toBe(false);
    for (let n = 0; n < WRITES; n++) await limit.allows(chair, { ip: `10.0.0.${n % 200}` });
    expect([await limit.allows(chair, { ip: '10.0.1.1' }), await limit.allows(token, ROOM)]).toEqual([false, true]);
  }, 60_000);

  it('costs one write to the vault for twenty forms, and keeps no address', async () => {
    const limit = open();
    for (let n = 0; n < 100; n++) await limit.allows({ kind: 'anyone' }, ROOM);
    const rows = vaults[0]!.database.db.prepare('SELECT key FROM tried').all() as { key: Uint8Array }[];
    expect(rows.length).toBe(100 / BATCH);
    expect(Buffer.concat(rows.map(({ key }) => key)).includes(ROOM.ip)).toBe(false);
  });
});
