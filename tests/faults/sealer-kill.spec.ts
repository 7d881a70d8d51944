import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteLeaves } from '#event-store/sqlite/sqlite-leaves';
import { Fsck } from '#ledger/fsck';
import { GrownTree } from '#ledger/grown-tree';
import { openLedgerDatabase } from '#ledger/ledger-database';
import { parseCheckpoint } from '#transparency-log/checkpoint';
import { grown } from '#transparency-log/testing/grown-tree';
import { start } from './processes.js';

/** `SEALER_KILLS=1000` does a thousand. */
const KILLS = Number(process.env['SEALER_KILLS'] ?? 10);

it(
  `keeps one history, and seals on, through ${KILLS} kills of a server with its signer`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sealer-kill-'));
    const said: { note?: string; problem?: unknown }[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      const sealer = start('sealer.ts', [folder]);
      // Every start must get as far as sealing something: nothing that a kill leaves behind may stand in its way.
      for (let waited = 0; sealer.lines.length === 0 && waited < 15_000; waited += 5)
        await new Promise((resolve) => setTimeout(resolve, 5));
      expect(sealer.lines.length).toBeGreaterThan(0);
      setTimeout(() => sealer.process.kill('SIGKILL'), Math.random() * 200);
      expect(await sealer.ended).toMatchObject({ signal: 'SIGKILL', errors: '' });
      said.push(...sealer.lines.map((line) => JSON.parse(line) as { note?: string }));
    }
    expect(said.filter(({ problem }) => problem)).toEqual([]);

    const leaves = openSqliteLeaves(join(folder, 'events.db'));
    const db = openLedgerDatabase(join(folder, 'ledger.db'));
    await new GrownTree(db, leaves).integrate();
    expect(await new Fsck(db, leaves).run()).toMatchObject({ entries: leaves.count(), findings: [] });
    const { roots } = grown(leaves.entries(0, 1_000_000).map(({ leaf }) => leaf));
    const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');
    for (const { note } of said) {
      const { size, root } = parseCheckpoint(note!).checkpoint;
      expect(hex(root)).toBe(hex(roots[Number(size)]));
    }
    console.log(JSON.stringify({ figure: 'faults.sealer-kill', kills: KILLS, notes: said.length, inconsistent: 0 }));
    db.close();
    leaves.close();
    rmSync(folder, { recursive: true });
  },
  KILLS * 10_000 + 20_000,
);
