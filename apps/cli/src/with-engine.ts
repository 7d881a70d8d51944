import { Engine } from '#engine/engine';
import { readConfig } from '../../server/src/config.js';

/**
 * Opens the same data as the server, also while the server runs: SQLite's own locks keep them apart, and the server
 * notices what was written here.
 */
export const withEngine = async <T>(work: (engine: Engine) => Promise<T>, { follow = true } = {}): Promise<T> => {
  const engine = Engine.open(readConfig(process.env));
  try {
    if (follow) {
      engine.start();
      await engine.whenSeeded();
    }
    return await work(engine);
  } finally {
    await engine.close();
  }
};

/** Data goes to standard output, everything else to standard error, so that `--json` can be piped. */
export const print = (line: string): void => void process.stdout.write(`${line}\n`);
export const tell = (line: string): void => void process.stderr.write(`${line}\n`);

/** One line that is written over, on a terminal; every so often a line of its own, in a log. */
export const progressLine = (): ((text: string) => void) => {
  let last = 0;
  return (text) => {
    const now = Date.now();
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
    else if (now - last > 5_000) tell(text);
    else return;
    last = now;
  };
};
