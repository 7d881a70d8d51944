import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Vault } from '#vault/vault';
import { networkOf, SharedLimit } from './shared-limit.js';

const NOW = Date.UTC(2026, 10, 23);
const WINDOW = 600_000;

describe('a limit that all processes share', () => {
  let folder: string;
  let vaults: Vault[];
  const open = () =>
    new Vault({ vault: join(folder, 'v.db'), sealed: join(folder, 's.db'), keyFile: join(folder, 'm.key') });
  const limits = () => vaults.map((vault) => new SharedLimit(vault, 'card-code', 10, WINDOW));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'limit-'));
    vaults = [open(), open()];
  });
  afterEach(() => {
    for (const vault of vaults) vault.close();
    rmSync(folder, { recursive: true });
  });

  it('two together let through no more than one', async () => {
    const both = limits();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => (both[n % 2] as SharedLimit).allow('192.0.2.7', NOW + n)),
    );
    const through = answers.filter(Boolean).length;
    process.stdout.write(`2 processes, limit 10: ${through} of 100 tries let through\n`);
    expect(through).toBe(10);
  });

  it('opens again when the window has passed; a clock that was set back locks nobody out', async () => {
    const [one] = limits() as [SharedLimit, SharedLimit];
    for (let n = 0; n < 10; n++) expect(await one.allow('192.0.2.7', NOW)).toBe(true);
    expect(await one.allow('192.0.2.7', NOW + WINDOW - 1)).toBe(false);
    expect(await one.allow('192.0.2.8', NOW)).toBe(true);
    expect(await one.allow('192.0.2.7', NOW + WINDOW)).toBe(true);
    expect(await one.allow('192.0.2.7', NOW - 2 * WINDOW)).toBe(true);
  });

  it('a try that was no guess is given back', async () => {
    const [one, two] = limits() as [SharedLimit, SharedLimit];
    for (let n = 0; n < 50; n++) {
      expect(await one.allow('192.0.2.7', NOW)).toBe(true);
      await two.forgive('192.0.2.7');
    }
  });

  it('every address of one IPv6 customer counts as one', () => {
    const net = networkOf('2001:db8:1:2:3:4:5:6');
    for (const same of ['2001:db8:1:2::', '2001:0DB8:0001:0002:ffff::1', '2001:db8:1:2::1%eth0'])
      expect([same, networkOf(same)]).toEqual([same, net]);
    expect(networkOf('2001:db8:1:3::1')).not.toBe(net);
    expect(networkOf('::ffff:192.0.2.7')).toBe(networkOf('192.0.2.7'));
  });

  it('one address may guess a million codes in a day and is let through some 1,440 times', async () => {
    const [one] = limits() as [SharedLimit, SharedLimit];
    const [guesses, day] = [1_000_000, 86_400_000];
    let through = 0;
    for (let n = 0; n < guesses; n++)
      if (await one.allow('192.0.2.7', NOW + Math.floor((n * day) / guesses))) through++;
    process.stdout.write(
      `card codes: ${through} of ${guesses} guesses in a day let through (limit 10 in 10 minutes)\n`,
    );
    // A sliding window never lets more than 10 through in any 10 minutes: 144 windows, and the one at the edge.
    expect(through).toBeLessThanOrEqual(1_450);
    expect(through).toBeGreaterThanOrEqual(1_430);
  }, 120_000);
});
