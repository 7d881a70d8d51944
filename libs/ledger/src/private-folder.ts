import { chmodSync, closeSync, constants, existsSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';

const OTHERS = 0o077;

/** A folder that only its owner may read, with the name of the file in it. @throws Error that says what to run. */
export const privateFile = (folder: string, name: string): string => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  if (!existsSync(path)) {
    // Made before SQLite opens it, so that it is never readable by others, not even for a moment.
    closeSync(openSync(path, constants.O_CREAT | constants.O_RDWR, 0o600));
    if (process.platform !== 'win32') chmodSync(path, 0o600);
    syncFolder(folder);
  }
  if (process.platform !== 'win32' && (statSync(path).mode & OTHERS) !== 0)
    throw new Error(`${path} can be read by others on this machine. Run: chmod 600 ${path}`);
  return path;
};

/** The name must survive a power cut as well as the bytes; not every system lets a folder be flushed. */
const syncFolder = (path: string): void => {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
};
