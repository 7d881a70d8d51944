import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { parsePolicy } from '#transparency-log/policy';
import type { KeeperSettings } from './log-keeper.js';
import { grownOn } from './testing/grown-on.js';
import { manySteps, writeHistory } from './testing/histories.js';
import { Keeping, ORIGIN } from './testing/keeping.js';
import { ownSigner } from './testing/own-signer.js';
import { witnessServer } from './testing/witness-server.js';
import { Witness } from './witness.js';
import { WitnessMemory } from './witness-memory.js';

describe('the keeper with witnesses', () => {
  const k = new Keeping();
  beforeEach(() => k.begin());
  afterEach(() => k.end());
  const keeper: Keeping['keeper'] = (...what) => k.keeper(...what);
  let servers: Awaited<ReturnType<typeof witnessServer>>[];
  let witnesses: Witness[];
  let policy: KeeperSettings['policy'];
  beforeEach(async () => {
    const { vkey } = await k.signer.log();
    const watching = parsePolicy(`log ${vkey}\nquorum none\n`, nodeSha256);
    witnesses = await Promise.all(
        ['one', 'two', 'three'].map((name) =>
          Witness.open({ memory: new WitnessMemory(join(k.at.folder, name)), name: `${name}.example/witness`, policy: watching, now: () => k.clock }),
        ),
      ); // prettier-ignore
    servers = await Promise.all(witnesses.map((each) => witnessServer(() => each)));
    k.opened.push(...servers, ...witnesses);
    const lines = witnesses.map(({ vkey: key }, n) => `witness w${n} ${key} ${servers[n]!.url}`);
    policy = parsePolicy(`${lines.join('\n')}\ngroup peers 2 w0 w1 w2\nquorum peers\n`, nodeSha256);
  });

  it('has every checkpoint cosigned, and keeps the cosignatures', async () => {
    await writeHistory(k.at.store, manySteps(5));
    const keeps = keeper({ policy });
    await keeps.cutNow();
    await writeHistory(k.at.store, manySteps(12));
    expect(await keeps.cutNow()).toBe(true);
    expect(keeps.published!.note.match(/^— \w+\.example\/witness /gm)).toHaveLength(3);
    expect(keeps.state().witnesses).toMatchObject({
        asked: 3, independent: 3, isQuorum: true, newest: k.clock.toISOString(), ageSeconds: 0, isFresh: true, conflicts: 0,
      }); // prettier-ignore
    expect(keeper({ policy, signer: undefined }).published?.note).toBe(keeps.published?.note);
  });

  it('counts its own witness for nobody', async () => {
    await writeHistory(k.at.store, manySteps(5));
    const keeps = keeper({ policy, own: witnesses[0]!.key });
    await keeps.cutNow();
    expect(keeps.state().witnesses).toMatchObject({ asked: 2, independent: 2 });
  });

  it('does without one that is silent, and says when there are too few; asks it again until it is back', async () => {
    await writeHistory(k.at.store, manySteps(5));
    servers[0]!.faults.silent = true;
    servers[1]!.faults.status = 500;
    const keeps = keeper({ policy });
    expect(await keeps.cutNow(5_000)).toBe(true);
    expect(keeps.state().witnesses).toMatchObject({ independent: 1, isQuorum: false });
    expect(keeps.state().witnesses.each.map(({ problem }) => problem)).toEqual(['It does not answer.', 'It answers with status 500.', null]); // prettier-ignore
    servers.forEach(({ faults }) => Object.assign(faults, { silent: false, status: 0 }));
    await keeps.cutNow();
    expect(keeps.state().witnesses).toMatchObject({ independent: 3, isQuorum: true });
    expect(keeps.state().witnesses.each.every(({ problem }) => problem === null)).toBe(true);
  });

  it('says so aloud when for an hour too few have cosigned, once, and when it is over', async () => {
    await writeHistory(k.at.store, manySteps(5));
    servers.forEach(({ faults }) => (faults.status = 503));
    const keeps = keeper({ policy });
    for (const minute of ['00', '30', '59']) {
      k.clock = new Date(`2026-05-01T12:${minute}:00Z`);
      await keeps.cutNow();
    }
    expect(k.told).toEqual([]);
    k.clock = new Date('2026-05-01T13:01:00Z');
    await keeps.cutNow();
    await keeps.cutNow();
    servers.forEach(({ faults }) => (faults.status = 0));
    await keeps.cutNow();
    await keeps.cutNow();
    expect(k.told).toEqual([expect.stringContaining('too few witnesses'), 'Enough witnesses cosign again.']);
  });

  it('asks again before an hour is over, and says when what it has is older', async () => {
    await writeHistory(k.at.store, manySteps(5));
    const keeps = keeper({ policy });
    await keeps.cutNow();
    k.clock = new Date('2026-05-01T12:40:00Z');
    await keeps.cutNow();
    expect(keeps.state().witnesses.ageSeconds).toBe(2_400);
    k.clock = new Date('2026-05-01T12:51:00Z');
    await keeps.cutNow();
    expect(keeps.state().witnesses.ageSeconds).toBe(0);
    servers.forEach(({ faults }) => (faults.status = 503));
    k.clock = new Date('2026-05-01T14:00:00Z');
    await keeps.cutNow();
    expect(keeps.state().witnesses).toMatchObject({ independent: 3, isFresh: false });
  });

  it('keeps what a witness said that has seen another history, and says it', async () => {
    // Somebody with the key, but without the signer's memory.
    const { last, seed } = k.signer.memory.log('', '');
    expect(last).toBeUndefined();
    await writeHistory(k.at.store, manySteps(8));
    await keeper({ policy }).cutNow();
    const thief = await grownOn('sqlite');
    const stolen = await ownSigner(join(thief.folder, 'signer'), ORIGIN);
    (stolen.memory as unknown as { db: DatabaseSync }).db.exec(`DROP TRIGGER never_smaller; UPDATE signed_log SET seed = x'${Buffer.from(seed).toString('hex')}'`); // prettier-ignore
    await stolen.close();
    const armed = await ownSigner(join(thief.folder, 'signer'), ORIGIN);
    await writeHistory(thief.store, manySteps(9, 50));
    const forked = keeper({ policy, signer: armed }, thief.folder);
    // What the witnesses show is held against its memory before it signs.
    expect(await forked.cutNow()).toBe(false);
    expect(k.told.at(-1)).toContain('are not the ones that were signed');
    // Should they all be silent in that moment, they refuse afterwards.
    servers.forEach(({ faults }) => (faults.status = 503));
    await armed.close();
    rmSync(join(thief.folder, 'signer'), { recursive: true });
    const unaware = await ownSigner(join(thief.folder, 'signer'), ORIGIN);
    (unaware.memory as unknown as { db: DatabaseSync }).db.exec(`DROP TRIGGER never_smaller; UPDATE signed_log SET seed = x'${Buffer.from(seed).toString('hex')}'`); // prettier-ignore
    await unaware.close();
    const blind = keeper({ policy, signer: await ownSigner(join(thief.folder, 'signer'), ORIGIN) }, thief.folder);
    expect(await blind.cutNow()).toBe(true);
    servers.forEach(({ faults }) => (faults.status = 0));
    await blind.cutNow();
    const { conflicts, independent, each } = blind.state().witnesses;
    expect([conflicts, independent]).toEqual([3, 0]);
    const aloud = () => k.told.filter((line) => line.includes('contradicts this record'));
    expect(aloud()).toHaveLength(3);
    await blind.cutNow();
    expect(aloud()).toHaveLength(3);
    expect(JSON.parse(each[0]!.conflict!)).toMatchObject({ sent: expect.stringContaining(ORIGIN), problem: expect.stringContaining('another history') }); // prettier-ignore
    await thief.close();
  });
});
