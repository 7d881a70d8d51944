import { join } from 'node:path';
import { Checkpoints } from '#ledger/checkpoints';
import { Fsck } from '#ledger/fsck';
import { openLedgerDatabase } from '#ledger/ledger-database';
import { openLeaves } from '../../../server/src/log/open-leaves.js';
import { progressLine, withEngine } from '../with-engine.js';

export interface OpenRecord {
  readonly fsck: Fsck;
  readonly checkpoints: Checkpoints;
}

/** The record of this machine, over either store, with what was sealed of it; also beside a running server. */
export const onRecord = <T>(work: (record: OpenRecord) => Promise<T>): Promise<T> =>
  withEngine(
    async (engine) => {
      const leaves = openLeaves(engine);
      const db = openLedgerDatabase(join(engine.settings.dataDir, 'ledger.db'));
      const line = progressLine();
      try {
        await leaves.follow();
        const fsck = new Fsck(db, leaves, (entries) => line(`${entries} entries`));
        return await work({ fsck, checkpoints: new Checkpoints(db) });
      } finally {
        db.close();
        leaves.close();
      }
    },
    { follow: false },
  );
