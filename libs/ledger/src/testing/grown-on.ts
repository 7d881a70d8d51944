import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '#event-store/event-store';
import { openEventStoreDb } from '#event-store/eventstoredb/eventstoredb';
import { openLeafSidecar } from '#event-store/eventstoredb/leaf-sidecar';
import type { Leaves } from '#event-store/leaves';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store';
import { openSqliteLeaves } from '#event-store/sqlite/sqlite-leaves';
import { EventStoreDbDouble } from '#event-store/testing/eventstoredb-double/double';
import { GrownTree } from '../grown-tree.js';
import { openLedgerDatabase } from '../ledger-database.js';

export interface GrownOn {
  readonly folder: string;
  readonly store: EventStore;
  readonly leaves: Leaves;
  readonly tree: GrownTree;
  readonly db: ReturnType<typeof openLedgerDatabase>;
  readonly double?: EventStoreDbDouble;
  /** As after a restart: files closed and opened again. */
  again(): Promise<GrownOn>;
  close(): Promise<void>;
}

/** A log with its tree, on files of its own. */
export const grownOn = async (
  kind: 'sqlite' | 'eventstoredb',
  folder = mkdtempSync(join(tmpdir(), 'ledger-')),
  server?: EventStoreDbDouble,
): Promise<GrownOn> => {
  const double = kind === 'sqlite' ? undefined : (server ?? (await EventStoreDbDouble.start()));
  const store = double ? openEventStoreDb(double.url) : openSqliteEventStore(join(folder, 'events.db'));
  const leaves = double
    ? openLeafSidecar(store, join(folder, 'leaves.db'))
    : openSqliteLeaves(join(folder, 'events.db'));
  const db = openLedgerDatabase(join(folder, 'ledger.db'));
  const leave = async (): Promise<void> => {
    await store.close();
    leaves.close();
    if (db.isOpen) db.close();
  };
  return {
    folder,
    store,
    leaves,
    db,
    tree: new GrownTree(db, leaves),
    ...(double && { double }),
    again: async () => {
      await leave();
      return grownOn(kind, folder, double);
    },
    close: async () => {
      await leave();
      double?.goAway();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
