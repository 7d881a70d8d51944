import { join } from 'node:path';
import type { Engine } from '#engine/engine';
import { openLeafSidecar } from '#event-store/eventstoredb/leaf-sidecar';
import type { Leaves } from '#event-store/leaves';
import { openSqliteLeaves } from '#event-store/sqlite/sqlite-leaves';

/** The log by place, wherever it lies; to be closed by whoever opened it. */
export const openLeaves = ({ store, settings: { dataDir, eventStoreUrl } }: Engine): Leaves =>
  eventStoreUrl ? openLeafSidecar(store, join(dataDir, 'leaves.db')) : openSqliteLeaves(join(dataDir, 'events.db'));
