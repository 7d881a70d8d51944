import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Vault } from '#vault/vault';
import { UsedOnce } from './used-once.js';

const NOW = Date.UTC(2026, 10, 23);
const END = NOW + 600_000;

describe('what counts once', () => {
  let folder: string;
  let vaults: Vault[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'once-'));
    const paths = { vault: join(folder, 'v.db'), sealed: join(folder, 's.db'), keyFile: join(folder, 'k') };
    vaults = [new Vault(paths), new Vault(paths)];
  });
  afterEach(() => {
    for (const vault of vaults) vault.close();
    rmSync(folder, { recursive: true });
  });

  it('counts once in both processes, until it is over for good', async () => {
    const [a, b] = vaults.map((vault) => new UsedOnce(vault)) as [UsedOnce, UsedOnce];
    const answers = await Promise.all([a, b, a, b].map((each) => each.first('a-state', NOW, END)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect([await a.first('a-state', END - 1, END), await b.first('another', END - 1, END)]).toEqual([false, true]);
  });
});
