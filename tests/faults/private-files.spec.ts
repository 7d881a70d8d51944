import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from './processes.js';

const folder = mkdtempSync(join(tmpdir(), 'private-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const readableByOthers = (): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && (statSync(join(each.parentPath, each.name)).mode & 0o077) !== 0)
    .map(({ name }) => name);

/** A folder that somebody made open, and a shell that makes everything open: the worst that an operator may do. */
const run = async (...args: readonly string[]) => {
  const child = start('../../apps/cli/src/main.ts', args, ['sh', '-c', `umask 0; DATA_DIR=${join(folder, 'data')} LOG_LEVEL=silent exec "$@"`, 'sh']); // prettier-ignore
  const { code, errors } = await child.ended;
  return { code, errors };
};

const onUnix = process.platform === 'win32' ? it.skip : it;

onUnix(
  'no file that a command makes can be read by anybody else on the machine',
  async () => {
    mkdirSync(join(folder, 'data'), { mode: 0o777 });
    const copies = [join(folder, 'copies'), '--vault', join(folder, 'copies-of-keys')];
    expect(await run('token', 'create', '--role', 'chair', '--authority', 'essex')).toEqual({ code: 0, errors: expect.any(String) }); // prettier-ignore
    expect(await run('backup', ...copies)).toEqual({ code: 0, errors: expect.any(String) });
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    console.log(JSON.stringify({ figure: 'security.file-modes', files: files.length, readableByOthers: readableByOthers().length })); // prettier-ignore
    expect(files.length).toBeGreaterThan(8);
    expect(readableByOthers()).toEqual([]);
  },
  120_000,
);
