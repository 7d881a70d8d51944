import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Codec } from '#event-store/codec';
import type { EventStore, StoredEvent } from '#event-store/event-store';
import { applyBatch, decodeAll } from './apply.js';
import { type Opener, type Projection, tableNames } from './projection.js';
import { openReadDatabase, prepareTables, readCheckpoint, transaction, writeCheckpoint } from './read-database.js';
import type { ProjectionRunner } from './runner.js';
import type { Rows } from './rows.js';

export interface Rebuilt {
  readonly events: number;
}

/** Where the command builds. The read models that hold words are known by it to whoever erases. */
export const besideOf = (dataDir: string, projection: string): string => join(dataDir, `rebuild-${projection}.db`);

const BATCH = 1_000;

/**
 * Builds a projection anew in a file beside the live one, then swaps its rows in with one transaction: readers see the
 * old rows until they see the new ones. Memory does not grow with the log.
 * @param progress called with the number of events so far.
 */
export const rebuild = async (
  parts: { store: EventStore; codec: Codec; live: Rows; opener: Opener; runner?: ProjectionRunner },
  projection: Projection,
  besidePath: string,
  progress: (events: number) => void = () => undefined,
): Promise<Rebuilt> => {
  const { store, codec, live, opener, runner } = parts;
  removeBeside(besidePath);
  const beside = openReadDatabase(besidePath);
  transaction(beside, () => prepareTables(beside, projection));
  let events = 0;
  const catchUp = async (): Promise<void> => {
    for (;;) {
      const after = readCheckpoint(beside, projection.name)?.position ?? null;
      const page: StoredEvent[] = [];
      for await (const event of store.readAll({ ...(after && { after }), limit: BATCH })) page.push(event);
      if (page.length === 0) return;
      transaction(beside, () => applyBatch(store, beside, projection, decodeAll(codec, page), opener));
      progress((events += page.length));
    }
  };
  try {
    await catchUp();
    // The last few events came while we were replaying; with the runner held still none can slip in between.
    const finish = async (): Promise<void> => {
      await catchUp();
      swap(live, beside, projection, besidePath);
    };
    await (runner ? runner.alone(finish) : finish());
  } finally {
    if (beside.db.isOpen) beside.db.close();
    removeBeside(besidePath);
  }
  return { events };
};

const swap = (live: Rows, beside: Rows, projection: Projection, besidePath: string): void => {
  const checkpoint = readCheckpoint(beside, projection.name);
  beside.db.close();
  // Whoever erases takes a file away that may hold their words.
  if (!existsSync(besidePath))
    throw new Error(`Somebody was erased meanwhile, so "${projection.name}" was not replaced. Run it again.`);
  live.db.prepare('ATTACH DATABASE ? AS beside').run(besidePath);
  try {
    transaction(live, () => {
      for (const table of tableNames(projection)) live.db.exec(`DROP TABLE IF EXISTS main.${table}`);
      live.db.exec(projection.tables);
      for (const table of tableNames(projection)) {
        const columns = columnsOf(live, table);
        live.db.exec(`INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM beside.${table}`);
      }
      writeCheckpoint(live, projection, checkpoint?.position ?? null, checkpoint?.skipped ?? 0);
    });
  } finally {
    live.reset();
    live.db.exec('DETACH DATABASE beside');
  }
};

/** With the row numbers, where there are any: a full-text index and what it indexes are tied by them. */
const columnsOf = (rows: Rows, table: string): string => {
  const { wr } = rows.db.prepare(`SELECT wr FROM pragma_table_list(?) WHERE schema = 'main'`).get(table) as {
    wr: number;
  };
  const columns = rows.db.prepare(`SELECT name, pk FROM pragma_table_info(?, 'main')`).all(table) as {
    name: string;
    pk: number;
  }[];
  return [...(wr ? [] : ['rowid']), ...columns.map(({ name }) => `"${name}"`)].join(', ');
};

/** Also what a rebuild left that was cut off. */
export const removeBeside = (path: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
};
