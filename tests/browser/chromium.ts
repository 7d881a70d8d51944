import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';

/** Where a browser comes from: the one packed in npm, then `CHROME_PATH`, then what the machine has. */
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** @returns the path of a browser that answers, or nothing when there is none */
export const findChromium = async (): Promise<string | undefined> => {
  const packed = await unpack().catch(() => undefined);
  return [packed, process.env['CHROME_PATH'], ...INSTALLED].find((path) => path && existsSync(path) && starts(path));
};

/** A missing shared library shows here, before any test has waited for it. */
const starts = (path: string): boolean =>
  spawnSync(path, ['--version', '--no-sandbox'], { timeout: 20_000 }).status === 0;

/** Unpacked once into node_modules/.cache; renamed into place, so that two test workers never run half a file. */
const unpack = async (): Promise<string | undefined> => {
  const require = createRequire(import.meta.url);
  const home = join(dirname(require.resolve('@sparticuz/chromium')), '..');
  const packed = [join(home, 'bin', 'chromium.br'), join(home, '..', 'bin', 'chromium.br')].find(existsSync);
  if (!packed || process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const { version } = require(join(dirname(packed), '..', 'package.json')) as { version: string };
  const folder = join(dirname(packed), '../../../.cache/chromium');
  const path = join(folder, version);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const part = `${path}.${process.pid}`;
  await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(part, { mode: 0o755 }));
  renameSync(part, path);
  return path;
};
