import { join } from 'node:path';
import { openLeafSidecar } from '#event-store/eventstoredb/leaf-sidecar';
import { openSqliteLeaves } from '#event-store/sqlite/sqlite-leaves';
import { Checkpoints } from '#ledger/checkpoints';
import { Fsck } from '#ledger/fsck';
import { openLedgerDatabase } from '#ledger/ledger-database';
import { progressLine, withEngine } from '../with-engine.js';

export interface OpenRecord {
  readonly fsck: Fsck;
  readonly checkpoints: Checkpoints;
}

/** The record of this machine, over either store, with what was sealed of it; also beside a running server. */
export const onRecord = <T>(work: (record: OpenRecord) => Promise<T>): Promise<T> =>
  withEngine(
    async ({ store, settings }) => {
      const { dataDir, eventStoreUrl } = settings;
      const leaves = eventStoreUrl
        ? openLeafSidecar(store, join(dataDir, 'leaves.db'))
        : openSqliteLeaves(join(dataDir, 'events.db'));
      const db = openLedgerDatabase(join(dataDir, 'ledger.db'));
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
