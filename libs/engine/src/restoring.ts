import { closeSync, existsSync, openSync, rmSync, writeSync } from 'node:fs';

/** Stands beside the data while a backup is put back, and after one that was cut off: then there may be half of it. */
export const restoreMark = (dataDir: string): string => `${dataDir.replace(/(?<![\\/])[\\/]+$/, '')}-restoring`;

/** @throws Error while a backup is being put back. */
export const refuseWhileRestoring = (dataDir: string): void => {
  const mark = restoreMark(dataDir);
  if (existsSync(mark))
    throw new Error(
      `A backup is being put back here, or was cut off while it was (${mark}). Wait, or run "restore" again; nobody is served from half of the data.`,
    );
};

/** From here until the answer is called nothing starts on this data. One that was cut off is taken over. */
export const markRestoring = (dataDir: string): (() => void) => {
  const mark = restoreMark(dataDir);
  const file = openSync(mark, 'w', 0o600);
  writeSync(file, `${process.pid}\n`);
  closeSync(file);
  return () => rmSync(mark, { force: true });
};
