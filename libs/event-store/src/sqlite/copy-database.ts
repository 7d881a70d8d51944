import { closeSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';

/** More pages than a file can have: all of it in one step, which is one reading transaction. */
const IN_ONE_STEP = 2 ** 31 - 1;

/**
 * A copy of a SQLite file as it is at one moment, while others write. In one step nobody's write can make it begin again,
 * and in WAL mode a reader holds up no writer. Resolves when the copy is durable.
 */
export const copyDatabase = async (from: string, to: string): Promise<void> => {
  const db = new DatabaseSync(from, { timeout: 5_000 });
  try {
    await backup(db, to, { rate: IN_ONE_STEP });
  } finally {
    db.close();
  }
  for (const rest of [`${to}-wal`, `${to}-shm`]) if (existsSync(rest)) rmSync(rest);
  const file = openSync(to, 'r+');
  fsyncSync(file);
  closeSync(file);
};

/**
 * Takes a SQLite file for oneself: nobody else has it open, and nobody can open it until the answer is called.
 * @throws Error when another process has it open.
 */
export const holdAlone = (path: string): (() => void) => {
  const db = new DatabaseSync(path, { timeout: 200 });
  try {
    // In WAL mode every open connection holds a shared lock, also one that is idle.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch {
    db.close();
    throw new Error(`${path} is in use. Stop the server and every other tool first; nothing was changed.`);
  }
  return () => db.close();
};
